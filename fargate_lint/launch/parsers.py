"""Fluent Bit's parsers: JSON, regular expressions and logfmt, with times and types.

https://docs.fluentbit.io/manual/data-pipeline/parsers
"""

from __future__ import annotations

import json
import re

from fargate_lint.launch import onigmo, values
from fargate_lint.launch.record import Record, Refused, read
from fargate_lint.launch.timestamps import NoTime, TimeFormat
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, NamedTuple

    from fargate_lint.launch.record import Value
    from fargate_lint.launch.sections import Section

    class Parsed(NamedTuple):
        """What a parser makes of a text; `time` is None when the record keeps its own."""

        record: Record
        time: tuple[int, int] | None
        notes: list[str]
else:
    from collections import namedtuple

    Parsed = namedtuple("Parsed", "record time notes")

FORMATS = ("json", "regex", "logfmt", "ltsv")
BLANK = " \t\r\n"
EXPONENT = lazily(r"[eE][+-]")
INTEGER = lazily(r"-?\d+")
HEX = lazily(r"\s*[+-]?(?:0[xX])?([0-9a-fA-F]+)")
# Any byte above a blank, but for the equals sign and the quote.
IDENT = lazily(r'[^\x00-\x20="]+')
QUOTED = lazily(r'"((?:[^"\\]|\\.)*\\?)"?', re.DOTALL)
ESCAPE = lazily(
    r"\\(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(.))", re.DOTALL
)
CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a"}
INT64 = (-(2**63), 2**63 - 1)


class Parser:
    """One [PARSER]. Raises Refused when it cannot be registered, Undecided when it is not known."""

    __slots__ = (
        "_keep", "_regex", "_skip_empty", "_time", "_time_key", "_types", "bare_keys", "decodes",
        "form", "name", "old", "time_format",
    )  # fmt: skip

    def __init__(self, section: Section, version: str) -> None:
        self.old = version.startswith("1.")
        self.name = _text(section, "name")
        self.form = _text(section, "format").lower()
        if not self.name or self.form not in FORMATS:
            raise Refused(f"[parser:{self.name}] Invalid format {self.form}")
        pattern = _text(section, "regex")
        self._regex = onigmo.compile(pattern, version) if self.form == "regex" and pattern else None
        if self.form == "regex" and self._regex is None:
            raise Refused(f"[parser:{self.name}] Invalid regex pattern {pattern}")
        self.time_format = _text(section, "time_format")
        strict = values.boolean(_text(section, "time_strict")) is not False
        offset = _text(section, "time_offset")
        self._time = TimeFormat(self.time_format, offset, strict=strict)
        self._time_key = _text(section, "time_key") or "time"
        self._keep = values.boolean(_text(section, "time_keep")) is True
        self._skip_empty = values.boolean(_text(section, "skip_empty_values")) is not False
        self._types = _types(_text(section, "types"))
        self.bare_keys = values.boolean(_text(section, "logfmt_no_bare_keys")) is not True
        self.decodes = any(
            entry.key.lower().startswith("decode_field") for entry in section.entries
        )

    def parse(self, text: str, now: int) -> Parsed | None:
        """What it makes of a text, or None when it does not fit. Raises Undecided."""
        if self.decodes or self.form == "ltsv":
            what = "Decode_Field" if self.decodes else "ltsv"
            raise onigmo.Undecided(f"parser `{self.name}`: {what} is not simulated")
        if self.form == "json":
            return self._json(text, now)
        return self._regular(text, now) if self.form == "regex" else self._logfmt(text, now)

    def _when(self, text: str, now: int) -> tuple[int, int] | None:
        from time import gmtime  # noqa: PLC0415  (only when a time is read)

        today = gmtime(now)
        try:
            return self._time.read(text, today[0], (today[1], today[2]))
        except NoTime:
            return None

    def _bad_time(self, text: str) -> str:
        return f"[parser:{self.name}] invalid time format {self.time_format} for '{text[:254]}'"

    def _json(self, text: str, now: int) -> Parsed | None:
        record = json_object(text, old=self.old)
        if record is None or not self.time_format:
            return None if record is None else Parsed(record, None, [])
        place = next((at for at, (key, _) in enumerate(record) if key == self._time_key), -1)
        found = record[place][1] if place >= 0 else None
        if not isinstance(found, str):
            return Parsed(record, None, [])
        time = self._when(found, now)
        notes = [self._bad_time(found)] if time is None else []
        # A time that cannot be read stays in the record from 4.2 on.
        if not self._keep and (time is not None or self.old):
            del record[place]
        return Parsed(record, _not_zero(time), notes)

    def _regular(self, text: str, now: int) -> Parsed | None:
        assert self._regex is not None  # noqa: S101  (made by __init__)
        match = self._regex.search(text)
        groups = [
            (name, match.group(number) if match else None)
            for name, numbers in self._regex.names.items()
            for number in numbers
        ]
        if all(value is None for _, value in groups):
            return None
        record = Record()
        time = None
        notes: list[str] = []
        for name, value in groups:
            if not value and self._skip_empty:
                continue
            if self.time_format and name == self._time_key:
                found = self._when(value or "", now)
                if found is None:
                    notes.append(self._bad_time(value or ""))
                    continue
                time = found
                if not self._keep:
                    continue
            record.append((name, self._cast(name, value or "", notes)))
        return Parsed(record, _not_zero(time), notes)

    def _cast(self, name: str, value: str, notes: list[str]) -> Value:
        """The value as `Types` wants it, which never fails but for a bool."""
        kind = self._types.get(name, "string")
        if kind == "integer":
            return max(INT64[0], min(INT64[1], values.integer(value)))
        if kind == "float":
            return values.number(value)
        if kind == "hex":
            digits = HEX.match(value)
            return min(int(digits[1][:17], 16), 2**64 - 1) if digits else 0
        if kind == "bool":
            for word, meaning in (("true", True), ("false", False)):
                if value.lower().startswith(word):
                    return meaning
            notes.append(f"[PARSER] key={name} cast error. save as string.")
        return value

    def _logfmt(self, text: str, now: int) -> Parsed | None:
        record = Record()
        time = None
        notes: list[str] = []
        for key, value, quoted in self._pairs(text):
            if value is None and not self.bare_keys:
                return None
            if self.time_format and key == self._time_key and value:
                time = self._when(value, now)
                if time is None:
                    return None
                if not self._keep:
                    continue
            if self._types:
                record.append((key, self._cast(key, value or "", notes)))
            elif not value:
                record.append((key, "" if quoted else True))
            else:
                record.append((key, unescape(value) if quoted else value))
        return Parsed(record, _not_zero(time), notes) if record else None

    def _pairs(self, text: str) -> Iterable[tuple[str, str | None, bool]]:
        """Key, value (None when there is no equals sign) and whether it stood in quotes."""
        at = 0
        while True:
            key = IDENT.search(text, at)
            if key is None or (at and text[at] in "\r\n"):
                return
            at = key.end()
            if self.old and at == len(text):
                # 1.9.10 loses a bare key at the very end.
                return
            if text[at : at + 1] != "=":
                yield key[0], None, False
                continue
            at += 1
            value = QUOTED.match(text, at) or IDENT.match(text, at)
            if value is None:
                yield key[0], "", False
                continue
            quoted = text[at] == '"'
            at = value.end()
            yield key[0], value[1] if quoted else value[0], quoted


