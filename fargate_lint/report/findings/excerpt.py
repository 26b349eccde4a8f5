"""The lines of source that a finding is about, in blocks with line numbers."""

from __future__ import annotations

from fargate_lint.lint.mask.redact import free
from fargate_lint.report.findings.marks import Mark, draw
from fargate_lint.report.terminal import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.lint.located import Located
    from fargate_lint.report.terminal import Terminal

    Point = tuple[int, int]

# Places this many lines apart or fewer are shown in one block.
NEAR = 20
# More related places than this help nobody: a report says how many are left.
MOST_SHOWN = 24


class Block:
    """Marked lines of one file. `place` is what to print above: `file:line:column`."""

    __slots__ = ("file", "lines", "marks", "place")

    def __init__(self, file: str, start: Point) -> None:
        self.file = file
        self.place = f"{escape(free(file))}:{start[0]}:{start[1]}"
        self.lines: dict[int, str] = {}
        self.marks: dict[int, list[Mark]] = {}

    def add(self, start: Point, end: Point, source: dict[int, str], mark: Mark) -> None:
        """Mark a span (line and column, from 1), of several lines only the first."""
        number = start[0]
        text = source.get(number)
        if text is None:
            return
        mark.start = start[1] - 1
        mark.end = end[1] - 1 if end[0] == number else max(len(text.rstrip()), start[1])
        if not text and not mark.message:
            return
        self.lines[number] = text
        self.marks.setdefault(number, []).append(mark)

    def holds(self, file: str, start: Point, room: int) -> bool:
        """Whether a place is near enough to what this block shows to be shown with it."""
        line, column = start
        if file != self.file or not self.lines:
            return False
        if line in self.marks:
            # In a minified file everything stands on one line.
            return any(
                min(abs(column - mark.start), abs(column - mark.end)) < room // 2
                for mark in self.marks[line]
            )
        return any(abs(line - number) <= NEAR for number in self.lines)

    def rows(self, gutter: int, room: int, terminal: Terminal) -> Iterator[str]:
        """The lines with their marks, behind a gutter for numbers of `gutter` digits."""
        edge = terminal.paint("gutter", " " * gutter + " |")
        if self.lines:
            yield edge
        last = 0
        for number in sorted(self.lines):
            if last and number > last + 1:
                yield terminal.paint("gutter", "...")
            last = number
            text, *below = draw(self.lines[number], self.marks[number], room, terminal)
            yield join(terminal.paint("gutter", f"{number:>{gutter}} |"), text)
            for row in below:
                yield join(edge, row)


def blocks(finding: Located, width: int) -> list[Block]:
    """The block of the fault, then those of related places that are elsewhere.

    Only the MOST_SHOWN places that are nearest are among them.
    """
    first = Block(finding.file, finding.start)
    first.add(
        finding.start,
        finding.end,
        finding.source,
        Mark(style=finding.severity, primary=True),
    )
    found = [first]
    # From the nearest on, so that each finds the block of those between it and the fault.
    here = [place for place in finding.related if place[0] == finding.file]
    here.sort(key=lambda place: abs(place[2][0] - finding.start[0]))
    elsewhere = [place for place in finding.related if place[0] != finding.file]
    for file, _, start, end, message, source in (here + elsewhere)[:MOST_SHOWN]:
        block = next((block for block in found if block.holds(file, start, width)), None)
        if block is None:
            block = Block(file, start)
            found.append(block)
        block.add(start, end, source, Mark(message))
    return found


def join(edge: str, text: str) -> str:
    """A row behind its gutter, without blanks at the end."""
    return f"{edge} {text}" if text else edge
