"""A diagnosis on a terminal, through rich."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from fargate_lint.report.page import WIDTH, console
from fargate_lint.report.terminal import escape
from fargate_lint.report.ticket.parts import STATUS, given, parts, status, sureness
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from rich.console import RenderableType

    from fargate_lint.diagnose.verdict import Diagnosis
    from fargate_lint.report.terminal import Terminal
    from fargate_lint.report.ticket.parts import Item, Part

STYLES = {
    "": "bold",
    "confirmed": "bold bright_red",
    "error": "bold bright_red",
    "fine": "bold bright_green",
    "harmless": "bold bright_green",
    "info": "bold bright_cyan",
    "likely": "bold yellow",
    "possible": "bold bright_cyan",
    "ruled-out": "dim",
    "warning": "bold yellow",
}
DIFF = {"+": "bright_green", "-": "bright_red", "@": "bright_blue", "\\": "dim"}
TITLE = "bold bright_blue"
CODE = lazily(r"`[^`]+`")


class Quote:
    """What somebody said, with a bar on its left, however many lines it takes."""

    def __init__(self, text: str) -> None:
        self._text = Text(text)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines of it."""
        bar = "| " if options.ascii_only else "│ "
        for line in self._text.wrap(console, max(options.max_width - len(bar), 1)):
            line.rstrip()
            yield Text.assemble((bar, "bright_black"), line)


def show(found: Diagnosis, terminal: Terminal, stream: TextIO) -> None:
    """Print the report."""
    out = console(terminal, stream)
    width = min(out.width, WIDTH)
    word = status(found)
    style = STYLES[word or "fine"]
    head: list[RenderableType] = [Text(escape(found.answer), "bold")]
    if word:
        head.append(Text(sureness(found), "dim"))
    title = Text(STATUS[word] if word else "Fine", style)
    border = style.removeprefix("bold ")
    out.print(
        Panel(Group(*head), title=title, title_align="left", border_style=border), width=width
    )
    for part in parts(found):
        out.print()
        out.print(Text(part.title, TITLE))
        out.print(Padding(_part(part), (0, 0, 0, 2)), width=width)
    out.print()
    out.print(Text(escape(given(found)), "dim"), width=width)


def _part(part: Part) -> Group:
    rows = Table.grid(padding=(0, 1))
    rows.add_column(style="bright_blue")
    rows.add_column(overflow="fold")
    for number, item in enumerate(part.items, 1):
        rows.add_row(f"{number}." if part.numbered else "-", _item(item))
    text = [Padding(_words(part.text), (0, 0, 1 if part.items else 0, 0))] if part.text else []
    lines = [Text(line, DIFF.get(line[:1], ""), overflow="fold") for line in part.diff]
    return Group(*text, rows, *([Text(), *lines] if lines else []))


def _item(item: Item) -> Group:
    line = Text().append(escape(item.label), STYLES[item.style])
    if item.place:
        line.append(" " if line else "").append(escape(item.place), "bright_blue")
    text = _words(item.text)
    if line and text:
        line = Text.assemble(line, " ", text)
    elif text:
        line = text
    return Group(line, Quote(escape(item.quote))) if item.quote else Group(line)


def _words(text: str) -> Text:
    """Text in which what stands in backticks is in the colour of code."""
    found = Text(escape(text))
    found.highlight_regex(CODE, "bright_cyan")
    return found
