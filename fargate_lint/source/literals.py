"""Bare words of JSON as people write it: numbers, literals, and what was meant for one."""

from __future__ import annotations

import re
from json import dumps

from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LITERALS = {"true": True, "false": False, "null": None}
_MEANT = {
    "none": None, "nil": None, "null": None, "undefined": None,
    "true": True, "yes": True, "on": True,
    "false": False, "no": False, "off": False,
}  # fmt: skip
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NUMERIC = re.compile(r"[-+.]?[0-9]|[-+]?(?:NaN|Infinity|inf)\b")
_SLOPPY = re.compile(r"([-+]?)([0-9_]*)(\.[0-9_]*)?([eE][+-]?[0-9]+)?")
_HEXADECIMAL = re.compile(r"([-+]?)0[xX]([0-9a-fA-F]+)")
_BEGUN = re.compile(r"-?[0-9]*\.?[0-9]*(?:[eE][+-]?)?")


def read(word: str) -> tuple[Any, str, str, str | None]:
    """The value of a bare word; the kind, help and fix of its fault, empty when it has none."""
    if word in LITERALS:
        return LITERALS[word], "", "", None
    found = _NUMBER.fullmatch(word)
    if found:
        try:
            return (float(word) if found.group(1) or found.group(2) else int(word)), "", "", None
        except ValueError:  # Python refuses integers of more than 4300 digits
            return Unknown(word), "number", "write a number of a sensible size", None
    if _NUMERIC.match(word):
        value = _meant_number(word)
        if value is None:
            return Unknown(word), "number", "write plain digits, or put it in double quotes", None
        return value, "number", f"write {dumps(value)}", dumps(value)
    if word.lower() in _MEANT:
        value = _MEANT[word.lower()]
        return value, "literal", f"write {dumps(value)}", dumps(value)
    return Unknown(word), "literal", "write a value, a string in double quotes", None


def is_beginning(word: str) -> bool:
    """Whether a longer word that begins like this could be a literal or a number."""
    return any(name.startswith(word) for name in LITERALS) or bool(_BEGUN.fullmatch(word))


def _meant_number(word: str) -> int | float | None:
    found = _HEXADECIMAL.fullmatch(word)
    if found:
        return int(found.group(1) + found.group(2), 16) if len(word) < 20 else None
    found = _SLOPPY.fullmatch(word)
    if found is None or len(word) > 40:
        return None
    sign, whole, fraction, exponent = (part or "" for part in found.groups())
    digits = whole.replace("_", "")
    places = fraction.replace("_", "")
    if not digits and len(places) < 2:
        return None
    if not places and not exponent:
        return int(sign + digits)
    number = float(sign + (digits or "0") + places + exponent)
    return number if abs(number) != float("inf") else None
