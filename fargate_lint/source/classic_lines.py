"""The lines of a file in Fluent Bit's classic format, and the file that they make."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class Node:
    """One line that means something; `start` and `end` are character offsets of what it says."""

    __slots__ = ("end", "line", "start", "text")

    def __init__(self, line: int, start: int, end: int, text: str) -> None:
        self.line = line
        self.start = start
        self.end = end
        #: The line without its indentation and line end.
        self.text = text


class Header(Node):
    """`[NAME]`: the start of a section."""

    __slots__ = ("name",)

    def __init__(self, line: int, start: int, end: int, text: str, name: str) -> None:
        super().__init__(line, start, end, text)
        self.name = name


class Group(Header):
    """`[name] …` inside a section: a group, whose keys classic files do not use."""

    __slots__ = ()


class Comment(Node):
    """A comment, with its `#`."""

    __slots__ = ()


class Directive(Node):
    """`@WORD argument`. `word` is in upper case, `at` is where the argument begins."""

    __slots__ = ("argument", "at", "word")

    def __init__(self, line: int, start: int, end: int, text: str, word: str, at: int) -> None:
        super().__init__(line, start, end, text)
        self.word = word
        self.at = at
        self.argument = text[at - start :]


class Pair(Node):
    """`key value`. `at` is where the value begins; `grouped` pairs belong to a group."""

    __slots__ = ("at", "grouped", "key", "value")

    def __init__(
        self, line: int, start: int, at: int, text: str, key: str, value: str, grouped: bool
    ) -> None:
        super().__init__(line, start, at + len(value), text)
        self.at = at
        self.key = key
        self.value = value
        self.grouped = grouped


class Problem(Node):
    """A line that Fluent Bit refuses.

    `kind` is one of `line-too-long`, `indentation`, `header`, `header-indented`, `value-missing`,
    `value-empty`, `ellipsis`, `pair-outside`, `directive` and `group`; `said` is what the program
    prints, word for word (several lines, or none at all); `message` and `help` are ours.
    """

    __slots__ = ("crash", "help", "kind", "message", "said")

    def __init__(
        self, line: int, start: int, end: int, text: str, kind: str, said: str, message: str
    ) -> None:
        super().__init__(line, start, end, text)
        self.kind = kind
        self.said = said
        self.message = message
        self.help = ""
        #: This version dies of a signal instead of ending with status 1.
        self.crash = False


class File:
    """What stands in one file, in order."""

    __slots__ = ("indent", "items", "name", "version")

    def __init__(self, name: str, version: str) -> None:
        self.name = name
        self.version = version
        self.items: list[Node] = []
        #: What the first indented line of the file is indented with, "" when there is none.
        self.indent = ""

    @property
    def problems(self) -> list[Problem]:
        """The faults in order; Fluent Bit stops at the first."""
        return [item for item in self.items if isinstance(item, Problem)]

    def sections(self) -> Iterator[tuple[Header, list[Pair]]]:
        """Each section's header with its pairs, without those of groups."""
        header: Header | None = None
        pairs: list[Pair] = []
        for item in self.items:
            if isinstance(item, Header) and not isinstance(item, Group):
                if header is not None:
                    yield header, pairs
                header, pairs = item, []
            elif isinstance(item, Pair) and not item.grouped:
                pairs.append(item)
        if header is not None:
            yield header, pairs
