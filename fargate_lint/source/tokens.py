"""The words of JSON as people write it: tokens with their offsets, faults of single tokens."""

from __future__ import annotations

import re
from collections import deque
from json import loads

from fargate_lint.source import strings
from fargate_lint.source.document import Fault
from fargate_lint.source.templates import EXPRESSION, NOTE, OPENER, Templates, kind
from fargate_lint.source.unknown import PLACEHOLDER, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple

    class Token(NamedTuple):
        """One token. `kind` is a bracket, `:`, `=`, `,`, or one of the words below.

        string (`value` is its text), word (a number, a literal, anything bare), template (an
        expression, `value` is its text), statement (control flow of a template), ellipsis, end.
        """

        kind: str
        start: int
        end: int
        value: Any
else:
    from collections import namedtuple

    Token = namedtuple("Token", "kind start end value")

#: What JSON with comments allows on top of JSON.
RELAXED = frozenset({"comment", "comma-trailing", "quote-single", "key-unquoted"})
#: More faults than this are not reported.
MOST_FAULTS = 1000
#: With more than this nothing in the text is worth reading.
HOPELESS = 10_000
_SIGNIFICANT = re.compile(r"[^ \t\r\n]")
_ODD_BLANK = re.compile(
    r"[\x0b\x0c\x85\xa0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+"
)
_CLEAN = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"')
# What may stand right behind a string: never a letter, which tells an unescaped quote.
_BEHIND = re.compile(r"[\s,:;=}\]#]|//|/\*|\.\.|…|\{[{%]|\Z")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)|#[^\n]*", re.DOTALL)
_ELLIPSIS = re.compile(r"(?:\.{2,}|…)+")
_FENCE = re.compile(r"```[^\n]*")
_WORD = re.compile(rf"(?:(?!//|/\*|\$[{{(]|%\{{)[^\s,:;={{}}\[\]\"#<…{strings.QUOTES}])+")
_SHELL = re.compile(r"\$[A-Za-z_]")
_ONLY_DOTS = re.compile(r"(?://|/\*|#)\s*(?:\.{2,}|…)\s*(?:\*/)?\s*\Z")


class TooFaulty(Exception):
    """The text has so many faults that it can't be what it seems to be; from this offset on."""


