"""Regular expressions as Fluent Bit runs them: Onigmo, Ruby's syntax, UTF-8.

Patterns come from users, so they never run on Python's `re`: the machine here visits a state once
for each position and stops at a fixed number of steps, whatever the pattern and the text.
"""

from __future__ import annotations

from functools import lru_cache

from fargate_lint.launch.onigmo.atoms import Invalid, Options, Unsupported
from fargate_lint.launch.onigmo.machine import Machine, Match, Undecided
from fargate_lint.launch.onigmo.program import Program
from fargate_lint.launch.onigmo.syntax import Parser

__all__ = ["Match", "Pattern", "Undecided", "compile", "delimited"]

# A log line is cut at 16 KiB by the container runtime; patterns of users run on no more.
TEXT_LIMIT = 65_536
PATTERN_LIMIT = 10_000
# The files of parsers that people copy have some fifteen each, read for every version.
PATTERNS_KEPT = 256
SLASH_FLAGS = frozenset("imxo")


class Pattern:
    """A valid pattern. `names` maps each group name to its numbers, in the order of the pattern.

    `unsupported` names what is not simulated; such a pattern is valid, but raises Undecided when
    it is asked.
    """

    __slots__ = ("_machine", "groups", "names", "text", "unsupported")

    def __init__(self, text: str, options: Options) -> None:
        self.text = text
        self.groups = 0
        self.names: dict[str, list[int]] = {}
        self.unsupported = ""
        self._machine: Machine | None = None
        try:
            if len(text) > PATTERN_LIMIT:
                raise Unsupported("very large pattern")  # noqa: TRY301  (one way out)
            parser = Parser(text, options.copy())
            tree = parser.parse()
            if parser.names and parser.groups > sum(map(len, parser.names.values())):
                parser = Parser(text, options.copy(), only_named=True)
                tree = parser.parse()
            self.groups = parser.groups
            self.names = parser.names
            self._machine = Machine(Program(tree), parser.groups)
        except Unsupported as fault:
            self.unsupported = str(fault)

    def _ready(self, text: str) -> Machine:
        if self._machine is None:
            raise Undecided(self.unsupported)
        if len(text) > TEXT_LIMIT:
            raise Undecided("very long text")
        return self._machine

    def search(self, text: str) -> Match | None:
        """The first place where the pattern matches. Raises Undecided."""
        return self._ready(text).search(text)

    def match(self, text: str) -> Match | None:
        """What the pattern matches at the start of the text. Raises Undecided."""
        return self._ready(text).match(text)

    def __repr__(self) -> str:
        return f"Pattern({self.text!r})"


def delimited(pattern: str, version: str) -> tuple[str, str]:
    """The pattern without its slashes, and its flags: `/x/` in all versions, `/x/i` from 4.2 on.

    Flags count only when one of i, m, x is among them and nothing but i, m, x, o follows the last
    slash.
    """
    last = pattern.rfind("/")
    if pattern.startswith("/") and last > 0 and not version.startswith("1."):
        flags = pattern[last + 1 :]
        if flags.strip("o") and SLASH_FLAGS.issuperset(flags):
            return pattern[1:last], flags
    if pattern.startswith("/") and pattern.endswith("/"):
        return pattern[1:-1], ""
    return pattern, ""


def compile(pattern: str, version: str = "5.0.9") -> Pattern | None:  # noqa: A001  (as in re)
    """The pattern as Fluent Bit `version` reads it, or None when Onigmo refuses it."""
    return _compiled(*delimited(pattern, version))


@lru_cache(maxsize=PATTERNS_KEPT)
def _compiled(text: str, flags: str) -> Pattern | None:
    options = Options(ignore_case="i" in flags, dotall="m" in flags, extended="x" in flags)
    try:
        return Pattern(text, options)
    except Invalid:
        return None
