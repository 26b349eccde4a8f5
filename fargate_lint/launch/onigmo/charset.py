"""Sets of characters as Onigmo understands them: ranges, classes, unions, intersections."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Test = Callable[[str], bool]

# The symbols of ASCII that [[:punct:]] contains although Unicode calls them symbols.
ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
SPACE = frozenset("\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000")
HEX = frozenset("0123456789abcdefABCDEF")


def category(char: str) -> str:
    """The general category of a character, two letters."""
    import unicodedata  # noqa: PLC0415  (only for patterns that ask for it)

    return unicodedata.category(char)


def _word(char: str) -> bool:
    return char == "_" or char.isalnum() or (char > "\x7f" and category(char)[0] == "M")


def _space(char: str) -> bool:
    return char in SPACE or "\u2000" <= char <= "\u200a"


def _graph(char: str) -> bool:
    return not _space(char) and category(char) not in {"Cc", "Cn", "Cs"}


#: What stands between `[:` and `:]`, and in `\p{…}`, over all of Unicode.
CLASSES: dict[str, Test] = {
    "alnum": str.isalnum,
    "alpha": str.isalpha,
    "ascii": lambda char: char < "\x80",
    "blank": lambda char: char == "\t" or category(char) == "Zs",
    "cntrl": lambda char: category(char) == "Cc",
    "digit": str.isdecimal,
    "graph": _graph,
    "lower": str.islower,
    "print": lambda char: _graph(char) or category(char) == "Zs",
    "punct": lambda char: char in ASCII_PUNCTUATION or category(char)[0] == "P",
    "space": _space,
    "upper": str.isupper,
    "word": _word,
    "xdigit": HEX.__contains__,
}


def ascii_only(test: Test) -> Test:
    """`test`, and a character of ASCII."""
    return lambda char: char < "\x80" and test(char)


def property_test(name: str) -> Test | None:
    r"""The test for `\p{name}`: a class or a general category; None when not simulated."""
    plain = name.lower().replace("_", "").replace(" ", "").replace("-", "")
    if plain == "any":
        return lambda _char: True
    if plain in CLASSES:
        return CLASSES[plain]
    if len(plain) == 1 and plain in "clmnpsz":
        return lambda char: category(char)[0].lower() == plain
    if len(plain) == 2 and plain[0] in "clmnpsz" and plain[1] in "acdefiklmnopstu":
        return lambda char: category(char).lower() == plain
    return None


class CharSet:
    """A set of characters: the union of its parts, cut with `also`, perhaps turned around."""

    __slots__ = ("_seen", "also", "ignore_case", "negated", "ranges", "tests")

    def __init__(self, *, negated: bool = False, ignore_case: bool = False) -> None:
        self.ranges: list[tuple[str, str]] = []
        self.tests: list[Test] = []
        self.also: list[CharSet] = []
        self.negated = negated
        self.ignore_case = ignore_case
        self._seen: dict[str, bool] = {}

    def add(self, low: str, high: str | None = None) -> None:
        """Add one character, or all from `low` to `high`."""
        self.ranges.append((low, high or low))

    def _within(self, char: str) -> bool:
        return any(low <= char <= high for low, high in self.ranges) or any(
            test(char) for test in self.tests
        )

    def has(self, char: str) -> bool:
        """Whether the set contains this character."""
        known = self._seen.get(char)
        if known is None:
            known = self._within(char)
            if not known and self.ignore_case:
                known = any(
                    len(other) == 1 and self._within(other)
                    for other in {char.lower(), char.upper(), char.casefold()} - {char}
                )
            known = (known and all(other.has(char) for other in self.also)) is not self.negated
            self._seen[char] = known
        return known
