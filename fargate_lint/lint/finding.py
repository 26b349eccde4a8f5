"""A finding, first symbolic (a path), then located (lines and columns) when it is to be shown."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from fargate_lint.ecs.task import Node, Task
    from fargate_lint.launch import Spot
    from fargate_lint.lint.rule import Rule
    from fargate_lint.source.document import Document, Path

SEVERITIES = ("info", "warning", "error")
#: What tells an object in a list from the others, wherever it stands: names of its members, in
#: lower case and without underscores.
IDENTITIES = (
    "name", "containername", "sourcecontainer", "sourcevolume", "containerport", "hostport",
    "hostname", "key", "namespace", "hostpath", "containerpath", "devicename", "type",
)  # fmt: skip
#: What stands for an object in a list that nothing tells from the others.
ANY = "[]"


def rank(severity: str) -> int:
    """How much a severity weighs: info 0, warning 1, error 2, and `never` above them all."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


class Place:
    """A place in a document: a path (its key, when `key`), or a span of character offsets."""

    __slots__ = ("document", "key", "message", "path", "span")

    def __init__(
        self,
        document: Document,
        path: Path = (),
        message: str = "",
        *,
        key: bool = False,
        span: tuple[int, int] | None = None,
    ) -> None:
        self.document = document
        self.path = path
        self.message = message
        self.key = key
        self.span = span

    def offsets(self) -> tuple[int, int]:
        """Start and end of the place in the text; of an object, its name rather than all of it."""
        if self.span is not None:
            return self.span
        spans = self.document.spans()
        if self.path in spans:
            for name in ("name", "family"):
                narrow = spans.get((*self.path, name))
                if narrow is not None and not self.key:
                    return narrow.value
        found = self.document.span(self.path)
        return found.key if self.key and found.key else found.value

    def pointer(self) -> str:
        """The path as a JSON Pointer (RFC 6901)."""
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in self.path)


class Fix:
    """What puts a finding right, as changes of the document's value rather than of its text.

    `safe` says that nothing which works can become worse by it. Changes are made one after another;
    each returns the fix itself. Where a change can't be made in the user's text, there is no fix.
    """

    __slots__ = ("changes", "document", "safe", "title")

    def __init__(self, title: str, *, safe: bool = True) -> None:
        #: What it does, in the imperative.
        self.title = title
        self.safe = safe
        self.document: Document | None = None
        #: See `fargate_lint.source.edits`.
        self.changes: list[tuple[str, Path, Any]] = []

    def set(self, node: Node | Spot, at: Path, value: Any) -> Fix:
        """Write `value` at `at` below a node, as a new member where there is none."""
        return self._change(node, "set", at, value)

    def insert(self, node: Node | Spot, at: Path, *values: Any) -> Fix:
        """Put items into a list before the one at `at`, whose last step is an index."""
        return self._change(node, "insert", at, values)

    def append(self, node: Node, at: Path, item: Any) -> Fix:
        """Put an item at the end of the list at `at`, which is made where there is none."""
        there = node.get(*at)
        if isinstance(there, list):
            return self.insert(node, (*at, len(there)), item)
        return self.set(node, at, [item])

    def remove(self, node: Node | Spot, at: Path) -> Fix:
        """Take out a member or an item."""
        return self._change(node, "remove", at, None)

    def rename(self, node: Node | Spot, at: Path, name: str) -> Fix:
        """Give a member another name."""
        return self._change(node, "rename", at, name)

    def write(self, document: Document, start: int, end: int, text: str) -> Fix:
        """Write other text between two character offsets, by which the value doesn't change."""
        self.document = document
        self.changes.append(("write", (start, end), text))
        return self

    def _change(self, node: Node | Spot, verb: str, at: Path, value: Any) -> Fix:
        self.document = node.document
        self.changes.append((verb, (*node.path, *at), value))
        return self


class Finding:
    """What a rule has to say about a place, before anyone asks for its line and column."""

    __slots__ = (
        "data", "fix", "help", "message", "place", "related", "rule", "severity", "suppression",
        "task",
    )  # fmt: skip

    def __init__(
        self,
        rule: Rule,
        severity: str,
        message: str,
        place: Place,
        *,
        task: Task | None = None,
        help: str = "",  # noqa: A002  (the word for it everywhere in this program)
        related: Sequence[Place] = (),
        data: Iterable[object] | None = None,
        fix: Fix | None = None,
    ) -> None:
        self.rule = rule
        self.severity = severity
        self.message = message
        self.place = place
        self.task = task
        self.help = help
        self.related = list(related)
        #: What the finding is known by, when its place hangs on the order of what is equal.
        self.data = data
        self.fix = fix
        #: What suppresses the finding (`configuration`, `comment`, `label`, `baseline`), and why.
        self.suppression: tuple[str, str] | None = None

    @property
    def container(self) -> str:
        """The name of the container that the finding lies in, or ""."""
        if self.task is None:
            return ""
        names: dict[Path, str] | None = self.task.facts.get("container names")
        if names is None:
            names = {each.path: each.name for each in reversed(self.task.containers)}
            self.task.facts["container names"] = names
        path = self.place.path
        least = 0 if self.task.scope in {"container", "fragment"} else 1
        around = (path[:length] for length in range(least, len(path) + 1))
        return next((names[each] for each in around if each in names), "")


