"""Where secrets stand in a text: by their shape, by what stands before them, in command lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from fargate_lint.lint.mask import commands, prose, shapes
from fargate_lint.lint.mask.names import HARMLESS_HEADERS, REMEMBERED, is_identifier, level
from fargate_lint.lint.mask.values import decoded, is_base64, is_key, is_random

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Spans = list[tuple[int, int]]

# Options of Fluent Bit, and keys of the like, whose value begins with a name.
NAMING = frozenset({"add", "hard_set", "header", "headers", "record", "set"})
# Options whose value is a path of a URL, which may end with a token.
ADDRESSES = frozenset(
    {"endpoint", "logs_uri", "metrics_uri", "path", "traces_uri", "uri", "url", "webhook"}
)
SEGMENT = re.compile(r"[^/?&=#\s]{10,}")
WORDS = re.compile(r"[\w-]{8,}")
AWS_SECRET = re.compile(r"(?<![\w/+=])[A-Za-z0-9/+]{40}(?![\w/+=])")

#: Letters and digits of the shortest token that has nothing else.
LEAST_TOKEN = 16
#: Letters of a word that is no option with a secret.
SHORTEST = 6
#: Values that are remembered with their names, and characters of one of them.
MOST_TOLD, LONGEST_TOLD = 10_000, 200
_told: dict[tuple[str, str], Spans] = {}


class Search:
    """The search for secrets in texts.

    What none of the texts has is looked for once, and not in each of them.
    """

    __slots__ = ("_commands", "_roots", "_rows", "marked")

    def __init__(self, texts: Iterable[str]) -> None:
        unique = [
            text for text in dict.fromkeys(texts) if len(text) >= LEAST_TOKEN or not text.isalnum()
        ]
        joined = "\n".join(["", *unique])
        lower = joined.lower()
        starts = []
        start = 1
        for text in unique:
            starts.append(start)
            start += len(text) + 1
        starts.append(start)

        def having(mark: str, within: str) -> Iterator[str]:
            place = within.find(mark)
            while place >= 0:
                index = bisect_right(starts, place + len(mark) - 1)
                yield unique[index - 1]
                place = within.find(mark, starts[index] - 1)

        #: By text: the rows of shapes that may be in it, and the roots of names that are.
        self._rows: dict[str, dict[int, None]] = {}
        self._roots: dict[str, list[str]] = {}
        for needle, row in shapes.needles_in(joined):
            for text in having(needle, joined):
                self._rows.setdefault(text, {})[row] = None
        if len(lower) == len(joined):
            for root in prose.roots_in(lower):
                for text in having(root, lower):
                    self._roots.setdefault(text, []).append(root)
        else:
            self._roots = {text: prose.roots_in(text.lower()) for text in unique}
        #: Texts that may have commands with options.
        self._commands = {text for mark in commands.MARKS for text in having(mark, joined)}
        self._commands.update(text for text in having("\n-", joined) if len(text) > SHORTEST)
        self.marked = {*self._rows, *self._roots, *self._commands}

    def in_text(self, text: str) -> Spans:
        """Where secrets stand in one of the texts, in its order; they don't overlap."""
        found: Spans = []
        if text in self._rows:
            found += shapes.found(text, self._rows[text])
        if text in self._roots:
            found += prose.found(text, self._roots[text])
        if text in self._commands:
            found += commands.in_text(text)
        return merged(found)

    def in_value(self, name: str, value: str) -> Spans:
        """Where secrets stand in the value of a variable, option, member or label of this name."""
        weight = level(name)
        if weight and value.strip() and prose.is_told(weight, value):
            return [(0, len(value))]
        found = self.in_text(value)
        lower = name.lower()
        if (weight or lower in ADDRESSES) and "/" in value:
            found = merged([*found, *_segments(value)])
        if lower in NAMING:
            found = merged([*found, *_pair(value, is_of_header=lower.startswith("header"))])
        if not is_base64(value):
            return found
        if lower == "valuefrom" and _is_key(value):
            return [(0, len(value))]
        if name and ((is_key(value) and not is_identifier(name)) or in_text(decoded(value))):
            return [(0, len(value))]
        # In an ARN, or in a text, forty letters are a name.
        return found or [span for span in aws_secrets(value) if span == (0, len(value))]


