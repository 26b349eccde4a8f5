"""What a file would become, line by line, without its secrets."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cache
from itertools import groupby
from operator import eq

from fargate_lint.lint.mask.redact import mask_of
from fargate_lint.source.read import documents

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Literal

    Masked = Callable[[int], str]
    Opcode = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]

#: Lines around a change.
CONTEXT = 3


def unified(name: str, before: str, after: str) -> Iterator[str]:
    """The lines of a unified diff of a text, nothing when nothing differs.

    Lines are compared as they are, and shown with asterisks for secrets. A carriage return before a
    line's end is part of the line, as `patch` wants it.
    """
    old, new = _split(before), _split(after)
    shown = _masked(name, before), _masked(name, after, before)
    if before != after:
        yield f"--- {name}"
        yield f"+++ {name}"
    for group in _Matcher(old, new).get_grouped_opcodes(CONTEXT):
        first, last = group[0], group[-1]
        yield f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@"
        for tag, low, high, new_low, new_high in group:
            if tag == "equal":
                yield from _lines(" ", shown[0], old, low, high)
                continue
            yield from _lines("-", shown[0], old, low, high)
            yield from _lines("+", shown[1], new, new_low, new_high)


class _Matcher(SequenceMatcher[str]):
    """Compares the lines of two texts, quickly where most fixes are: within lines.

    Each line is then compared with the one in its place. Looking for lines that were moved takes
    time with the square of the changes.
    """

    def __init__(self, old: list[str], new: list[str]) -> None:
        super().__init__(None, old, new)
        self._old = old
        self._new = new

    def get_opcodes(self) -> list[Opcode]:
        if len(self._old) != len(self._new):
            return super().get_opcodes()
        found: list[Opcode] = []
        start = 0
        for same, run in groupby(map(eq, self._old, self._new)):
            end = start + len(list(run))
            if not same and end - start > CONTEXT:
                return super().get_opcodes()
            found.append(("equal" if same else "replace", start, end, start, end))
            start = end
        return found


def _split(text: str) -> list[str]:
    r"""The lines of a text, each with its line end: only `\n` ends one, as for a document."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _range(start: int, end: int) -> str:
    """A range of lines as a hunk names it: an empty one by the line before it."""
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _lines(mark: str, shown: Masked, lines: list[str], low: int, high: int) -> Iterator[str]:
    for number, line in enumerate(lines[low:high], low + 1):
        returned = "\r" if line.endswith("\r\n") else ""
        yield f"{mark}{shown(number)}{returned}"
        if not line.endswith("\n"):
            yield r"\ No newline at end of file"


def masked_lines(name: str, text: str) -> list[str]:
    """The lines of a text without secrets, whichever of its documents they belong to."""
    return list(map(_masked(name, text), range(1, len(_split(text)) + 1)))


def _masked(name: str, text: str, earlier: str = "") -> Masked:
    """A function from the number of a line to the line without secrets.

    Nor with those of an `earlier` text, in which a member may have had a more telling name.
    """
    masks = [mask_of(document) for document in documents(name, text)]
    # Most lines of a long file are repeated: `},`.
    known = [cache(mask_of(one).text) for one in documents(name, earlier)] if earlier else []

    def line(number: int) -> str:
        masked = [mask.line(number) for mask in masks]
        masked += [hide(first) for hide in known for first in masked[:1]]
        if len(set(masked)) == 1:
            return masked[0]
        # Masks keep columns, so what any of them hides is hidden.
        return "".join(
            "*" if "*" in letters else letters[0] for letters in zip(*masked, strict=False)
        )

    return line
