"""The lines of source that a finding is about, in blocks with line numbers."""

from __future__ import annotations

from fargate_lint.report.marks import Mark, draw
from fargate_lint.report.terminal import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.lint.finding import Located
    from fargate_lint.report.terminal import Terminal

    Point = tuple[int, int]

# Related places this many lines away or nearer are shown in the block of the fault.
NEAR = 20


class Block:
    """Marked lines of one file. `place` is what to print above: `file:line:column`."""

    __slots__ = ("file", "lines", "marks", "place")

    def __init__(self, file: str, start: Point) -> None:
        self.file = file
        self.place = f"{escape(file)}:{start[0]}:{start[1]}"
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
        """Whether a place is near enough to be shown in this block."""
        if file != self.file or not self.lines:
            return False
        first = next(iter(self.lines))
        if start[0] == first:
            mark = self.marks[first][0]
            # In a minified file everything stands on one line.
            return min(abs(start[1] - mark.start), abs(start[1] - mark.end)) < room // 2
        return abs(start[0] - first) <= NEAR

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
    """The block of the fault, then those of related places that are elsewhere."""
    first = Block(finding.file, finding.start)
    first.add(
        finding.start,
        finding.end,
        finding.source,
        Mark(style=finding.severity, primary=True),
    )
    found = [first]
    for file, _, start, end, message, source in finding.related:
        block = next((block for block in found if block.holds(file, start, width)), None)
        if block is None:
            block = Block(file, start)
            found.append(block)
        block.add(start, end, source, Mark(message))
    return found


def join(edge: str, text: str) -> str:
    """A row behind its gutter, without blanks at the end."""
    return f"{edge} {text}" if text else edge
