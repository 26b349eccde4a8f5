"""Sections and entries of a Fluent Bit configuration, each with the place that made it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import NamedTuple

    from fargate_lint.source.document import Path
    from fargate_lint.source.unknown import Unknown

    class Origin(NamedTuple):
        """What made an entry: a path in the user's document, or a line (from 1) of a file."""

        file: str
        path: Path | None = None
        line: int | None = None
else:
    from collections import namedtuple

    Origin = namedtuple("Origin", "file path line", defaults=(None, None))


class Entry:
    """One `key value` line. `value` is Unknown when the user's file does not decide it.

    `gap` is what stands between key and value.
    """

    __slots__ = ("gap", "key", "origin", "value")

    def __init__(
        self, key: str, value: str | Unknown, origin: Origin | None = None, gap: str = " "
    ) -> None:
        self.key = key
        self.value = value
        self.origin = origin
        self.gap = gap

    @property
    def text(self) -> str:
        """The value as it is written."""
        return self.value if isinstance(self.value, str) else self.value.text

    def __repr__(self) -> str:
        return f"Entry({self.key!r}, {self.value!r})"


class Section:
    """One `[NAME]` with its entries in order; `name` is as written, without the brackets."""

    __slots__ = ("entries", "name", "origin")

    def __init__(
        self, name: str, entries: list[Entry] | None = None, origin: Origin | None = None
    ) -> None:
        self.name = name
        self.entries = entries if entries is not None else []
        self.origin = origin

    def all(self, key: str) -> Iterator[Entry]:
        """The entries with this key, compared without regard to case, as Fluent Bit does."""
        wanted = key.lower()
        return (entry for entry in self.entries if entry.key.lower() == wanted)

    def first(self, key: str) -> Entry | None:
        """The first entry with this key, or None."""
        wanted = key.lower()
        for entry in self.entries:
            if entry.key.lower() == wanted:
                return entry
        return None

    def last(self, key: str) -> Entry | None:
        """The last entry with this key, or None."""
        wanted = key.lower()
        for entry in reversed(self.entries):
            if entry.key.lower() == wanted:
                return entry
        return None

    def __repr__(self) -> str:
        return f"Section({self.name!r}, {self.entries!r})"


class Include:
    """One `@INCLUDE` line; the sections of the files that it names take its place."""

    __slots__ = ("origin", "path")

    def __init__(self, path: str | Unknown, origin: Origin | None = None) -> None:
        self.path = path
        self.origin = origin

    @property
    def text(self) -> str:
        """The path as it is written."""
        return self.path if isinstance(self.path, str) else self.path.text

    def __repr__(self) -> str:
        return f"Include({self.path!r})"


if TYPE_CHECKING:
    Item = Section | Include


def lines(items: Iterable[Item]) -> Iterator[tuple[str, Entry | Item | None]]:
    """What stands in a file of these items, each text with what it came from.

    The layout is FireLens': an empty line before each item, four blanks before each key. A text
    is one line, or several when a value holds line ends.
    """
    for item in items:
        yield "", None
        if isinstance(item, Include):
            yield f"@INCLUDE {item.text}", item
            continue
        yield f"[{item.name}]", item
        for entry in item.entries:
            yield f"    {entry.key}{entry.gap}{entry.text}", entry


def render(items: Iterable[Item]) -> str:
    """The text of a file of these items."""
    return "".join(f"{text}\n" for text, _ in lines(items))
