"""A finding, first symbolic (a path), then located (lines and columns) when it is to be shown."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.ecs.task import Task
    from fargate_lint.lint.fix import Fix
    from fargate_lint.source.document import Document, Path, Written

#: Characters of a message and of a help. What is longer holds a value that is, of which the
#: beginning and the end tell enough.
LONGEST = 500
LONGEST_HELP = 10_000

SEVERITIES = ("info", "warning", "error")


def rank(severity: str) -> int:
    """How much a severity weighs: info 0, warning 1, error 2, and `never` above them all."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


class Identity:
    """What findings, reports and configurations know of a rule."""

    #: Family letters and three digits; never reused.
    code: str = ""
    #: Kebab-case; names the fault, so that "ignore NAME" reads well.
    name: str = ""
    #: `error`, `warning` or `info`, unless a report says otherwise.
    severity: str = "warning"
    #: Former or merged names; each is accepted wherever the name is.
    aliases: tuple[str, ...] = ()
    #: A finding's place is only the first of several that count alike, the others being among its
    #: related places: a baseline knows it by all of them, in whatever order they stand in the file.
    places_are_one: bool = False
    #: Rules that a finding of this one makes superfluous at the same subject: their names, or the
    #: beginnings of codes (see `fargate_lint.lint.resolve`).
    outranks: tuple[str, ...] = ()

    __slots__ = ()


class Place:
    """A place: a path (its key, when `key`) in `lens`, or a span of character offsets.

    `lens` is the definition that the path is one of, or a document.
    """

    __slots__ = ("_written", "key", "lens", "message", "path", "span")

    def __init__(
        self,
        lens: Definition | Document,
        path: Path = (),
        message: str = "",
        *,
        key: bool = False,
        span: tuple[int, int] | None = None,
    ) -> None:
        self.lens = lens
        self.path = path
        self.message = message
        self.key = key
        self.span = span
        self._written: Written | None = None

    @property
    def written(self) -> Written:
        """Where it is in the user's text; of an object, the offsets are those of its name."""
        if self._written is None:
            self._written = self._write()
        return self._written

    def _write(self) -> Written:
        lens = self.lens
        if self.span is not None:
            return lens.document.written(self.path)._replace(start=self.span[0], end=self.span[1])
        found = lens.written(self.path, key=self.key)
        if not self.key and lens.shows(self.path):
            for name in ("name", "family"):
                if lens.shows((*self.path, name)):
                    narrow = lens.written((*self.path, name))
                    return found._replace(start=narrow.start, end=narrow.end)
        return found

    @property
    def pointer(self) -> str:
        """The path in the document that it is written in, as a JSON Pointer."""
        return pointer(self.written.path)

    @property
    def member(self) -> str | None:
        """The path in the task definition as a JSON Pointer, None for a place outside of one."""
        if self.lens is self.lens.document:
            return None
        return pointer(self.path)


def pointer(path: Path) -> str:
    """A path as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


class Finding:
    """A fault that a rule reports at a place, its line and column not worked out yet."""

    __slots__ = (
        "data", "fix", "help", "message", "place", "related", "rule", "severity", "subject",
        "suppression", "task",
    )  # fmt: skip

    def __init__(
        self,
        rule: Identity,
        severity: str,
        message: str,
        place: Place,
        *,
        task: Task | None = None,
        help: str = "",  # noqa: A002  (the word for it everywhere in this program)
        related: Iterable[Place] = (),
        data: Iterable[object] | None = None,
        subject: Iterable[Path] = (),
        fix: Fix | None = None,
    ) -> None:
        self.rule = rule
        self.severity = severity
        self.message = message
        self.place = place
        self.task = task
        self.help = help
        self.related = list(related)
        #: Values that its fingerprint is made of, where its place depends on the order of things
        #: that are alike; None for the place.
        self.data = data
        #: The paths of what it is about, [] for its place (see `resolve`).
        self.subject = list(subject)
        self.fix = fix
        #: What suppresses the finding (`configuration`, `comment`, `label`, `baseline`), and why.
        self.suppression: tuple[str, str] | None = None

    def mask(self) -> None:
        """Hide secrets in the texts; what is longer than anybody reads loses its middle."""
        from fargate_lint.lint.mask.redact import mask_of  # noqa: PLC0415  (only when something is found)

        text = mask_of(self.place.lens.document).text
        self.message = _cut(text(self.message), LONGEST)
        self.help = _cut(text(self.help), LONGEST_HELP)
        for place in self.related:
            place.message = _cut(text(place.message), LONGEST)

    @property
    def container(self) -> str:
        """The name of the container that the finding lies in, or ""."""
        path = self.place.path
        if self.task is None or self.place.lens is not self.task.lens or len(path) < 2:
            return ""
        if path[0] != "containerDefinitions" or not isinstance(path[1], int):
            return ""
        # Those before it are containers too, but for what isn't one.
        before = self.task.containers[: path[1] + 1]
        return next((each.name for each in reversed(before) if each.index == path[1]), "")


def _cut(text: str, most: int) -> str:
    half = most // 2
    return text if len(text) <= most else f"{text[:half]}…{text[-half:]}"
