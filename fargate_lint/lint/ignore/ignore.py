"""An accepted kind of finding, as a configuration, a comment or a label states it."""

from __future__ import annotations

from functools import lru_cache

from fargate_lint.lint.globs import glob_pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from fargate_lint.source.document import Document, Path

#: What makes a glob mean more than one file.
WILDCARDS = frozenset("*?")

file_pattern = lru_cache(glob_pattern)


class Ignore:
    """An `[[ignore]]` of a configuration file, or the like of it in a checked file: `comments`.

    It says which findings are accepted, why, and how long.

    `rule` is a selector, `path` a JSONPath and `file` a glob, each "" when anything will do.
    `until` is the last day on which it counts. The rest is what a run finds out: `expired`; `met`
    (a file that it covers was checked), `used` (it left something out), and `unused` (it had every
    chance, and didn't). `wrong` tells why it has no effect, and `kind` what it is: `configuration`,
    `comment` or `label`; a comment has a `span` of text instead of a place.
    """

    __slots__ = (
        "document", "expired", "file", "kind", "met", "path", "place", "reason", "rule", "span",
        "until", "unused", "used", "wrong",
    )  # fmt: skip

    def __init__(self, document: Document, place: Path, rule: str, reason: str) -> None:
        self.document = document
        #: The path of this entry in the configuration file.
        self.place = place
        self.rule = rule
        self.reason = reason
        self.kind = "configuration"
        self.span: tuple[int, int] | None = None
        self.path = ""
        self.file = ""
        self.wrong = ""
        self.until: date | None = None
        self.expired = False
        self.met = False
        self.used = False
        self.unused = False

    def covers(self, relative: str) -> bool:
        """Whether the entry is about a file, given by its path from the configuration's folder."""
        return not self.file or file_pattern(self.file).match(relative) is not None

    def judge(self, *, whole: bool) -> None:
        """Decide whether the entry is unused, after a run that saw the `whole` folder or a part.

        A part shows it only when the entry is about one file, and that was in it.
        """
        single = "/" in self.file and not WILDCARDS & set(self.file)
        self.unused = self.met and not self.used and not self.expired and (whole or single)
