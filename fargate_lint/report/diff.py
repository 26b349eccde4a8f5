"""A unified diff as a terminal shows it."""

from __future__ import annotations

from fargate_lint.report.terminal import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fargate_lint.report.terminal import Terminal

STYLES = {"-": "error", "+": "good", "@": "gutter", "\\": "faint"}


def painted(lines: Iterable[str], terminal: Terminal) -> Iterator[str]:
    """The lines of a diff in colours, with everything that a terminal would obey written out."""
    for line in lines:
        # Tabs indent.
        text = "\t".join(escape(part) for part in line.split("\t"))
        style = STYLES.get(line[:1])
        yield terminal.paint(style, text) if style else text
