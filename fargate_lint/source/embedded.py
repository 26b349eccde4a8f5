"""A document inside a document: JSON in a string of JSON, in a heredoc, in a block of lines."""

from __future__ import annotations

import json
import re

from fargate_lint.source.document import Document, Written
from fargate_lint.source.read import documents

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fargate_lint.source.document import Edit, Path

# One character of a string in JSON, as it is written. https://www.rfc-editor.org/rfc/rfc8259#section-7
_CHARACTER = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]", re.DOTALL)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Embedded(Document):
    """A document whose text stands in `outer`, at the path `at`, into which its places lead.

    `offsets` has the offset in the outer text of each of its characters, and of its end; `encode`
    makes of a piece of its text what stands for it there. It has no name, so that its text tells
    the syntax.
    """

    __slots__ = ("at", "encode", "offsets", "outer")

    def __init__(
        self,
        text: str,
        outer: Document,
        at: Path,
        offsets: Sequence[int],
        encode: Callable[[str], str],
    ) -> None:
        inner = documents("", text)[0]
        super().__init__(
            "",
            inner.syntax,
            text,
            inner.value,
            inner.faults,
            lambda text: documents("", text)[0].spans(),
            partial=inner.partial,
        )
        self.outer = outer
        self.at = at
        self.offsets = offsets
        self.encode = encode

    def written(self, path: Path, *, key: bool = False) -> Written:
        """Where `path` is written in the outer file, with the path of this document there."""
        _, _, start, end = super().written(path, key=key)
        document, [(start, end, _)] = self.outward([(start, end, "")])
        return Written(document, self.outer.written(self.at).path, start, end)

    def outward(self, edits: list[Edit]) -> tuple[Document, list[Edit]]:
        """Edits of this text as those of the file around it."""
        where = self.offsets
        return self.outer.outward(
            [(where[start], where[end], self.encode(text)) for start, end, text in edits]
        )


def in_string(outer: Document, at: Path) -> Embedded | None:
    """The document in a string of JSON; None where no such string is written at the path."""
    start, end = outer.span(at).value
    literal = outer.text[start:end]
    if not outer.shows(at) or literal[:1] != '"' or literal[-1:] != '"':
        return None
    offsets = [start + 1]
    characters = _CHARACTER.findall(literal[1:-1])
    for character in characters:
        offsets.append(offsets[-1] + len(character))
    try:
        text = json.loads(literal, strict=False)
    except ValueError:
        return None
    if len(text) != len(characters):
        return None
    return Embedded(text, outer, at, offsets, lambda piece: json.dumps(piece)[1:-1])


def in_lines(outer: Document, at: Path, start: int, end: int, *, indent: int = 0) -> Embedded:
    """The document in a range of lines, each without its first `indent` characters.

    `start` and `end` are offsets into the text; fewer characters are left out of a line that has
    fewer blanks.
    """
    text = ""
    offsets: list[int] = []
    for line in _LINE.findall(outer.text[start:end]):
        blanks = min(indent, len(line) - len(line.lstrip(" \t")))
        offsets += range(start + blanks, start + len(line))
        text += line[blanks:]
        start += len(line)
    margin = "\n" + " " * indent
    return Embedded(text, outer, at, [*offsets, end], lambda piece: piece.replace("\n", margin))
