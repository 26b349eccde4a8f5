"""A finding with lines and columns, free of the document that it came from."""

from __future__ import annotations

from fargate_lint.source.once import once

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.lint.finding import Finding, Place
    from fargate_lint.source.document import Document

#: What tells an object in a list from the others, wherever it stands: names of its members, in
#: lower case and without underscores.
IDENTITIES = (
    "name", "containername", "sourcecontainer", "sourcevolume", "containerport", "hostport",
    "hostname", "key", "namespace", "hostpath", "containerpath", "devicename", "type",
)  # fmt: skip
#: What stands for an object in a list that nothing tells from the others.
ANY = "[]"


class Point(tuple[int, int]):
    """A place in a text: its line and its column in characters, both counted from 1."""

    __slots__ = ()

    @property
    def line(self) -> int:
        """The line."""
        return self[0]

    @property
    def column(self) -> int:
        """The column."""
        return self[1]


class Range(tuple[Point, Point]):
    """A half-open range of a text."""

    __slots__ = ()

    @property
    def start(self) -> Point:
        """The first character."""
        return self[0]

    @property
    def end(self) -> Point:
        """The place behind the last character."""
        return self[1]


class RuleId(tuple[str, str]):
    """A rule as a finding names it."""

    __slots__ = ()

    @property
    def code(self) -> str:
        """Family letters and three digits."""
        return self[0]

    @property
    def name(self) -> str:
        """The name in kebab-case."""
        return self[1]


class Related(tuple[str, str, Point, Point, str, dict[int, str]]):
    """A place that a finding has to do with; the last item holds its lines of text by number."""

    __slots__ = ()

    @property
    def file(self) -> str:
        """The name of the file."""
        return self[0]

    @property
    def path(self) -> str:
        """The path in the file, as a JSON Pointer."""
        return self[1]

    @property
    def range(self) -> Range:
        """Where it is written."""
        return Range(self[2:4])

    @property
    def message(self) -> str:
        """What there is to say about it, without secrets."""
        return self[4]


class Located:
    """A finding with lines and columns, free of the document it came from; secrets are masked.

    This is what `fargate_lint.Finding` is. `source` holds the lines of text to show, by number.
    """

    __slots__ = (
        "address", "code", "container", "end", "file", "fingerprint", "fix", "fixable", "help",
        "member", "message", "name", "path", "related", "severity", "source",
        "start", "suppression", "task",
    )  # fmt: skip

    #: The rule's code.
    code: str
    #: The rule's name.
    name: str
    #: `error`, `warning` or `info`.
    severity: str
    #: What is wrong, in a line.
    message: str
    #: What to do about it, or "".
    help: str
    #: The name of the file that it stands in.
    file: str
    #: The path in the file, as a JSON Pointer.
    path: str
    #: The family of the task definition, or "".
    task: str
    #: The name of the container, or "".
    container: str
    start: Point
    end: Point
    #: Other places that the finding has to do with.
    related: list[Related]
    source: dict[int, str]
    #: 16 hexadecimal digits that stay the same when the file is reordered or reformatted.
    fingerprint: str

    def __init__(self) -> None:
        #: The path in the task definition as a JSON Pointer, None for a place outside of one.
        self.member: str | None = None
        #: What the definition is called in a file that holds several things of a kind, or "".
        self.address = ""
        #: What suppresses the finding (see `Finding`).
        self.suppression: tuple[str, str] | None = None
        #: The fix as `--output-format json` prints it, None where none is known or wanted.
        self.fix: dict[str, Any] | None = None
        #: Whether the rule knows what to change.
        self.fixable = False

    def __repr__(self) -> str:
        line, column = self.start
        return f"<Finding {self.file}:{line}:{column} {self.code} {self.message!r}>"

    @property
    def rule(self) -> RuleId:
        """The rule, with its `code` and its `name`."""
        return RuleId((self.code, self.name))

    @property
    def about(self) -> str:
        """What it is about: the definition's address and the container, as far as it has them."""
        return ", ".join(filter(None, (self.address, self.container)))

    @property
    def range(self) -> Range:
        """Where it stands in the file: `start` and `end`, each with `line` and `column`."""
        return Range((self.start, self.end))

    def as_json(self) -> dict[str, Any]:
        """The finding as `--output-format json` prints it."""
        from fargate_lint.lint.mask.redact import free  # noqa: PLC0415  (only when something is found)

        shown: dict[str, Any] = {
            "code": self.code,
            "name": self.name,
            "severity": self.severity,
            "message": self.message,
            "help": self.help or None,
            "file": free(self.file),
            "path": self.path,
            "member": self.member,
            "address": self.address,
            "task": self.task or None,
            "container": self.container or None,
            "start": _point(self.start),
            "end": _point(self.end),
            "related": [
                {
                    "file": free(file),
                    "path": path,
                    "start": _point(start),
                    "end": _point(end),
                    "message": message,
                }
                for file, path, start, end, message, _ in self.related
            ],
            "fix": self.fix,
            "fingerprint": self.fingerprint,
        }
        if self.suppression is not None:
            kind, reason = self.suppression
            shown["suppression"] = {"kind": kind, "reason": reason}
        return shown


