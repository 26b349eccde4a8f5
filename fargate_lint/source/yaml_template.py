"""Templates of YAML: made readable as YAML without moving anything, and found again in values."""

from __future__ import annotations

import re
from bisect import bisect_left

from fargate_lint.source.templates import EXPRESSION, NOTE, OPENER, STATEMENT, Templates, kind
from fargate_lint.source.unknown import PLACEHOLDER, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# A construct is written as private characters that say which one it is, as long as itself.
FIRST = 0xF0000
MOST = 0x1FFFE - 0x10000
FILLER = "\ue000"
_PRIVATE = re.compile("[\ue000\U000f0000-\U0010ffff]")
_RUN = re.compile("[\U000f0000-\U0010ffff]\ue000*")
# With what no plain value of YAML can begin, although people's placeholders do.
_OPENER = re.compile(
    OPENER.pattern + r"|(?<=[\s\[{,])(?:%[A-Z][A-Z0-9_]*%|@@?[A-Za-z_]\w*@@?)(?![^\s,\]}])"
)
# `$(x)`, `<x>` and `{x}` are values or mappings of plain YAML.
_PLAIN = re.compile(r"\$\(|<(?!%)|\{(?![{%#])")
_END = re.compile(r"(?:\{\{|\{%|%\{|<%)[-~]?\s*(?:end|/)")
_BLANKS = re.compile(r"(?:\s|#[^\n]*\n)*")
# How far a line is looked at.
REACH = 2000


class Template:
    """A text with its template constructs: `text` is as long, and readable as YAML.

    With `bold`, expressions that stand alone on a line are taken for statements too, as in
    Helm's `{{ include "labels" . }}`.
    """

    __slots__ = ("_constructs", "_starts", "has_statements", "openings", "text")

    def __init__(self, source: str, *, bold: bool = False) -> None:
        self._constructs: list[str] = []
        self._starts: list[int] = []
        #: Where the keys and elements begin that statements stand before.
        self.openings: set[int] = set()
        #: Whether there is control flow, so that the text is YAML only once it is rendered.
        self.has_statements = False
        self.text = source
        if not _PRIVATE.search(source):
            self._replace(source, bold=bold)

    @property
    def has_expressions(self) -> bool:
        """Whether there are expressions that `bold` could make a difference to."""
        return bool(self._constructs)

    def value(self, text: str, start: int, end: int) -> str | Unknown:
        """A string of the readable text as it was written: Unknown when a template is in it."""
        if self._starts:
            at = bisect_left(self._starts, start)
            if at < len(self._starts) and self._starts[at] < end:
                return Unknown(self.restore(text))
        return Unknown(text) if PLACEHOLDER.search(text) else text

    def restore(self, text: str) -> str:
        """A text with the constructs in place of the characters that stand for them."""
        if not self._constructs:
            return text
        return _RUN.sub(lambda run: self._constructs[ord(run.group()[0]) - FIRST], text)

    def _replace(self, source: str, *, bold: bool) -> None:
        parts = []
        blanked = []
        position = 0
        for start, end in _constructs(source):
            construct = source[start:end]
            self._starts.append(start)
            parts.append(source[position:start])
            what = kind(construct)
            self.has_statements |= what == STATEMENT
            if _may_be_blanked(what, source, start, end, bold=bold):
                if not _END.match(construct) and what != NOTE:
                    blanked.append(end)
                parts.append("".join("\n" if char == "\n" else " " for char in construct))
            elif len(self._constructs) < MOST:
                parts.append(chr(FIRST + len(self._constructs)) + FILLER * (end - start - 1))
                self._constructs.append(construct)
            else:
                parts.append(construct)
            position = end
        parts.append(source[position:])
        self.text = "".join(parts)
        following = -1
        for end in blanked:
            if end > following:
                found = _BLANKS.match(self.text, end)
                following = found.end() if found else end
            self.openings.add(following)


def _may_be_blanked(what: str, source: str, start: int, end: int, *, bold: bool) -> bool:
    """Whether a construct is no part of a value."""
    line_start = source.rfind("\n", max(0, start - REACH), start) + 1
    before = source[line_start:start].rstrip(" \t")
    if what == NOTE:
        return True
    if what == STATEMENT:
        return not before or before[-1] in ":-}"
    after = source[end : end + REACH].split("\n", 1)[0]
    return bold and not before and not after.strip()


def _constructs(source: str) -> Iterable[tuple[int, int]]:
    """The template constructs that YAML would stumble over, in order."""
    templates = Templates(source)
    position = 0
    while found := _OPENER.search(source, position):
        start, position = found.span()
        if _PLAIN.match(source, start):
            continue
        end = position if source[start] == "@" or found.group()[-1] == "%" else 0
        end = end if end > start + 2 else templates.end(start)
        construct = source[start:end]
        if end and ("\n" not in construct or kind(construct) != EXPRESSION):
            yield start, end
            position = end
