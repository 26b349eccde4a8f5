"""A diagnosis as Markdown, to paste into a ticket."""

from __future__ import annotations

from fargate_lint.report.findings.markdown import unreferred
from fargate_lint.report.terminal import escape
from fargate_lint.report.ticket.parts import given, parts, proof, sureness
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import TextIO

    from fargate_lint.diagnose.verdict import Diagnosis
    from fargate_lint.report.ticket.parts import Item, Part

# What Markdown, or GitHub's extensions of it, would make something else of.
SPECIAL = lazily(r"[\\*_\[\]|~<>#`]|(?<=&)")
RUNS = lazily(r"`+")


def write(found: Diagnosis, stream: TextIO) -> None:
    """Write the report."""
    stream.write(render(found))


def render(found: Diagnosis) -> str:
    """The whole report."""
    lines = [f"## {_headline(found)}", ""]
    sure = sureness(found)
    if sure:
        lines += [f"**{sure}**", ""]
    for part in parts(found):
        lines += [*_part(part), ""]
    return "\n".join([*lines, f"_{inline(given(found))}_", ""])


def _headline(found: Diagnosis) -> str:
    """The answer with what says so, which is code: it is somebody's log."""
    first = proof(found)
    if first is None:
        return inline(found.answer)
    return f"{inline(found.answer.removesuffix('.'))} ({_item(first)})."


def _part(part: Part) -> list[str]:
    lines = [f"### {part.title}", ""]
    if part.text:
        lines += [inline(part.text), ""] if part.items else [inline(part.text)]
    for number, item in enumerate(part.items, 1):
        lines.append(f"{f'{number}.' if part.numbered else '-'} {_item(item)}")
    return [*lines, *_diff(part.diff)] if part.diff else lines


def _diff(lines: list[str]) -> list[str]:
    """A diff as a block that no backticks in it can end."""
    longest = max((len(run) for line in lines for run in RUNS.findall(line)), default=0)
    fence = "`" * max(longest + 1, 3)
    return ["", f"{fence}diff", *lines, fence]


def _item(item: Item) -> str:
    words = []
    if item.label:
        words.append(f"**{inline(item.label)}**")
    if item.place:
        words.append(code(item.place))
    head = " ".join(words)
    body = " ".join(
        text for text in (inline(item.text), code(item.quote) if item.quote else "") if text
    )
    return f"{head}: {body}" if head and body else head or body


def inline(text: str) -> str:
    """`text` as Markdown shows it; what stands in backticks is code."""
    pieces = escape(text).split("`")
    if len(pieces) % 2 == 0:
        # One without its partner is nothing but a character.
        pieces[-2:] = ["`".join(pieces[-2:])]
    shown = [
        code(piece) if index % 2 and piece else SPECIAL.sub(_escaped, unreferred(piece))
        for index, piece in enumerate(pieces)
    ]
    # The marks of two that touch would be one.
    return "".join(shown[:1] + [text or " " for text in shown[1:-1]] + shown[1:][-1:])


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}" if match[0] else "amp;"


def code(text: str) -> str:
    """`text` as code, whatever backticks are in it."""
    text = escape(text)
    longest = max((len(run) for run in RUNS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{room}{text}{room}{fence}"
