"""Rules' pages on a terminal, through rich's Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from rich.console import Console, ConsoleOptions, JustifyMethod, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement, Paragraph
from rich.padding import Padding
from rich.rule import Rule as Line
from rich.syntax import Syntax
from rich.theme import Theme

from fargate_lint.lint import pages
from fargate_lint.report.terminal import commandless

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from fargate_lint.report.terminal import Terminal

# Longer lines are hard to read.
WIDTH = 100
THEME = Theme({
    "markdown.h1": "bold underline",
    "markdown.h2": "bold bright_blue",
    "markdown.code": "bright_cyan",
    "markdown.link": "bright_blue underline",
    "markdown.link_url": "bright_blue underline",
    "markdown.item.bullet": "bright_blue",
})  # fmt: skip


# Words that say at a glance what follows: a paragraph that starts so, and its colour.
SIGNS = {
    pages.TITLES["bad"]: "bold bright_red",
    pages.TITLES["fixed"]: "bold bright_green",
    pages.TITLES["good"]: "bold bright_green",
}


class LeftHeading(Heading):
    """A heading that starts where the text does."""

    LEVEL_ALIGN: ClassVar[dict[str, JustifyMethod]] = {}


class Signed(Paragraph):
    """A paragraph, coloured when it stands above an example."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The paragraph, with the words coloured that say what the example is."""
        for words, style in SIGNS.items():
            if self.text.plain.startswith(words):
                self.text.stylize(style, 0, len(words))
        yield from super().__rich_console__(console, options)


class Indented(CodeBlock):
    """A fenced block in the terminal's own colours, set in rather than boxed."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines of the block."""
        code = str(self.text).rstrip()
        syntax = Syntax(code, self.lexer_name, theme="ansi_dark", word_wrap=True)
        yield Padding(syntax, (0, 0, 0, 4))


class Page(Markdown):
    """A page in our clothes."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": LeftHeading,
        "paragraph_open": Signed,
        "fence": Indented,
        "code_block": Indented,
    }


class Lines:
    """A stream of text in which no line is a command, however rich has broken it into lines."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Write what begins with a line."""
        self._stream.write(commandless(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def console(terminal: Terminal, stream: TextIO) -> Console:
    """A console of rich's that shows what our terminal does."""
    return Console(
        file=cast("TextIO", Lines(stream)),
        width=terminal.width,
        theme=THEME,
        force_terminal=True,
        no_color=not terminal.colour,
        highlight=False,
        emoji=False,
        markup=False,
    )


def show(texts: Iterable[str], terminal: Terminal, stream: TextIO) -> None:
    """Print pages, with a line between them."""
    out = console(terminal, stream)
    width = min(out.width, WIDTH)
    for index, text in enumerate(texts):
        if index:
            out.print()
            out.print(Line(style="bright_blue"), width=width)
            out.print()
        out.print(Page(text, hyperlinks=terminal.links), width=width)
