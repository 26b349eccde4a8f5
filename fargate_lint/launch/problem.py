"""What Fluent Bit would make of a configuration: one thing that it refuses, drops or warns of."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch.sections import Entry, Origin, Section

#: In the place of an exit status: the program dies of a signal.
CRASH = -1


class Problem:
    """One thing that is wrong.

    `severity` is `fatal` (Fluent Bit does not start, and `exit` tells how it ends: a status, or
    CRASH), `loss` (it runs, and logs go nowhere), `warning` (it runs, but not as it says) or `note`
    (it may be so, or not).
    `said` is what this version prints, word for word, "" when it says nothing that tells the
    reason; `message` and `help` are ours. `entry` is the line concerned, if it is one; `suggestion`
    is what to write in its place, when that is known. `options` are the options concerned: that of
    `entry`, or those of which one is missing. `origin` and `span` are for what is in no
    section. `versions` are those of Fluent Bit that it is so in, () for all that are asked about.
    """

    __slots__ = (
        "entry", "exit", "help", "kind", "message", "options", "origin", "said", "section",
        "severity", "span", "suggestion", "versions",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        severity: str,
        message: str,
        *,
        said: str = "",
        exit: int | None = None,  # noqa: A002  (the word for it)
        help: str = "",  # noqa: A002  (the word for it everywhere in this program)
        section: Section | None = None,
        entry: Entry | None = None,
        suggestion: str = "",
        options: tuple[str, ...] = (),
        origin: Origin | None = None,
        span: tuple[int, int] | None = None,
    ) -> None:
        self.kind = kind
        self.severity = severity
        self.message = message
        self.said = said
        self.exit = exit
        self.help = help
        self.section = section
        self.entry = entry
        self.suggestion = suggestion
        self.options = options or ((entry.key,) if entry is not None else ())
        if origin is None:
            origin = entry.origin if entry is not None else None
        if origin is None and section is not None:
            origin = section.origin
        self.origin = origin
        self.span = span
        self.versions: tuple[str, ...] = ()

    @property
    def fatal(self) -> bool:
        """Whether Fluent Bit does not start."""
        return self.severity == "fatal"

    def __repr__(self) -> str:
        return f"Problem({self.kind!r}, {self.severity!r}, {self.message!r})"
