"""A diagnosis for a terminal."""

from __future__ import annotations

import textwrap

from fargate_lint.report.terminal import Terminal, escape
from fargate_lint.report.ticket import given, parts, status, sureness

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from fargate_lint.diagnose.verdict import Diagnosis
    from fargate_lint.report.ticket import Item, Part

STYLES = {"confirmed": "error", "likely": "warning", "possible": "info", "": "good"}
WIDEST = 100


def write(found: Diagnosis, stream: TextIO) -> None:
    """Write the report, in colours where they can be seen."""
    terminal = Terminal(stream)
    width = min(terminal.width, WIDEST)
    word = status(found)
    headline = textwrap.wrap(escape(found.headline), width)
    stream.writelines(terminal.paint(STYLES[word], line) + "\n" for line in headline)
    if word:
        stream.write(terminal.paint("faint", sureness(found)) + "\n")
    for part in parts(found):
        stream.write("\n")
        stream.writelines(f"{line}\n" for line in _part(part, width, terminal))
    stream.write("\n" + terminal.paint("faint", escape(given(found))) + "\n")


def _part(part: Part, width: int, terminal: Terminal) -> Iterator[str]:
    yield terminal.paint("strong", part.title)
    if part.text:
        yield from textwrap.wrap(
            escape(part.text), width, initial_indent="  ", subsequent_indent="  "
        )
    for number, item in enumerate(part.items, 1):
        yield from _item(item, f"{number}. " if part.numbered else "- ", width, terminal)


def _item(item: Item, bullet: str, width: int, terminal: Terminal) -> Iterator[str]:
    head = " ".join(escape(text) for text in (item.label, item.place) if text)
    body = " ".join(escape(text) for text in (item.text, item.quote) if text)
    text = f"{head}: {body}" if head and body else head or body
    indent = "  " + " " * len(bullet)
    lines = textwrap.wrap(
        text, max(width, 40), initial_indent="  " + bullet, subsequent_indent=indent
    )
    label = escape(item.label)
    for index, line in enumerate(lines):
        if index == 0 and label and label in line:
            yield line.replace(label, terminal.paint("strong", label), 1)
        else:
            yield line
