"""A finding, first symbolic (a path), then located (lines and columns) when it is to be shown."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fargate_lint.ecs.task import Task
    from fargate_lint.lint.fix import Fix
    from fargate_lint.lint.rule import Rule
    from fargate_lint.source.document import Document, Path

SEVERITIES = ("info", "warning", "error")


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


class Finding:
    """What a rule has to say about a place, before anyone asks for its line and column."""

    __slots__ = (
        "data", "fix", "help", "message", "place", "related", "rule", "severity", "subject",
        "suppression", "task",
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
        #: What the finding is known by, when its place hangs on the order of what is equal.
        self.data = data
        #: The paths of what it is about, [] for its place (see `resolve`).
        self.subject = list(subject)
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