class Located:
    """A finding with lines and columns (both from 1), free of the document it came from.

    `start` and `end` are (line, column) pairs; `related` holds (file, pointer, start, end, message,
    source lines); `source` holds the lines of text to show, by number.
    """

    __slots__ = (
        "code", "container", "end", "file", "fingerprint", "fix", "fixable", "help", "message",
        "name", "path", "related", "severity", "source", "start", "suppression", "task",
    )  # fmt: skip

    code: str
    name: str
    severity: str
    message: str
    help: str
    file: str
    path: str
    task: str
    container: str
    start: tuple[int, int]
    end: tuple[int, int]
    related: list[tuple[str, str, tuple[int, int], tuple[int, int], str, dict[int, str]]]
    source: dict[int, str]
    fingerprint: str

    def __init__(self) -> None:
        #: What suppresses the finding (see `Finding`).
        self.suppression: tuple[str, str] | None = None
        #: The fix as `--output-format json` prints it, where somebody wanted to know.
        self.fix: dict[str, Any] | None = None
        #: Whether the rule knows what to change.
        self.fixable = False

    def as_json(self) -> dict[str, Any]:
        """The finding as `--output-format json` prints it."""
        shown: dict[str, Any] = {
            "code": self.code,
            "name": self.name,
            "severity": self.severity,
            "message": self.message,
            "help": self.help or None,
            "file": self.file,
            "path": self.path,
            "task": self.task or None,
            "container": self.container or None,
            "start": _point(self.start),
            "end": _point(self.end),
            "related": [
                {
                    "file": file,
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
    located.file = place.document.name
    located.path = place.pointer()
    located.task = finding.task.family if finding.task else ""
    located.container = finding.container
    located.start, located.end = _points(place)
    located.related = [
        (
            other.document.name,
            other.pointer(),
            *_points(other),
            other.message,
            _source(other),
        )
        for other in finding.related
    ]
    located.source = _source(place)
    located.fingerprint = fingerprint(finding)
    located.suppression = finding.suppression
    located.fixable = finding.fix is not None
    if fixes and finding.fix is not None:
        from fargate_lint.lint.fixes import shown  # noqa: PLC0415  (only where fixes are wanted)

        located.fix = shown(finding.fix)
    return located


def _points(place: Place) -> tuple[tuple[int, int], tuple[int, int]]:
    start, end = place.offsets()
    return place.document.place(start), place.document.place(max(start, end))


def _source(place: Place) -> dict[int, str]:
    from fargate_lint.lint.redact import mask_of  # noqa: PLC0415  (only when something is found)

    mask = mask_of(place.document)
    first, last = (point[0] for point in _points(place))
    return {number: mask.line(number) for number in range(first, min(last, first + 2) + 1)}


def fingerprint(finding: Finding) -> str:
    """What stays the same when a file is reordered or reformatted: 16 hexadecimal digits.

    Made of the rule, the task's family, and the path with names of containers, variables and the
    like instead of indices: of all paths when the places count alike, or of the data that a rule
    gave instead.
    """
    from hashlib import sha256  # noqa: PLC0415  (only when something was found)

    family = finding.task.family if finding.task else ""
    parts = "\0".join([finding.rule.name, family, *_known_by(finding)])
    return sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _known_by(finding: Finding) -> Iterable[str]:
    place = finding.place
    if finding.data is not None:
        return map(str, finding.data)
    if not finding.rule.alike:
        return _steps(place)
    places = [place, *(each for each in finding.related if each.document is place.document)]
    return sorted({"\1".join(_steps(each)) for each in places})


def _steps(place: Place) -> Iterator[str]:
    value = place.document.value
    for step in place.path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
        yield _identity(value, place.document) if isinstance(step, int) else str(step)


def _identity(element: Any, document: Document) -> str:
    """What an element of a list is known by wherever it stands: its name, or its own text."""
    if not isinstance(element, (dict, list)):
        from fargate_lint.lint.redact import mask_of  # noqa: PLC0415  (only for what was found)

        return mask_of(document).text(str(getattr(element, "text", element)))
    if isinstance(element, dict):
        members = {str(key).replace("_", "").lower(): value for key, value in element.items()}
        for member in IDENTITIES:
            name = members.get(member)
            if name is not None and not isinstance(name, (dict, list)):
                return str(getattr(name, "text", name))
    return ANY
