"""A diagnosis as text: plain in a pipe, through rich on a terminal."""

from __future__ import annotations

import textwrap

from fargate_lint.report.terminal import Terminal, escape
from fargate_lint.report.ticket.parts import given, parts, sureness

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from fargate_lint.diagnose.verdict import Diagnosis
    from fargate_lint.report.ticket.parts import Item, Part

WIDEST = 100


def write(found: Diagnosis, stream: TextIO) -> None:
    """Write the report, formatted where that can be seen."""
    terminal = Terminal(stream)
    if terminal.rich:
        from fargate_lint.report.ticket.terminal import show  # noqa: PLC0415  (rich takes its time)

        show(found, terminal, stream)
        return
    width = min(terminal.width, WIDEST)
    stream.writelines(f"{line}\n" for line in _wrapped(found.headline, width))
    sure = sureness(found)
    if sure:
        stream.write(f"{sure}\n")
    for part in parts(found):
        stream.write("\n")
        stream.writelines(f"{line}\n" for line in _part(part, width))
    stream.write(f"\n{escape(given(found))}\n")


def _wrapped(text: str, width: int, first: str = "", indent: str = "") -> list[str]:
    lines = textwrap.wrap(escape(text), width, initial_indent=first, subsequent_indent=indent)
    # A line may begin with what stood behind a blank.
    return list(map(escape, lines))


def _part(part: Part, width: int) -> Iterator[str]:
    yield part.title
    if part.text:
        yield from _wrapped(part.text, width, "  ", "  ")
    for number, item in enumerate(part.items, 1):
        yield from _item(item, f"{number}. " if part.numbered else "- ", width)
    if part.diff:
        yield ""
        yield from (f"    {line}" for line in part.diff)


def _item(item: Item, bullet: str, width: int) -> list[str]:
    head = " ".join(text for text in (item.label, item.place) if text)
    body = " ".join(text for text in (item.text, item.quote) if text)
    text = f"{head}: {body}" if head and body else head or body
    return _wrapped(text, max(width, 40), f"  {bullet}", "  " + " " * len(bullet))
