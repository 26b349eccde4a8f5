"""Edits of what has brackets around it: JSON in any layout, and the flow style of YAML."""

from __future__ import annotations

import re
from json import dumps

from fargate_lint.source.once import once

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.source.document import Document, Edit, Path

# Longer objects and lists that nothing stands beside get a line for each member.
WIDEST = 72
_COMMA = re.compile(r"\s*,\s*")
_BLANKS = re.compile(r"[ \t]*")


def is_bracketed(document: Document, verb: str, path: Path) -> bool:
    """Whether the place of a change in a YAML file is inside brackets."""
    where = path[:-1] if verb != "set" or path not in document.spans() else path
    start = document.spans()[where].value[0] if where in document.spans() else 0
    return document.text[start : start + 1] in {"{", "["}


def edit(document: Document, verb: str, path: Path, new: Any) -> Edit | None:
    """The edit for a change, None when there is no place for it."""
    spans = document.spans()
    if verb == "rename":
        key = spans[path].key
        return (*key, dumps(new, ensure_ascii=False)) if key is not None else None
    if verb == "set" and path in spans:
        start, end = spans[path].value
        if _is_wrapped(document, path, new):
            return start, end, f"[{document.text[start:end]}]"
        layout = Layout(document, start)
        return start, end, layout.written(new, wide="\n" not in document.text[start:end])
    if path[:-1] not in spans:
        return None
    around = Around(document, path[:-1])
    if verb == "remove":
        return around.without(path[-1])
    if verb == "insert":
        return around.with_item(path[-1], new)
    return around.with_member(path[-1], new)


def _is_wrapped(document: Document, path: Path, new: Any) -> bool:
    """Whether a new value is what is there now, in a list."""
    value: Any = document.value
    for step in path:
        value = value[step]
    return isinstance(new, list) and len(new) == 1 and new[0] is value


@once
def _habits(text: str) -> tuple[str, bool]:
    """How a text ends its lines, and whether it has no blank behind a comma or a colon."""
    newline = "\r\n" if "\r\n" in text else "\n"
    return newline, '": ' not in text and '", ' not in text


class Layout:
    """How a file is laid out around an offset: its line ends, the indentation there and a step."""

    def __init__(self, document: Document, offset: int) -> None:
        self._text = text = document.text
        self.newline, dense = _habits(text)
        blanks = _BLANKS.match(text, text.rfind("\n", 0, offset) + 1, offset)
        self.indent = blanks[0] if blanks else ""
        #: Whether there are no blanks behind commas and colons.
        self.is_dense = document.syntax == "json" and dense

    @property
    def step(self) -> str:
        """By how much the file indents: what its first indented line has."""
        found = re.search(r"^[ \t]+(?=\S)", self._text, re.MULTILINE)
        return found[0] if found else "  "

    def written(self, value: Any, *, wide: bool | None = None) -> str:
        """A value as JSON, on one line when `wide`, or when that is short.

        Raises ValueError for what isn't known: its text may stand for anything.
        """
        plain = _written(value, (",", ":") if self.is_dense else (", ", ": "))
        if not isinstance(value, (dict, list)) or wide or (wide is None and len(plain) <= WIDEST):
            return plain
        text = dumps(value, ensure_ascii=False, indent=self.step)
        return text.replace("\n", self.newline + self.indent)


def _written(value: Any, separators: tuple[str, str]) -> str:
    def refuse(unknown: object) -> None:
        raise ValueError(unknown)

    return dumps(value, ensure_ascii=False, default=refuse, allow_nan=False, separators=separators)


class Around:
    """An object or a list in the text, and where its members or items stand."""

    def __init__(self, document: Document, path: Path) -> None:
        self._document = document
        self._path = path
        self._text = document.text
        spans = document.spans()
        self._start, self._end = spans[path].value
        value: Any = document.value
        for step in path:
            value = value[step]
        self._value = value
        steps = value if isinstance(value, dict) else range(len(value))
        #: For each that has a place of its own: the start (of its key), the end, the value's start.
        self._places = {
            step: (
                (span.key or span.value)[0] if isinstance(value, dict) else span.value[0],
                span.value[1],
                span.value[0],
            )
            for step in steps
            if (span := spans.get((*path, step))) is not None
        }
        self._order = sorted(self._places, key=lambda step: self._places[step][0])

    def without(self, step: str | int) -> Edit:
        """The edit that takes out a member or an item together with its comma."""
        start, end, _ = self._places[step]
        index = self._order.index(step)
        if len(self._order) == 1:
            inside = self._text[self._start + 1 : start] + self._text[end : self._end - 1]
            alone = not inside.strip(" \t\r\n,")
            return (self._start + 1, self._end - 1, "") if alone else (start, end, "")
        if index == len(self._order) - 1:
            return self._places[self._order[index - 1]][1], end, ""
        comma = _COMMA.match(self._text, end)
        return start, comma.end() if comma else end, ""

    def with_item(self, index: str | int, new: Any) -> Edit | None:
        """The edit that puts items before the one at `index`, or at the end."""
        if index not in self._places:
            return self._appended("", new)
        start = self._places[index][0]
        gap = self._gap(index)
        if index == 0 and "\n" not in gap and len(self._order) > 1:
            gap = self._gap(1)
        elif index == 0 and not gap:
            gap = " "
        return start, start, f"{self._joined(index, new, gap)},{gap}"

    def _joined(self, beside: str | int, new: Any, gap: str) -> str:
        """New items, on one line where words of the list share lines: a flag and its value."""
        shared = any("\n" not in self._gap(step) for step in self._order[1:])
        words = not any(isinstance(item, (dict, list)) for item in new)
        between = " " if "\n" in gap and shared and words else gap
        return f",{between}".join(self._written(beside, item) for item in new)

    def with_member(self, key: str | int, new: Any) -> Edit | None:
        """The edit that adds a member at the end of an object."""
        colon = ": "
        if self._order and isinstance(self._value, dict):
            last = self._order[-1]
            key_span = self._document.spans()[(*self._path, last)].key
            between = self._text[key_span[1] : self._places[last][2]] if key_span else colon
            if between.strip() == ":" and "\n" not in between:
                colon = between
        return self._appended(dumps(key, ensure_ascii=False) + colon, [new])

    def _appended(self, head: str, new: Any) -> Edit | None:
        if not self._order:
            inside = self._text[self._start + 1 : self._end - 1]
            layout = Layout(self._document, self._start)
            written = ", ".join(layout.written(item) for item in new)
            return (self._start + 1, self._end - 1, head + written) if not inside.strip() else None
        last = self._order[-1]
        gap = self._gap(last)
        if len(self._order) == 1 and "\n" not in gap:
            gap = "" if Layout(self._document, self._start).is_dense else " "
        end = self._places[last][1]
        return end, end, f",{gap}{head}{self._joined(last, new, gap)}"

    def _gap(self, step: str | int) -> str:
        """The blanks before a member or an item."""
        start = self._places[step][0]
        return self._text[len(self._text[:start].rstrip(" \t\r\n")) : start]

    def _written(self, beside: str | int, new: Any) -> str:
        """A new value in the style of the one beside it."""
        start, end, value_start = self._places[beside]
        layout = Layout(self._document, start)
        wide = None
        if self._text[value_start : value_start + 1] in {"{", "["}:
            wide = "\n" not in self._text[value_start:end]
        if "\n" not in self._gap(beside) and "\n" not in self._text[self._start : self._end]:
            wide = True
        return layout.written(new, wide=wide)
