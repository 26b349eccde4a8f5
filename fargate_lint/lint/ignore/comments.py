"""Suppressions in the checked file itself: by comments, containers' labels, templates' metadata.

# fargate-lint: ignore[RULE, …] reason                      on a line of its own, or behind a node
# fargate-lint: ignore[RULE, …] until 2027-01-31 reason
"dockerLabels": {"fargate-lint.ignore": "RULE reason"}       where `ignore-labels` is set
Metadata: {fargate-lint: {ignore: [{rule: RULE, reason: …, until: 2027-01-31}]}}
                                                             of a template, or of its resource
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, datetime

from fargate_lint.lint.ignore.ignore import Ignore
from fargate_lint.source.unknown import Tagged
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from fargate_lint.ecs.task import Task
    from fargate_lint.lint.finding import Finding
    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.settings.settings import Settings
    from fargate_lint.source.document import Document, Path

# In the classic format a `#` behind a value is a part of the value.
COMMENT = re.compile(r"(?P<mark>\#|//)[ \t]*fargate-lint:[ \t]*(?P<order>ignore\b[^\n]*)")
ORDER = re.compile(
    r"ignore[ \t]*\[(?P<rules>[^\]]*)\][ \t:-]*"
    r"(?:until[ \t]+(?P<until>\d{4}-\d\d-\d\d)\b[ \t:,-]*)?(?P<reason>.*)"
)
MARKS = {"json": ("//",), "yaml": ("#",), "classic": ("#",)}
NEXT_DOCUMENT = re.compile(r"^---(?:[ \t\r]|$)", re.MULTILINE)
LABEL = "fargate-lint.ignore"
FORM = "fargate-lint: ignore[RULE] reason"


class Inline(Ignore):
    """A suppression in the file: it accepts what is at or below `covered`, or on its own `line`."""

    __slots__ = ("covered", "line")

    def __init__(self, document: Document, place: Path, rule: str, reason: str) -> None:
        super().__init__(document, place, rule, reason)
        self.covered: Path | None = None
        self.line = 0

    def accepts(self, finding: Finding) -> bool:
        """Whether a finding of its rule is accepted here."""
        place = finding.place
        covered, document = self.covered, self.document
        if covered is not None and place.span is None:
            where, path = place.lens.locate(place.path)
            return where is document and path[: len(covered)] == covered
        where, _, start, end = place.written
        if where is not document:
            return False
        if covered is not None:
            # Text without a path, as a fault of syntax is.
            first, last = document.span(covered).value
            return first <= start and end <= last
        return document.place(start)[0] == self.line


def inline(
    document: Document, tasks: Iterable[Task], settings: Settings, registry: Registry
) -> list[Inline]:
    """The suppressions in a document; for each comment and label one a rule, in their order."""
    found = list(_comments(document))
    if settings.ignore_labels:
        for task in tasks:
            found += _labels(task)
    found += _metadata(document, tasks)
    locked = settings.locked_rules(registry)
    for ignore in found:
        if not ignore.wrong:
            ignore.wrong = _objection(ignore, registry, locked)
    return found


def _objection(ignore: Inline, registry: Registry, locked: set[str]) -> str:
    if not ignore.reason:
        return f"the ignore of `{ignore.rule}` has no reason, so it has no effect"
    try:
        meant = registry.meant(ignore.rule)
    except Stop as stop:
        return f"{stop.message}, so this ignore has no effect"
    if all(entry.name in locked for entry in meant):
        return f"`{ignore.rule}` is locked: it can't be ignored"
    return ""


def _comments(document: Document) -> Iterator[Inline]:
    text = document.text
    places: _Places | None = None
    for match in COMMENT.finditer(text):
        number = document.place(match.start())[0]
        before = text[document.start(number) : match.start()]
        alone = not before.strip()
        marks = MARKS.get(document.syntax, ("#", "//"))
        if match["mark"] not in marks or not (alone or before[-1:].isspace()):
            continue
        if not alone and document.syntax == "classic":
            continue
        places = places or _Places(document)
        if places.is_text(match.start()):
            continue
        covered = places.after(number) if alone else None
        if covered is None and (alone or not places.holds(number)):
            continue
        for ignore in _read(document, match["order"].strip(), match.span()):
            ignore.line = number
            if alone:
                ignore.covered = covered
                yield ignore
            else:
                yield from places.beside(ignore)


def _read(document: Document, order: str, span: tuple[int, int]) -> Iterator[Inline]:
    match = ORDER.match(order)
    rules = [rule.strip() for rule in match["rules"].split(",")] if match else [""]
    for rule in filter(None, rules) if any(rules) else [""]:
        ignore = Inline(document, (), rule, match["reason"].strip() if match else "")
        ignore.kind = "comment"
        ignore.span = span
        if match is None or not rule:
            ignore.wrong = f"this ignore names no rule: write `{FORM}`"
        elif match["until"]:
            _limit(ignore, match["until"])
        yield ignore


def _limit(ignore: Inline, until: str) -> None:
    try:
        ignore.until = date.fromisoformat(until)
    except ValueError:
        ignore.wrong = f"`{until}` is no date, so this ignore has no effect"
        return
    ignore.expired = ignore.until < datetime.now().astimezone().date()


def _labels(task: Task) -> Iterator[Inline]:
    for container in task.containers:
        for name, value in container.members("dockerLabels").items():
            if name != LABEL and not str(name).startswith(LABEL + "."):
                continue
            rules, _, reason = value.strip().partition(" ") if isinstance(value, str) else ("",) * 3
            for rule in filter(None, rules.split(",")):
                document, path = container.lens.locate((*container.path, "dockerLabels", name))
                ignore = Inline(document, path, rule, reason.strip())
                ignore.kind = "label"
                ignore.covered = container.lens.locate(container.path)[1]
                yield ignore


def _metadata(document: Document, tasks: Iterable[Task]) -> Iterator[Inline]:
    """The suppressions in the metadata of a CloudFormation template and of its resources.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/metadata-section-structure.html
    """
    definitions = [task.definition for task in tasks if task.definition.kind == "cloudformation"]
    resources = dict.fromkeys(each.anchors[()][1][:-1] for each in definitions)
    for covered in [(), *resources] if definitions else ():
        path = (*covered, "Metadata", "fargate-lint", "ignore")
        value: Any = document.value
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        for index, item in enumerate(value if isinstance(value, list) else ()):
            members = item if isinstance(item, dict) else {}
            rule, reason = (str(members.get(name) or "") for name in ("rule", "reason"))
            ignore = Inline(document, (*path, index), rule, reason.strip())
            ignore.kind = "metadata"
            ignore.covered = covered
            if not rule:
                ignore.wrong = "this ignore names no rule: write `rule: RULE` and `reason: …`"
            elif members.get("until"):
                _limit(ignore, str(members["until"]))
            yield ignore


class _Places:
    """Where the nodes of a document begin."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._spans = document.spans()
        #: (offset at which the node begins, depth, path), in the order of the text.
        self._begins = sorted(
            ((span.key or span.value)[0], len(path), path) for path, span in self._spans.items()
        )
        #: The same for values alone.
        self._values = sorted(
            (span.value[0], len(path), path) for path, span in self._spans.items()
        )
        #: The offsets of the lines between two documents.
        self._parted = [match.start() for match in NEXT_DOCUMENT.finditer(document.text)]

    def after(self, number: int) -> Path | None:
        """The outermost node that begins first below a line; None when none does."""
        start = self._document.text.find("\n", self._document.start(number)) + 1
        index = bisect_left(self._begins, start, key=lambda begin: begin[0])
        if not start or index == len(self._begins):
            return None
        offset, _, path = self._begins[index]
        # Below a line between two documents another one begins.
        parted = bisect_left(self._parted, start) < bisect_left(self._parted, offset)
        return None if parted else path

    def holds(self, number: int) -> bool:
        """Whether a line is one of those from the first to the last of the document's value."""
        first, last = self._document.span(()).value
        place = self._document.place
        return place(first)[0] <= number <= place(last)[0]

    def beside(self, ignore: Inline) -> Iterator[Inline]:
        """A suppression behind something: of its line, or of the object or list it begins."""
        document = self._document
        start = document.start(ignore.line)
        index = bisect_left(self._begins, start, key=lambda begin: begin[0])
        assert ignore.span is not None  # noqa: S101  (it is a comment)
        for offset, _, path in self._begins[index:]:
            if offset >= ignore.span[0]:
                break
            span = self._spans[path]
            if span.key is not None and span.value[1] > ignore.span[1]:
                ignore.covered = path
                break
        yield ignore

    def is_text(self, offset: int) -> bool:
        """Whether a place lies in a string, where nothing is a comment."""
        # Nothing begins in a text, so that it is what has begun last.
        index = bisect_left(self._values, offset, key=lambda begin: begin[0])
        inner = self._values[index - 1][2] if index else None
        if inner is None or self._spans[inner].value[1] <= offset:
            return False
        value = _untagged(self._document.value)
        for step in inner:
            try:
                value = _untagged(value[step])
            except (KeyError, IndexError, TypeError):
                return False
        return not isinstance(value, (dict, list))


def _untagged(value: Any) -> Any:
    """A value without the tag of its own that it has in YAML."""
    return value.value if isinstance(value, Tagged) else value