def registry(sections: Iterable[Section], version: str) -> tuple[dict[str, Parser], list[str]]:
    """The parsers that these [PARSER] sections define, and what is said of those that fail.

    The first of a name counts; a file is not read beyond its first fault.
    """
    found: dict[str, Parser] = {}
    said: list[str] = []
    for section in sections:
        try:
            parser = Parser(section, version)
        except Refused as refusal:
            said.append(str(refusal))
            break
        except onigmo.Undecided:
            continue
        found.setdefault(parser.name, parser)
    return found, said


def json_object(text: str, *, old: bool = False) -> Record | None:
    """The one JSON object that a text is, or None. Numbers are read as Fluent Bit does.

    Up to 4.0 the reader is lax about control characters, and misses some exponents.
    https://github.com/fluent/fluent-bit/pull/10912
    """
    decoder = json.JSONDecoder(
        object_pairs_hook=Record,
        parse_float=_number if old else _finite,
        parse_constant=_no_constant,
        strict=not old,
    )
    stripped = text.strip(BLANK)
    try:
        value, end = decoder.raw_decode(stripped)
    except RecursionError:
        raise onigmo.Undecided("very deep JSON") from None
    except ValueError:
        return None
    if end != len(stripped) or not isinstance(value, Record):
        return None
    return Record((key, read(item)) for key, item in value)


def _finite(text: str) -> float:
    number = float(text)
    if abs(number) == float("inf"):
        raise ValueError(text)
    return number


def _number(text: str) -> float | int:
    """A number with a point or an exponent; an exponent without a sign is not seen: `1e5` is 1."""
    if "." in text or EXPONENT.search(text):
        return float(text)
    found = INTEGER.match(text)
    return int(found[0][:20]) if found else 0


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _not_zero(time: tuple[int, int] | None) -> tuple[int, int] | None:
    return None if time == (0, 0) else time


def _types(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in values.split(text):
        name, colon, kind = word.partition(":")
        if colon:
            found.setdefault(name, kind.lower())
    return found


def _text(section: Section, key: str) -> str:
    entry = section.first(key)
    if entry is not None and isinstance(entry.value, Unknown):
        raise onigmo.Undecided(f"the value `{entry.text}` is not known")
    return "" if entry is None else entry.text


def unescape(text: str) -> str:
    """The text of a quoted logfmt value, with its escapes replaced."""

    def replaced(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        if code or found[4]:
            number = int(code, 16) if code else int(found[4], 8)
            return chr(number) if number <= 0x10FFFF else ""
        return CONTROLS.get(found[5], found[5])

    return ESCAPE.sub(replaced, text)
