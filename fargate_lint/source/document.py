"""A file that was read: its text, its plain value, its faults, and positions on demand."""

from __future__ import annotations

from bisect import bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, NamedTuple

    Path = tuple[str | int, ...]
    #: Text to put in the place of a half-open range of character offsets.
    Edit = tuple[int, int, str]
    #: A verb, a path and a value: see `fargate_lint.source.edits`.
    Change = tuple[str, Path, Any]

    class Span(NamedTuple):
        """Where a key and its value stand, as half-open ranges of character offsets."""

        key: tuple[int, int] | None
        value: tuple[int, int]

    class Written(NamedTuple):
        """A place in a text: its path, and a half-open range of character offsets."""

        document: Document
        path: Path
        start: int
        end: int
else:
    from collections import namedtuple

    Path = tuple
    Span = namedtuple("Span", "key value")
    Written = namedtuple("Written", "document path start end")

#: What nests deeper than this is not read: no file that is meant does.
DEEPEST = 500


class Fault:
    """A fault of syntax that the reader got over, or (`fatal`) did not.

    `kind` is one of `fargate_lint.data.faults` (`comment`, `ellipsis`, …), `start` and
    `end` are character offsets into the text, `fix` is the text to write there instead, when known.
    """

    __slots__ = ("end", "fatal", "fix", "help", "kind", "message", "related", "start")

    def __init__(
        self,
        kind: str,
        message: str,
        start: int,
        end: int,
        *,
        help: str = "",  # noqa: A002  (the word for it everywhere in this program)
        fix: str | None = None,
        related: tuple[tuple[int, int, str], ...] = (),
        fatal: bool = False,
    ) -> None:
        self.kind = kind
        self.message = message
        self.start = start
        self.end = end
        self.help = help
        self.fix = fix
        self.related = related
        self.fatal = fatal

    def __repr__(self) -> str:
        return f"Fault({self.kind!r}, {self.message!r}, {self.start}, {self.end})"


class Document:
    """One file: `name` as the user wrote it, `syntax` and `text`.

    `syntax` is `json`, `yaml`, `classic` (Fluent Bit's own), `script` (of a shell) or `text`.
    `value` is made of dict, list, str, int, float, bool, None and Unknown. Positions are not kept
    while a file is read, since a clean file needs none: `spans` finds them when one is shown.
    `partial` has the paths of the objects and lists of which a template or an ellipsis may write
    more; such a list ends in an Unknown. The documents of one text share `lines`, an empty list
    that the first who needs it fills with the offsets at which lines start.
    """

    __slots__ = (
        "_lines", "_locate", "_names", "_spans", "faults", "name", "partial", "reread",
        "syntax", "text", "value", "worked_out",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        syntax: str,
        text: str,
        value: Any = None,
        faults: Sequence[Fault] = (),
        locate: Callable[[str], Mapping[Path, Span]] | None = None,
        *,
        partial: frozenset[Path] = frozenset(),
        lines: list[int] | None = None,
    ) -> None:
        self.name = name
        self.syntax = syntax
        self.text = text
        self.value = value
        self.faults = list(faults)
        self.partial = partial
        self._locate = locate
        self._spans: Mapping[Path, Span] | None = None
        self._lines: list[int] = [] if lines is None else lines
        self._names: set[str] | None = None
        #: How many characters of it, or of what it would become, were read again for fixes.
        self.reread = 0
        #: Values that were made of it, which may have secrets under names that it hasn't itself.
        self.worked_out: list[Any] = []

    @property
    def names(self) -> set[str]:
        """The names of all members of all objects in the value."""
        if self._names is None:
            self._names = member_names(self.value)
        return self._names

    @property
    def document(self) -> Document:
        """The document itself: it is to its own places what a definition is to a task's."""
        return self

    @property
    def address(self) -> str:
        """What it is called within a file that holds several things of a kind: nothing."""
        return ""

    def spans(self) -> Mapping[Path, Span]:
        """Where everything stands: for each path from the root, the span of its key and value."""
        if self._spans is None:
            self._spans = self._locate(self.text) if self._locate else {}
        return self._spans

    def span(self, path: Path) -> Span:
        """The span of `path`, or of the nearest thing around it that the file has."""
        spans = self.spans()
        for length in range(len(path), -1, -1):
            found = spans.get(path[:length])
            if found is not None:
                return found
        return Span(None, (0, 0))

    def locate(self, path: Path) -> tuple[Document, Path]:
        """The document that `path` leads into, and the path there."""
        return self, path

    def shows(self, path: Path) -> bool:
        """Whether there is something at `path`."""
        return path in self.spans()

    def written(self, path: Path, *, key: bool = False) -> Written:
        """Where `path` is written (its key, with `key`), or the nearest thing around it."""
        span = self.span(path)
        start, end = span.key if key and span.key else span.value
        return Written(self, path, start, end)

    def change(self, verb: str, path: Path, value: Any) -> tuple[Document, Change]:
        """A change at `path`, as one of this document."""
        return self, (verb, path, value)

    def outward(self, edits: list[Edit]) -> tuple[Document, list[Edit]]:
        """Edits of this text as those of the file: the document that they are of, and the edits."""
        return self, edits

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character offset, both counted from 1, columns in characters."""
        starts = self._starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def start(self, number: int) -> int:
        """The character offset at which a line (counted from 1) starts."""
        return self._starts()[number - 1]

    def line(self, number: int) -> str:
        """The text of a line (counted from 1), without its line end."""
        starts = self._starts()
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r")

    def _starts(self) -> list[int]:
        if not self._lines:
            self._lines.append(0)
            position = self.text.find("\n")
            while position >= 0:
                self._lines.append(position + 1)
                position = self.text.find("\n", position + 1)
        return self._lines


def member_names(value: Any) -> set[str]:
    """The names of all members of all objects in a value."""
    found: set[str] = set()
    values = [value]
    # Grows as it is gone through.
    for each in values:
        if isinstance(each, dict):
            found.update(each)
            values += each.values()
        elif isinstance(each, list):
            values += each
    return found