def in_text(text: str) -> Spans:
    """Where secrets stand in a text, in its order; they don't overlap."""
    return Search([text]).in_text(text)


def in_value(name: str, value: str) -> Spans:
    """Where secrets stand in the value of a variable, option, member or label of this name."""
    return Search([value]).in_value(name, value)


def in_values(values: Sequence[tuple[str, str]]) -> Iterator[Spans]:
    """Where secrets stand in each of some values, which stand behind their names.

    What is found in short ones is remembered: the files of a run have many in common.
    """
    told = {pair: _told.get(pair) for pair in values}
    new = [pair for pair, spans in told.items() if spans is None]
    search = Search(value for _, value in new)
    if len(_told) > MOST_TOLD:
        _told.clear()
    for name, value in new:
        if value in search.marked or _may_tell(name) or is_base64(value):
            spans = search.in_value(name, value)
        else:
            spans = []
        told[name, value] = spans
        if len(value) <= LONGEST_TOLD:
            _told[name, value] = spans
    for pair in values:
        yield told[pair] or []


@lru_cache(maxsize=REMEMBERED)
def _may_tell(name: str) -> bool:
    """Whether a name makes something secret of a value that has no secret in itself."""
    return bool(level(name)) or name.lower() in ADDRESSES | NAMING


def in_log(text: str) -> Spans:
    """Where secrets stand in a line that a program wrote: also a secret key of AWS without a name."""
    return merged([*in_text(text), *aws_secrets(text)])


def aws_secrets(text: str) -> Iterator[tuple[int, int]]:
    """Where a text has forty letters and digits that are mixed as in a secret key of AWS."""
    if len(text) < 40:
        return
    for match in AWS_SECRET.finditer(text):
        # What CloudFormation makes of names ends with eight digits, and may have none before.
        if is_mixed(match[0], digits_in=32):
            yield match.span()


def is_mixed(text: str, digits_in: int | None = None) -> bool:
    """Whether a text has small and capital letters, and a digit among its first characters."""
    return (
        any(letter.islower() for letter in text)
        and any(letter.isupper() for letter in text)
        and any(letter.isdecimal() for letter in text[:digits_in])
    )


def merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """Spans in their order, those that overlap made one."""
    found: Spans = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        elif start < end:
            found.append((start, end))
    return found


def starred(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with as many asterisks as there were characters; lines stay."""
    parts = []
    done = 0
    for start, end in spans:
        parts += [text[done:start], stars(text[start:end])]
        done = end
    return "".join([*parts, text[done:]])


def stars(secret: str) -> str:
    """What is shown in a secret's place: as many letters and lines."""
    return "*" * len(secret) if "\n" not in secret else re.sub(r"[^\n]", "*", secret)


def _segments(value: str) -> Iterator[tuple[int, int]]:
    """Parts of a path that look random."""
    begin = value.find("://")
    begin = 0 if begin < 0 else max(value.find("/", begin + 3), 0)
    for match in SEGMENT.finditer(value, begin):
        if is_random(match[0]) and "${" not in match[0]:
            yield match.span()


def _pair(value: str, *, is_of_header: bool) -> Iterator[tuple[int, int]]:
    """The secret of `NAME VALUE`, or of `NAME: VALUE`."""
    name, _, rest = value.strip().partition(" ")
    name = name.strip("\"':")
    start = value.find(rest, len(name)) if rest else 0
    if not rest.strip():
        return
    if prose.is_told(level(name), rest) or (
        is_of_header and name.lower() not in HARMLESS_HEADERS and is_random(rest)
    ):
        yield start, len(value)


def _is_key(text: str) -> bool:
    """Whether a text is nobody's name for anything: a key stands where its ARN belongs."""
    if len(text) < 16 or not text.isalnum():
        return False
    return is_mixed(text) or (
        len(text) >= 32 and re.fullmatch("[0-9a-f]+|[0-9A-F]+", text) is not None
    )