class Tokens:
    """The tokens of a text, read one by one, with the faults found in them so far."""

    __slots__ = (
        "_ahead", "_fenced", "_found", "_legal", "_position", "cut", "faults", "templates", "text",
    )  # fmt: skip

    def __init__(self, text: str, *, relaxed: bool = False) -> None:
        self.text = text
        self.faults: list[Fault] = []
        self.templates = Templates(text)
        #: Where a string begins that the end of the text cut off.
        self.cut: int | None = None
        self._legal: frozenset[str] = RELAXED if relaxed else frozenset()
        self._position = 0
        self._ahead: deque[Token] = deque()
        self._fenced = False
        #: How many faults were found, noted or not.
        self._found = 0

    def fault(
        self,
        kind: str,
        message: str,
        start: int,
        end: int,
        help: str,  # noqa: A002  (the word for it everywhere in this program)
        fix: str | None = None,
        related: tuple[tuple[int, int, str], ...] = (),
    ) -> None:
        """Note a fault, unless this syntax allows it or there are too many already.

        Raises TooFaulty at the first of more than HOPELESS.
        """
        if kind in self._legal:
            return
        self._found += 1
        if self._found > HOPELESS:
            raise TooFaulty(start)
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(
                Fault(kind, message, start, end, help=help, fix=fix, related=related)
            )

    def next(self) -> Token:
        """The next token; `end` for ever at the end."""
        return self._ahead.popleft() if self._ahead else self._read()

    def peek(self, ahead: int = 0) -> Token:
        """A token further on, without taking it."""
        while len(self._ahead) <= ahead:
            self._ahead.append(self._read())
        return self._ahead[ahead]

    def _read(self) -> Token:
        text = self.text
        while True:
            found = _SIGNIFICANT.search(text, self._position)
            if found is None:
                self._position = len(text)
                return Token("end", len(text), len(text), None)
            token = self._token(found.start(), found.group())
            if token is not None:
                self._position = token.end
                return token

    def _token(self, start: int, character: str) -> Token | None:
        """The token at `start`; None when only `_position` moved, over something to ignore."""
        if character == '"':
            return self._string(start)
        if character in "{<$%#" and OPENER.match(self.text, start):
            return self._template(start)
        if character in "{}[]:,":
            return Token(character, start, start + 1, None)
        if character in strings.QUOTES:
            if self._skip(_FENCE, start):
                self._fence(start)
                return None
            return self._odd_string(start)
        if character in "/#" and self._skip(_COMMENT, start):
            return self._comment(start)
        if character in ".…":
            found = _ELLIPSIS.match(self.text, start)
            if found:
                return Token("ellipsis", start, found.end(), None)
        if self._skip(_ODD_BLANK, start):
            self._odd_blank(start)
            return None
        if character in "=;":
            end = start + (2 if self.text.startswith("=>", start) else 1)
            return Token(character, start, end, None)
        return self._word(start)

    def _skip(self, pattern: re.Pattern[str], start: int) -> bool:
        found = pattern.match(self.text, start)
        if found:
            self._position = found.end()
        return found is not None

    def _string(self, start: int) -> Token:
        text = self.text
        found = _CLEAN.match(text, start)
        if found is None:
            return self._repaired(strings.broken(text, start))
        end = found.end()
        if not _BEHIND.match(text, end):
            template = strings.templated(text, start, end, self.templates)
            if template:
                return Token("string", start, template, Unknown(text[start + 1 : template - 1]))
            repair = strings.quoted_inside(text, start, end)
            if repair is not None:
                return self._repaired(repair)
        raw = text[start + 1 : end - 1]
        return Token("string", start, end, loads(text[start:end]) if "\\" in raw else raw)

    def _odd_string(self, start: int) -> Token:
        return self._repaired(strings.oddly_quoted(self.text, start))

    def _repaired(self, string: strings.Repair) -> Token:
        if string.cut:
            self.cut = string.start
        for fault in string.faults:
            self.fault(fault.kind, fault.message, fault.start, fault.end, fault.help, fault.fix)
        return Token("string", string.start, string.end, string.value)

    def _template(self, start: int) -> Token | None:
        end = self.templates.end(start)
        if not end:
            if self.text[start] == "{":
                return Token("{", start, start + 1, None)
            if self.text[start] == "#" and self._skip(_COMMENT, start):
                return self._comment(start)
            return self._word(start)
        what = kind(self.text[start:end])
        if what == EXPRESSION:
            return self._word(start)
        self._position = end
        return None if what == NOTE else Token("statement", start, end, self.text[start:end])

    def _word(self, start: int) -> Token:
        """A run of bare text and template expressions that touch each other."""
        text = self.text
        half = strings.half_quoted(text, start)
        if half is not None:
            return self._repaired(half)
        end = start
        templated = False
        while end < len(text):
            found = OPENER.match(text, end)
            close = self.templates.end(end) if found else 0
            if close and kind(text[end:close]) == EXPRESSION:
                templated = True
                end = close
                continue
            word = _WORD.match(text, end)
            if word is None:
                break
            end = word.end()
        end = max(end, start + 1)
        run = text[start:end]
        if templated or PLACEHOLDER.search(run) or _SHELL.search(run):
            return Token("template", start, end, run)
        return Token("word", start, end, run)

    def _comment(self, start: int) -> Token | None:
        text = self.text
        end = start + len(text[start : self._position].rstrip())
        if _ONLY_DOTS.match(text[start:end]):
            return Token("ellipsis", start, end, None)
        # Comments one after another are one remark.
        while (further := _SIGNIFICANT.search(text, end)) is not None:
            more = _COMMENT.match(text, further.start())
            if (
                more is None
                or _ONLY_DOTS.match(more.group())
                or text.startswith("#{", more.start())
            ):
                break
            end = more.start() + len(more.group().rstrip())
        self._position = end
        self.fault("comment", "JSON has no comments", start, end, "delete the comment", fix="")
        return None

    def _fence(self, start: int) -> None:
        if not self._fenced:
            self._fenced = True
            self.fault(
                "markdown-fence",
                "a Markdown fence stands around the JSON",
                start,
                start + len(self.text[start : self._position].rstrip()),
                "delete the lines with ```",
                fix="",
            )

    def _odd_blank(self, start: int) -> None:
        self.fault(
            "space",
            f"character U+{ord(self.text[start]):04X} is not white space in JSON",
            start,
            self._position,
            "replace it with plain spaces",
            fix=" " * (self._position - start),
        )
