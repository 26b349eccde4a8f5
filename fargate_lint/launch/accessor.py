"""Record accessors: `$key`, `$key['a'][0]`, `$TAG`, `$TAG[1]`, `$0` in keys and templates.

The quirks are the program's: what follows `$TAG` or a single letter after a key can get lost.
https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/record-accessor
"""

from __future__ import annotations

import json
import re

from fargate_lint.launch.record import Record, plain, shown
from fargate_lint.launch.values import integer
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.launch.onigmo import Match
    from fargate_lint.launch.record import Value

    Part = tuple[str, str | int, list[str | int]]

TOKEN = lazily(
    r"(?P<name>[_A-Za-z][A-Za-z0-9_.\-/]*)"
    r"|(?P<mark>[$\[\],;.])"
    r"|'(?P<text>(?:[^']|'')*)'"
    r"|(?P<number>[1-9][0-9]*|0)"
    r"|.",
    re.DOTALL,
)
KEY_ENDS = ' ,"'
DEPTH_LIMIT = 50


class Missing:
    """Stands for a value that a record does not have."""


MISSING = Missing()


class Accessor:
    """A pattern with accessors. `valid` is false when the program refuses it."""

    __slots__ = ("parts", "valid")

    def __init__(self, pattern: str) -> None:
        #: Each part as (kind, text or number, sub-keys); kinds: text, key, tag, tag part, capture.
        self.parts: list[Part] = []
        self.valid = True
        for part in _parts(pattern):
            if part is None:
                self.valid = False
                return
            self.parts.append(part)

    def value(self, record: Record) -> Value:
        """What the first part leads to in a record, or MISSING."""
        if not self.parts or self.parts[0][0] not in {"key", "text"}:
            return MISSING
        return lookup(record, *self.parts[0][1:])

    def compose(self, record: Record, tag: str, match: Match | None = None) -> str:
        """The text with every part filled in; what is missing becomes nothing."""
        words: list[str] = []
        for kind, what, inner in self.parts:
            if kind == "text":
                words.append(str(what))
            elif kind == "key":
                words.append(written(lookup(record, what, inner)))
            elif kind == "tag":
                words.append(tag)
            elif kind == "tag part":
                words.append(_tag_part(tag, int(what)))
            elif match is not None and match.groups and int(what) <= match.groups:
                words.append(match.group(int(what)) or "")
        return "".join(words)


def written(value: Value) -> str:
    """A value in a template: maps as JSON, arrays and what is missing as nothing."""
    if isinstance(value, Record):
        return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))
    if value is None:
        return "null"
    return shown(value) or ""


def lookup(record: Record, key: str | int, inner: list[str | int]) -> Value:
    """The value below the last pair with this key; a scalar is found whatever the sub-keys."""
    place = record.last(str(key))
    if place < 0:
        return MISSING
    value = record[place][1]
    if not inner or not isinstance(value, list):
        return value
    named = False
    for step in inner:
        if isinstance(step, int):
            if isinstance(value, Record) or not isinstance(value, list) or step >= len(value):
                return MISSING
            value = value[step]
            continue
        place = value.last(step) if isinstance(value, Record) else -1
        if place < 0:
            return MISSING
        value = value[place][1]
        named = True
    # Indices alone lead nowhere: the program asks for at least one key.
    return value if named else MISSING


def _tag_part(tag: str, number: int) -> str:
    parts = tag.split(".")
    if len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts[number] if 0 <= number < len(parts) else ""


def _parts(pattern: str) -> Iterator[Part | None]:
    """The parts, found the way the program finds them; None for one that it refuses."""
    size = len(pattern)
    done = end = at = 0
    while at < size:
        if pattern[at] != "$":
            at += 1
            continue
        if at > done:
            yield "text", pattern[done:at], []
        done = at
        rest = pattern[at + 1 :]
        if not rest:
            break
        if rest[0].isascii() and rest[0].isdigit():
            yield "capture", integer(rest), []
            done = at + 2
            at = done
            continue
        if rest.startswith("TAG"):
            if len(rest) > 4:
                end = -1
            if len(rest) > 4 and rest[3] == "[":
                end = rest.find("]", 3) - 3
                end = -1 if end <= 0 else end
                yield "tag part", integer(rest[4:]), []
                done = at + 4 + end + 1
            else:
                yield "tag", 0, []
                done = at + 4
            at = done + 1
            continue
        end = _key_end(pattern, at)
        yield _key(pattern[at:end])
        done = end
        at = end + 1
    if (at - 1 > end and done < at) or at == 1:
        yield "text", pattern[done:], []


def _key_end(pattern: str, at: int) -> int:
    quotes = 0
    for place in range(at + 1, len(pattern)):
        char = pattern[place]
        if char == "'":
            quotes += 1
        elif char in KEY_ENDS or (char == "." and quotes % 2 == 0):
            return place
    return len(pattern)


def _key(text: str) -> Part | None:
    """`$name['a'][0]`; characters that are no token are passed over, as in the program."""
    tokens = [found for found in TOKEN.finditer(text) if found.lastgroup]
    kinds = [found.lastgroup if found.lastgroup != "mark" else found[0] for found in tokens]
    if kinds[:2] != ["$", "name"] or len(tokens) > 2 + 3 * DEPTH_LIMIT:
        return None
    inner: list[str | int] = []
    for place in range(2, len(tokens), 3):
        if kinds[place : place + 3] == ["[", "text", "]"]:
            inner.append(tokens[place + 1]["text"].replace("''", "'"))
        elif kinds[place : place + 3] == ["[", "number", "]"]:
            inner.append(integer(tokens[place + 1][0]))
        else:
            return None
    return "key", tokens[1][0], inner
