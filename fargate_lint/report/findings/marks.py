"""A line of source with marks below it: carets under the fault, dashes under what belongs to it."""

from __future__ import annotations

import re

from fargate_lint.report.terminal import UNSEEN, escape, escaped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from fargate_lint.report.terminal import Terminal

TAB = 4


class Mark:
    """Characters of a line, from `start` to `end` (from 0, half-open), and what to say of them.

    `style` is one of the terminal's. The `primary` mark is the fault itself.
    """

    __slots__ = ("end", "message", "primary", "start", "style")

    def __init__(
        self,
        message: str = "",
        start: int = 0,
        end: int = 0,
        *,
        style: str = "gutter",
        primary: bool = False,
    ) -> None:
        self.message = message
        self.start = start
        self.end = end
        self.style = style
        self.primary = primary


class Row:
    """Characters at columns, in styles. What is put later lies on top."""

    __slots__ = ("_cells",)

    def __init__(self) -> None:
        self._cells: dict[int, tuple[str, str]] = {}

    def put(self, first: int, last: int, character: str, style: str) -> None:
        """Fill the columns from `first` to `last` (exclusive)."""
        for column in range(first, last):
            self._cells[column] = (character, style)

    def painted(self, terminal: Terminal) -> str:
        """The row as text, each run of a style painted once."""
        parts: list[str] = []
        run, style = "", ""
        for column in range(max(self._cells, default=-1) + 1):
            character, own = self._cells.get(column, (" ", ""))
            if own != style:
                parts.append(terminal.paint(style, run) if style else run)
                run, style = "", own
            run += character
        parts.append(terminal.paint(style, run) if style else run)
        return "".join(parts)


def draw(text: str, marks: Sequence[Mark], room: int, terminal: Terminal) -> list[str]:
    """The line and the rows below it, in at most `room` columns (messages may go beyond)."""
    begin, end = _window(text, marks, room, spare=2 * len(terminal.dots))
    before = terminal.dots if begin > 0 else ""
    after = terminal.dots if end < len(text) else ""
    columns = [len(before)]
    shown = []
    for character in text[begin:end]:
        cell, width = _cell(character)
        shown.append(cell)
        columns.append(columns[-1] + width)
    line = "".join([terminal.paint("faint", before), *shown, terminal.paint("faint", after)])
    places = []
    for mark in marks:
        first = columns[min(max(mark.start, begin), end) - begin]
        last = columns[min(max(mark.end, begin), end) - begin]
        places.append((first, max(last, first + 1), mark))
    return [line, *_below(places, terminal)]


def _below(places: list[tuple[int, int, Mark]], terminal: Terminal) -> list[str]:
    """The row of marks with a message at its end, then rows for messages that found no place."""
    under = Row()
    # Short ones on top of long ones, so that each can be seen.
    for first, last, mark in sorted(places, key=lambda at: (at[0] - at[1], at[2].primary)):
        under.put(first, last, "^" if mark.primary else "-", mark.style)
    labelled = sorted(
        (place for place in places if place[2].message), key=lambda at: (at[0], at[1])
    )
    row = under.painted(terminal)
    if labelled and labelled[-1][1] == max(last for _, last, _ in places):
        row += " " + _label(labelled.pop()[2], terminal)
    rows = [row]
    if labelled:
        rows.append(_stems(labelled).painted(terminal))
    while labelled:
        first, _, mark = labelled.pop()
        stems = _stems(labelled)
        stems.put(first, first + 1, "", "")
        rows.append(stems.painted(terminal) + _label(mark, terminal))
    return rows


def _stems(places: Sequence[tuple[int, int, Mark]]) -> Row:
    row = Row()
    for first, _, mark in places:
        row.put(first, first + 1, "|", mark.style)
    return row


def _label(mark: Mark, terminal: Terminal) -> str:
    return terminal.paint(mark.style, escape(mark.message))


def _window(text: str, marks: Sequence[Mark], room: int, spare: int) -> tuple[int, int]:
    """The part of the text to show (half-open): all of it when it fits, else, with `spare` columns
    left, what is around the marks, or around the fault alone when they are far from each other.
    """
    if len(text) <= room and _width(text) <= room:
        return 0, len(text)
    room -= spare
    left, right = min(mark.start for mark in marks), max(mark.end for mark in marks)
    if right - left > room:
        focus = next((mark for mark in marks if mark.primary), marks[0])
        left, right = focus.start, focus.end
    left = min(left, len(text))
    right = min(right, len(text), left + room)
    rest = max(room - _width(text[left:right]), 0)
    behind = min(_width(text[right : right + rest]), rest // 2)
    begin = left
    rest -= behind
    while begin > 0 and (width := _cell(text[begin - 1])[1]) <= rest:
        begin -= 1
        rest -= width
    rest = room - _width(text[begin:left])
    end = left
    while end < len(text) and (width := _cell(text[end])[1]) <= rest:
        end += 1
        rest -= width
    return begin, end


def _width(text: str) -> int:
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_cell(character)[1] for character in text)


def _cell(character: str) -> tuple[str, int]:
    """A character as it is shown, and how many columns that takes."""
    if " " <= character <= "~":
        return character, 1
    if character == "\t":
        return " " * TAB, TAB
    if re.match(UNSEEN, character):
        written = escaped(character)
        return written, len(written)
    # Only for text beyond ASCII.
    from unicodedata import category, east_asian_width  # noqa: PLC0415

    if category(character) in {"Mn", "Me"}:
        return character, 0
    return character, 2 if east_asian_width(character) in {"W", "F"} else 1
