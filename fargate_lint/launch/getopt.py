"""GNU getopt_long, as the programs on Linux read their words: permutation, clusters, prefixes.

https://sourceware.org/glibc/manual/latest/html_node/Using-Getopt.html
"""

from __future__ import annotations

from fargate_lint.source.unknown import PLACEHOLDER, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import NamedTuple

    Letters = dict[str, bool]
    Long = dict[str, tuple[str, bool]]

    class Option(NamedTuple):
        """One option: its letter (or long name, when it has no letter), and its value.

        `word` is the index of the word that names it, `place` that of the word with the value.
        A fault has the text that getopt prints in `error`, without the program's name.
        """

        letter: str
        word: int
        value: str | Unknown | None = None
        place: int | None = None
        error: str = ""
else:
    from collections import namedtuple

    Option = namedtuple("Option", "letter word value place error", defaults=(None, None, ""))


_descriptions: dict[int, tuple[str, dict[str, str], Letters, Long]] = {}


def _described(letters: str, long: dict[str, str]) -> tuple[Letters, Long]:
    """Whether a value follows each letter; each long option's letter or own name, and the same."""
    known = _descriptions.get(id(long))
    # The table itself is kept, so that no other one can get its id.
    if known is None or known[0] != letters:
        known = _descriptions[id(long)] = (
            letters,
            long,
            {
                letter: letters[index + 1 : index + 2] == ":"
                for index, letter in enumerate(letters)
                if letter != ":"
            },
            {
                name: (described.rstrip(":") or name, described.endswith(":"))
                for name, described in long.items()
            },
        )
    return known[2], known[3]


class Reader:
    """The words after the program's name, read one option at a time.

    `strays` are the words that belong to no option; `unknown` is the index of the first word that
    is neither option nor stray for certain: reading ends there.
    """

    def __init__(self, words: Sequence[str | Unknown], letters: str, long: dict[str, str]) -> None:
        self.words = words
        self.letters, self.long = _described(letters, long)
        self.strays: list[int] = []
        self.unknown: int | None = None
        self._at = 0

    def options(self) -> Iterator[Option]:
        """All options, in the order in which they stand. Faults are options with an `error`."""
        while self._at < len(self.words) and self.unknown is None:
            word = self.words[self._at]
            index = self._at
            self._at += 1
            text, rest = _known(word)
            if text == "--" and rest is None:
                self.strays.extend(range(self._at, len(self.words)))
                return
            if text.startswith("--"):
                yield from self._named(index, text[2:], rest)
            elif text.startswith("-") and (len(text) > 1 or rest is not None):
                yield from self._cluster(index, text[1:], rest)
            elif text or rest is None:
                self.strays.append(index)
            else:
                self.unknown = index

    def _next(self) -> tuple[str | Unknown | None, int | None]:
        if self._at >= len(self.words):
            return None, None
        self._at += 1
        return self.words[self._at - 1], self._at - 1

    def _cluster(self, index: int, text: str, rest: str | None) -> Iterator[Option]:
        for place, letter in enumerate(text):
            takes = self.letters.get(letter)
            if takes is None:
                yield Option(letter, index, error=f"invalid option -- '{letter}'")
                continue
            if not takes:
                yield Option(letter, index)
                continue
            value: str | Unknown | None = text[place + 1 :]
            at: int | None = index
            if rest is not None:
                value = Unknown(f"{value}{rest}")
            elif not value:
                value, at = self._next()
            if value is None:
                error = f"option requires an argument -- '{letter}'"
                yield Option(letter, index, error=error)
            else:
                yield Option(letter, index, value, at)
            return
        if rest is not None:
            self.unknown = index

    def _named(self, index: int, text: str, rest: str | None) -> Iterator[Option]:
        name, equals, given = text.partition("=")
        if rest is not None and not equals:
            self.unknown = index
            return
        whole = text + (rest or "")
        found = self._find(name)
        if not found:
            yield Option("", index, error=f"unrecognized option '--{whole}'")
        elif len(found) > 1:
            listed = " ".join(f"'--{one}'" for one in found)
            error = f"option '--{whole}' is ambiguous; possibilities: {listed}"
            yield Option("", index, error=error)
        else:
            yield self._valued(index, found[0], Unknown(given + rest) if rest else given, equals)

    def _valued(self, index: int, name: str, given: str | Unknown, equals: str) -> Option:
        letter, takes = self.long[name]
        if not takes:
            error = f"option '--{name}' doesn't allow an argument" if equals else ""
            return Option(letter, index, error=error)
        if equals:
            return Option(letter, index, given, index)
        value, place = self._next()
        if value is None:
            return Option(letter, index, error=f"option '--{name}' requires an argument")
        return Option(letter, index, value, place)

    def _find(self, name: str) -> list[str]:
        """The long option that `name` begins, or all that it might be."""
        if name in self.long:
            return [name]
        begun = [one for one in self.long if one.startswith(name)]
        different = [one for one in begun[1:] if self.long[one] != self.long[begun[0]]]
        return begun[:1] + different


def _known(word: str | Unknown) -> tuple[str, str | None]:
    """What a word begins with for certain, and the rest, or None when all of it is known."""
    if isinstance(word, str):
        return word, None
    found = PLACEHOLDER.search(word.text)
    start = found.start() if found else 0
    return word.text[:start], word.text[start:]
