"""A unified diff as a terminal shows it."""

from __future__ import annotations

import re

from fargate_lint.report.terminal import UNSEEN, commandless, escaped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fargate_lint.report.terminal import Terminal

STYLES = {"-": "error", "+": "good", "@": "gutter", "\\": "faint"}


def clean(line: str) -> str:
    """A line as `escape` returns it, but for its tabs."""
    if line.isascii() and line.isprintable():
        return commandless(line)
    return commandless(re.sub(f"(?!\t){UNSEEN}", lambda match: escaped(match[0]), line))


def painted(lines: Iterable[str], terminal: Terminal) -> Iterator[str]:
    """The lines of a diff, clean and in colours. Carriage returns at their ends stay."""
    for line in lines:
        style = STYLES.get(line[:1])
        shown = clean(line.removesuffix("\r"))
        end = "\r" if line.endswith("\r") else ""
        yield f"{terminal.paint(style, shown) if style else shown}{end}"
