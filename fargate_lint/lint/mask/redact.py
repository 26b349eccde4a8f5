"""Hiding what is secret in everything that is shown."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import chain

from fargate_lint.lint.mask.known import Known
from fargate_lint.lint.mask.names import level
from fargate_lint.lint.mask.prose import is_told
from fargate_lint.lint.mask.spans import in_text, merged, starred
from fargate_lint.lint.mask.structure import secrets
from fargate_lint.source.once import once
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.source.document import Document

# `NAME: X` in the text of a file that can't be read, or not all of it.
MEMBER_IN_TEXT = lazily(
    r"""(?<![\w.-])(?P<name>[\w.-]++)["']?\s*+[:=]\s*(?:"(?P<double>(?:[^"\\\n]|\\.)*)|'(?P<single>[^'\n]*)"""
    r"""|(?P<bare>[^\s"',{}\[\]]+))"""
)
# What a file may write in another way than it is read.
WRITTEN_ALIKE = lazily(r"[^\s\"'\\\x00-\x20\x7f-\U0010ffff]+")


def secrets_in_text(text: str) -> Iterator[tuple[int, int]]:
    """Where secrets seem to stand in a text that nobody could parse: (start, end) offsets."""
    for match in MEMBER_IN_TEXT.finditer(text):
        value = match.lastgroup or "bare"
        if match["name"] not in {"key", "value"} and is_told(level(match["name"]), match[value]):
            yield match.span(value)
    yield from in_text(text)


@once
def free(text: str) -> str:
    """A text that is of no document, as it may be shown: a file's name, a reason, a message."""
    return starred(text, in_text(text))


class Mask:
    """Hides the secrets of one document, in any text and in its own lines.

    A secret is replaced by as many asterisks as it has letters, so that columns stay right.
    """

    __slots__ = ("_found", "_known", "_lines", "_spans", "document")

    def __init__(self, document: Document) -> None:
        self.document = document
        self._found = list(secrets(document.value))
        made = (text for value in document.worked_out for _, text, _ in secrets(value))
        self._known = Known(chain((text for _, text, _ in self._found), made))
        self._spans: list[tuple[int, int]] | None = None
        #: A minified file is one line, which every finding shows: it is masked once.
        self._lines: dict[int, str] = {}

    def text(self, text: str) -> str:
        """`text` without the secrets that can be told from their value or from what they stand in."""
        return starred(text, merged([*self._known.spans(text), *in_text(text)]))

    def line(self, number: int) -> str:
        """A line of the document (from 1), also without the secrets that only stand in it."""
        masked = self._lines.get(number)
        if masked is None:
            masked = self._lines[number] = self.text(self._starred(number))
        return masked

    def _places(self) -> list[tuple[int, int]]:
        """Where secrets stand, in the order of the text, but for those that lines are known to have."""
        if self._spans is None:
            document = self.document
            alike = self._known.those_in(document.text) if "\\u" not in document.text else set()
            found = {
                document.span(path).value
                for path, text, whole in self._found
                if text not in alike or (whole and not WRITTEN_ALIKE.fullmatch(text))
            }
            if document.value is None or document.faults:
                found.update(secrets_in_text(document.text))
            self._spans = sorted(found)
        return self._spans

    def _starred(self, number: int) -> str:
        line = self.document.line(number)
        start = self.document.start(number)
        spans = self._places()
        parts = []
        done = 0
        # The span before may reach into this line.
        for first, last in spans[max(bisect_left(spans, (start, 0)) - 1, 0) :]:
            if first >= start + len(line):
                break
            low, high = max(first - start, done), min(last - start, len(line))
            if low < high:
                parts += [line[done:low], re.sub(r"[^\s\"',]", "*", line[low:high])]
                done = high
        return "".join([*parts, line[done:]])


@once
def mask_of(document: Document) -> Mask:
    """The mask of a document."""
    return Mask(document)
