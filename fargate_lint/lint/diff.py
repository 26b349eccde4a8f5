"""What a file would become, line by line, without its secrets."""

from __future__ import annotations

from difflib import SequenceMatcher

from fargate_lint.lint.mask.redact import mask_of
from fargate_lint.source.read import documents

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: Lines around a change.
CONTEXT = 3


def unified(name: str, before: str, after: str) -> Iterator[str]:
    """The lines of a unified diff of a text, nothing when nothing differs.

    Lines are compared as they are, and shown with asterisks for secrets. A carriage return before a
    line's end is part of the line, as `patch` wants it.
    """
    old, new = _split(before), _split(after)
    shown = masked_lines(name, before), masked_lines(name, after, before)
    if before != after:
        yield f"--- {name}"
        yield f"+++ {name}"
    for group in SequenceMatcher(None, old, new).get_grouped_opcodes(CONTEXT):
        first, last = group[0], group[-1]
        yield f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@"
        for tag, low, high, new_low, new_high in group:
            if tag == "equal":
                yield from _lines(" ", shown[0][low:high], old[low:high])
                continue
            yield from _lines("-", shown[0][low:high], old[low:high])
            yield from _lines("+", shown[1][new_low:new_high], new[new_low:new_high])


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


def _lines(mark: str, shown: list[str], lines: list[str]) -> Iterator[str]:
    for text, line in zip(shown, lines, strict=True):
        returned = "\r" if line.endswith("\r\n") else ""
        yield f"{mark}{text}{returned}"
        if not line.endswith("\n"):
            yield r"\ No newline at end of file"


def masked_lines(name: str, text: str, earlier: str = "") -> list[str]:
    """The lines of a text without secrets, whichever of its documents they belong to.

    Nor with those of an `earlier` text, in which a member may have had a more telling name.
    """
    masks = [mask_of(document) for document in documents(name, text)]
    known = [mask_of(document).text for document in documents(name, earlier)] if earlier else []
    lines = []
    for number in range(1, len(_split(text)) + 1):
        masked = [mask.line(number) for mask in masks]
        masked += [hide(line) for hide in known for line in masked[:1]]
        # Masks keep columns, so what any of them hides is hidden.
        line = "".join(
            "*" if "*" in letters else letters[0] for letters in zip(*masked, strict=False)
        )
        lines.append(line)
    return lines
