"""Values of options as Fluent Bit reads them: it never looks at the whole word when it can help it.

https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/unit-sizes
"""

from __future__ import annotations

import re

from fargate_lint.source.patterns import lazily

OLD = "1.9.10"
TRUE = frozenset({"true", "on", "yes"})
FALSE = frozenset({"false", "off", "no"})
LOG_LEVELS = frozenset({"off", "error", "warn", "warning", "info", "debug", "trace"})
DIGITS = frozenset("0123456789")
HUGE = 2**62
UNITS = {"K": 1_000, "M": 1_000_000, "G": 1_000_000_000}
# From how many of a unit on a size is refused, so that its bytes fit into 64 bits.
MOST = {"K": 9_223_372_036_854_775, "M": 9_223_372_036_854, "G": 9_223_372_036}

_INTEGER = lazily(r"[ \t\n\v\f\r]*([+-]?\d+)", re.ASCII)
_NUMBER = lazily(
    r"[ \t\n\v\f\r]*([+-]?(?:0[xX][0-9a-fA-F]+(?:\.[0-9a-fA-F]*)?(?:[pP][+-]?\d+)?"
    r"|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN]))",
    re.ASCII,
)


def boolean(text: str) -> bool | None:
    """true/on/yes and false/off/no in any case; None for every other word."""
    lower = text.lower()
    return True if lower in TRUE else False if lower in FALSE else None


def integer(text: str) -> int:
    """The number a text begins with, 0 when it begins with none (C's atoi)."""
    match = _INTEGER.match(text)
    # More digits than any number here has would only cost time.
    return int(match[1][:20]) if match else 0


def number(text: str) -> float:
    """The number a text begins with, 0 when it begins with none (C's atof)."""
    match = _NUMBER.match(text)
    if match is None:
        return 0.0
    word = match[1]
    if "x" in word.lower():
        return float.fromhex(word)
    return float(word)


def size(text: str, version: str) -> int | None:
    """Bytes; units are decimal. None when it is refused. 1.9 cuts a fraction before the unit.

    The program's word for a refusal is -1, so that a size of -1 is refused too.
    https://github.com/fluent/fluent-bit/blob/master/src/flb_utils.c
    """
    if text.lower() == "false":
        return 0
    unit = 0
    while unit < len(text) - 1 and text[len(text) - 1 - unit] not in DIGITS:
        unit += 1
    if not text or unit > 2:
        return None
    value = number(text) if version != OLD else float(integer(text))
    if unit == 0:
        return None if value == -1 else int(value) if abs(value) < HUGE else HUGE
    word = text[-unit:].upper()
    factor = UNITS.get(word[0])
    if factor is None or (unit == 2 and word[1] != "B"):
        return None
    if not 1 - MOST[word[0]] < value < MOST[word[0]]:
        return None
    found = int(value * factor)
    return None if found == -1 else found


def seconds(text: str) -> int:
    """A number and perhaps d, h or m."""
    value = integer(text)
    return value * {"d": 86400, "h": 3600, "m": 60}.get(text[-1:].lower(), 1)


def split(
    text: str, most: int = 0, *, separator: str = " ", quoted: bool = False, quotes: str = ""
) -> list[str]:
    """Words of a value: after `most` of them the rest is one more, as it stands.

    A word that begins with one of `quotes` (with `quoted`, with either kind) ends with it, and a
    backslash keeps a quote. Raises ValueError when such a quote is never closed.
    """
    quotes = "\"'" if quoted else quotes
    words = []
    at = 0
    while at < len(text):
        while text[at : at + 1] == separator:
            at += 1
        if at < len(text) and text[at] in quotes:
            word, at = _quoted(text, at)
        else:
            end = text.find(separator, at)
            end = len(text) if end < 0 else end
            word, at = text[at:end], end
        words.append(word)
        at += 1
        if most and len(words) >= most and at < len(text):
            words.append(text[at:])
            break
    return words


def _quoted(text: str, at: int) -> tuple[str, int]:
    quote = text[at]
    word = []
    at += 1
    while text[at : at + 1] != quote:
        if at >= len(text):
            raise ValueError(text)
        if text[at] == "\\" and text[at + 1 : at + 2] in {quote, "\\"}:
            at += 1
        word.append(text[at : at + 1])
        at += 1
    return "".join(word), at
