"""Regular expressions of a configuration, which may be a stranger's: they always come to an end.

They are written as Python's, whose own engine may need longer than anybody waits for `(a+)+$`. They
run on the engine that we have for Fluent Bit's, which takes each state only once.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

from fargate_lint.launch.onigmo import Pattern
from fargate_lint.launch.onigmo.atoms import Invalid, Options
from fargate_lint.launch.onigmo.machine import Undecided

# What is written in another way for Onigmo: escapes, classes, anchors, and what opens a group.
# https://docs.python.org/3/library/re.html, https://github.com/k-takata/Onigmo/blob/master/doc/RE
PIECES = re.compile(
    r"\\U(?P<wide>[0-9a-fA-F]{8})|\\N\{(?P<called>[^}]*)\}|\\(?P<escaped>.)"
    r"|\[(?P<not>\^?)(?P<set>\]?(?:[^\]\\]|\\.)*)\]|(?P<anchor>[$^])"
    r"|\(\?P<(?P<name>\w+)>|\(\?P=(?P<again>\w+)\)|\(\?(?P<flags>[aiLmsux]*(?:-[imsx]+)?)(?P<end>[:)])",
    re.DOTALL,
)
#: Characters of a text that is looked at.
LONGEST = 4096
# In a class, brackets and `&&` mean more to Onigmo.
MEANING_MORE = re.compile(r"\\.|[][&]", re.DOTALL)


class Expression:
    """A regular expression in Python's syntax. Raises ValueError for text that is none."""

    __slots__ = ("_pattern", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        try:
            # What may mean more in a later Python.
            with warnings.catch_warnings(action="ignore"):
                flags = re.compile(pattern).flags
        except (re.error, RecursionError, OverflowError) as error:
            raise ValueError(str(error)) from error
        self._pattern = _compiled(pattern, several_lines=bool(flags & re.MULTILINE))

    def is_in(self, text: str) -> bool | None:
        """Whether the expression matches somewhere in a text; None where that takes too long."""
        if len(text) > LONGEST:
            return None
        try:
            return self._pattern.search(text) is not None
        except Undecided:
            return None


@lru_cache(maxsize=64)
def expression(pattern: str) -> Expression:
    """An expression, made once. Raises ValueError for text that is none."""
    return Expression(pattern)


def _compiled(pattern: str, *, several_lines: bool) -> Pattern:
    def written(piece: re.Match[str]) -> str:
        found = piece.groupdict()
        if found["wide"] is not None or found["called"] is not None:
            raise ValueError(f"`{piece[0]}` is not supported: write the character")
        if found["escaped"] is not None:
            return r"\z" if piece[0] == r"\Z" else piece[0]
        if found["set"] is not None:
            return f"[{found['not']}{MEANING_MORE.sub(_literal, found['set'])}]"
        if found["anchor"] is not None:
            return piece[0] if several_lines else {"^": r"\A", "$": r"\Z"}[piece[0]]
        if found["name"] is not None:
            return f"(?<{found['name']}>"
        if found["again"] is not None:
            return rf"\k<{found['again']}>"
        return _group(found["flags"], found["end"])

    try:
        made = Pattern(PIECES.sub(written, pattern), Options())
    except Invalid as error:
        raise ValueError(f"it is not supported: {error}") from error
    if made.unsupported:
        raise ValueError(f"it is not supported: {made.unsupported}")
    return made


def _literal(found: re.Match[str]) -> str:
    return found[0] if found[0][0] == "\\" else "\\" + found[0]


def _group(flags: str, end: str) -> str:
    """`(?flags:` or `(?flags)`: a point that also matches a line feed is `m` to Onigmo."""
    on, dash, off = flags.partition("-")
    on, off = (
        "".join("m" if flag == "s" else flag for flag in given if flag in "isx")
        for given in (on, off)
    )
    if end == ")" and not (on or off):
        return ""
    return f"(?{on}{dash if off else ''}{off}{end}"