def _point(place: tuple[int, int]) -> dict[str, int]:
    return {"line": place[0], "column": place[1]}


def locate(finding: Finding, *, fixes: bool = False) -> Located:
    """The finding with lines and columns, its source lines without secrets.

    With `fixes`, what fixes it too, which takes longer than everything else.
    """
    place = finding.place
    located = Located()
    located.code = finding.rule.code
    located.name = finding.rule.name
    located.severity = finding.severity
    located.message = finding.message
    located.help = finding.help
    located.file = place.written.document.name
    located.path = place.pointer
    located.member = place.member
    located.address = place.lens.address
    located.task = finding.task.family if finding.task else ""
    located.container = finding.container
    located.start, located.end = _points(place)
    located.related = [
        Related(
            (
                other.written.document.name,
                other.pointer,
                *_points(other),
                other.message,
                _source(other),
            )
        )
        for other in finding.related
    ]
    located.source = _source(place)
    located.fingerprint = fingerprint(finding)
    if finding.suppression is not None:
        from fargate_lint.lint.mask.redact import mask_of  # noqa: PLC0415  (few are suppressed)

        kind, reason = finding.suppression
        located.suppression = kind, mask_of(place.lens.document).text(reason)
    located.fixable = finding.fix is not None
    if fixes and finding.fix is not None:
        from fargate_lint.lint.fix import shown  # noqa: PLC0415  (only where fixes are wanted)

        located.fix = shown(finding.fix)
    return located


def _points(place: Place) -> tuple[Point, Point]:
    document, _, start, end = place.written
    return Point(document.place(start)), Point(document.place(max(start, end)))


def _source(place: Place) -> dict[int, str]:
    from fargate_lint.lint.mask.redact import mask_of  # noqa: PLC0415  (only when something is found)

    mask = mask_of(place.written.document)
    first, last = (point[0] for point in _points(place))
    return {number: mask.line(number) for number in range(first, min(last, first + 2) + 1)}


def fingerprint(finding: Finding) -> str:
    """What stays the same when a file is reordered or reformatted: 16 hexadecimal digits.

    Made of the rule, the task's family (its address where the file leaves that open), and the path
    with names of containers, variables and the like instead of indices: of all paths when the
    places count alike, or of the data that a rule gave instead.
    """
    from hashlib import sha256  # noqa: PLC0415  (only when something was found)

    task = finding.task
    # A template has several, and may leave their families open.
    family = task.family or task.definition.address if task else ""
    parts = "\0".join([finding.rule.name, family, *_known_by(finding)])
    return sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _known_by(finding: Finding) -> Iterable[str]:
    place = finding.place
    if finding.data is not None:
        return map(str, finding.data)
    if not finding.rule.places_are_one:
        return _steps(place)
    places = [place, *(each for each in finding.related if each.lens is place.lens)]
    return sorted({"\1".join(_steps(each)) for each in places})


def _steps(place: Place) -> Iterator[str]:
    value: Any = place.lens.value
    for step in place.path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
        yield _identity(value, place.lens) if isinstance(step, int) else str(step)


@once
def _identities(lens: Definition | Document) -> dict[int, str]:  # noqa: ARG001  (what it is kept for)
    """What the objects in lists are known by, by their id, as far as that was asked."""
    return {}


def _identity(element: Any, lens: Definition | Document) -> str:
    """What an element of a list is known by wherever it stands: its name, or its own text."""
    if isinstance(element, dict):
        known = _identities(lens)
        found = known.get(id(element))
        if found is None:
            found = known[id(element)] = _name(element)
        return found
    if not isinstance(element, (dict, list)):
        from fargate_lint.lint.mask.redact import mask_of  # noqa: PLC0415  (only for what was found)

        return mask_of(lens.document).text(str(getattr(element, "text", element)))
    return ANY


def _name(element: dict[str, Any]) -> str:
    members = {str(key).replace("_", "").lower(): value for key, value in element.items()}
    for member in IDENTITIES:
        name = members.get(member)
        if name is not None and not isinstance(name, (dict, list)):
            return str(getattr(name, "text", name))
    return ANY
