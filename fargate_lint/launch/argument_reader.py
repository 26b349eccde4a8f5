"""Reads the launcher's command line, and names the word that is wrong when one is.

Where a letter means one thing to the launcher and another to Fluent Bit, what follows tells which
was meant, so that one mistake gives one fault.
"""

from __future__ import annotations

from fargate_lint.launch.arguments import Arguments, Misuse, Pair, Setting
from fargate_lint.launch.flags import (
    ARITY,
    BLANK,
    DASHES,
    FLAGS,
    HYPHENS,
    NUMBER,
    OPTIONS,
    PLUGIN_FLAGS,
    VALUE_FLAGS,
    command,
    is_fluent_bit,
    is_key,
    is_late,
    is_plugin_flag,
    listed,
    meant,
    nearest,
    separated,
    shown,
    split,
)
from fargate_lint.source.similar import MOST_GUESSES
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from fargate_lint.source.document import Path

    Word = tuple[int, str | Unknown]


class Reader:
    """One pass over the words; what is left is a stack, so that a joined word can be split."""

    __slots__ = (
        "_certain", "_closed", "_dashes", "_faults", "_fluent_bit", "_left", "_pairs", "_places",
        "_run", "_settings", "_words",
    )  # fmt: skip

    def __init__(self, words: Sequence[str | Unknown], places: Sequence[Path] | None) -> None:
        self._words = words
        self._places = places
        self._left: list[Word] = list(enumerate(words))[::-1]
        # Whether a `--` is there to be found.
        self._closed = any(
            word == "--" or (word.strip() != "--" and " -- " in f" {word} ")
            for word in words
            if isinstance(word, str)
        )
        self._settings: dict[str, Setting] = {}
        self._pairs: dict[str, list[Pair]] = {}
        self._dashes: int | None = None
        self._fluent_bit: list[Word] = []
        self._faults: list[Misuse] = []
        self._certain = True
        # The fault of the Fluent Bit words that are being passed on the launcher's side.
        self._run: Misuse | None = None

    def arguments(self, *, whole: bool) -> Arguments:
        """The arguments that the words come to; no fault is claimed unless all words are there."""
        self._read_launcher()
        return Arguments(
            self._words,
            self._places,
            settings=self._settings,
            pairs=self._pairs,
            dashes=self._dashes,
            fluent_bit=self._fluent_bit,
            separated=separated(self._fluent_bit),
            faults=self._faults if whole else (),
            certain=self._certain and whole,
        )

    def _read_launcher(self) -> None:
        while self._left:
            index, word = self._left.pop()
            if isinstance(word, Unknown):
                self._certain = False
                self._run = None
            elif word == "--" or self._is_misspelled_dashes(index, word):
                self._dashes = index
                self._read_fluent_bit()
            elif not self._split(index, word):
                self._read_option(index, word)

    def _read_option(self, index: int, word: str) -> None:
        name = OPTIONS.get(word)
        if name is not None:
            self._take(index, word, name)
        elif is_fluent_bit(word) and not self._is_wrong_case(word):
            self._pass_over(index, word)
        elif word.startswith(("-", *HYPHENS)):
            self._unknown(index, word)
        else:
            end = index + 1
            while self._has_value():
                end = self._left.pop()[0] + 1
            self._blame(
                "stray", index, end,
                f"{shown(word)} belongs to no option of the launcher",
                "remove it, or write the option that it belongs to before it",
            )  # fmt: skip

    def _take(self, index: int, flag: str, name: str) -> None:
        """Read an option of the launcher, unless it turns out to be a flag of Fluent Bit's."""
        arity = ARITY[name]
        values: list[Word] = []
        while len(values) < arity and self._has_value():
            values.append(self._left.pop())
        found = [word for _, word in values]
        if values and is_plugin_flag(flag, name, found, follows=self._run is not None):
            self._left.extend(reversed(values))
            self._pass_over(index, flag)
            return
        self._run = None
        if arity == 2 and values:
            values = self._separate(flag, values)
        if len(values) == arity:
            self._store(name, values)
        else:
            self._miss(index, flag, arity, values)

    def _store(self, name: str, values: list[Word]) -> None:
        if len(values) == 1:
            self._settings[name] = Setting(values[0][1], values[0][0])
        else:
            (key_index, key), (value_index, value) = values
            found = self._pairs.setdefault(name, [])
            found.append(Pair(key, value, key_index, value_index))

    def _separate(self, flag: str, values: list[Word]) -> list[Word]:
        """The key and value of an option, also when they were written as one word."""
        at, first = values[0]
        if isinstance(first, Unknown):
            return values
        key, equals, value = first.partition("=")
        if not equals or not key or not value:
            pieces = split(first, 1)
            if len(pieces) != 2:
                return values
            key, value = pieces
        elif len(values) == 2 and not is_key(key):
            return values
        self._left.extend(values[:0:-1])
        self._blame(
            "arity" if equals else "joined", at, at + 1,
            f"{shown(first)} is one word, but `{flag}` takes a key and a value as two",
            f"write {listed((flag, key, value))}",
            (key, value),
        )  # fmt: skip
        return [(at, key), (at, value)]

    def _miss(self, index: int, flag: str, arity: int, values: list[Word]) -> None:
        end = values[-1][0] + 1 if values else index + 1
        needed = "a key and a value" if arity == 2 else "a path"
        found = f"only {shown(text_of(values[0][1]), 20)}" if values else "nothing"
        before = f" before {shown(text_of(self._left[-1][1]), 16)}" if self._left else ""
        self._blame(
            "arity", index, end,
            f"`{flag}` needs {needed}, but has {found}{before}",
            f"write {needed} after `{flag}` as {'two words' if arity == 2 else 'a word by itself'}",
        )  # fmt: skip

    def _pass_over(self, index: int, flag: str) -> None:
        """Blame a flag of Fluent Bit's on the launcher's side, and keep it for Fluent Bit."""
        if not self._closed:
            only_match = flag == "-m"
            self._left.append((index, flag))
            self._read_fluent_bit()
            if only_match and all(word == "-m" for _, word in self._fluent_bit[::2]):
                end = self._fluent_bit[-1][0] + 1
                self._confuse(index, end, flag, self._fluent_bit[1][1])
            else:
                self._blame(
                    "dashes-missing", index, index,
                    f"{shown(flag)} is for Fluent Bit, but no `--` stands before it",
                    f"insert `--` before {shown(flag)}: what follows `--` goes to Fluent Bit",
                    ("--",),
                )  # fmt: skip
            self._faults.sort(key=lambda fault: fault.index)
            return
        self._fluent_bit.append((index, flag))
        end = index + 1
        value: str | Unknown = ""
        if flag in VALUE_FLAGS and self._has_value():
            at, value = self._left.pop()
            self._fluent_bit.append((at, value))
            end = at + 1
        if self._run is not None:
            self._run.end = end
            return
        before = len(self._faults)
        if flag in OPTIONS:
            self._confuse(index, end, flag, value)
        else:
            self._blame(
                "fluent-bit-before-dashes", index, end,
                f"{shown(flag)} is for Fluent Bit, but stands before `--`",
                f"move {shown(flag)} and its value behind `--`",
            )  # fmt: skip
        if len(self._faults) > before:
            self._run = self._faults[-1]

    def _confuse(self, index: int, end: int, flag: str, value: str | Unknown) -> None:
        written = shown(text_of(value))
        meaning = (
            f"its --out-config: it would write to {written}"
            if OPTIONS[flag] == "out_config"
            else f"its own: it reads {written} as a key"
        )
        self._blame(
            "flag-confusion", index, end,
            f"`{flag}` on the launcher's side is {meaning}",
            f"move `{flag}` and {written} behind `--`, where they are Fluent Bit's",
        )  # fmt: skip

    def _is_wrong_case(self, word: str) -> bool:
        """Whether a flag of Fluent Bit's is followed by what only its other case takes."""
        name = OPTIONS.get(word.swapcase())
        if len(word) != 2 or name is None:
            return False
        following = [text_of(word) for _, word in self._left[: -ARITY[name] - 1 : -1]]
        if len(following) < ARITY[name] or any(text.startswith("-") for text in following):
            return False
        return ARITY[name] == 2 and is_key(following[0])

    def _unknown(self, index: int, word: str) -> None:
        """Blame a word that is no option, and read what follows as the option that was meant."""
        self._run = None
        flag, _, value = word.partition("=")
        meant = nearest(flag) if len(self._faults) < MOST_GUESSES else ""
        if meant == flag and ARITY[OPTIONS[flag]] == 1 and value:
            # Common parsers accept this form; the launcher's documentation does not say.
            self._store(OPTIONS[flag], [(index, value)])
            return
        if meant == "" and OPTIONS.get(word[:2]) is not None and word[1] != "-":
            self._attached(index, word)
            return
        end = index + 1
        values: list[Word] = []
        if value:
            values.append((index, value))
        while self._has_value() and (not meant or len(values) < ARITY[OPTIONS[meant]]):
            values.append(self._left.pop())
            end = max(end, values[-1][0] + 1)
        if meant and len(values) == ARITY[OPTIONS[meant]]:
            self._store(OPTIONS[meant], values)
        self._blame(
            "unknown-argument", index, index + 1 if meant else end,
            f"the launcher has no option {shown(word)}",
            f"did you mean `{meant}`?" if meant else "it takes -r, -c, -m, -i, -f, -o, -s and --",
            ((meant, value) if value else (meant,)) if meant else None,
        )  # fmt: skip

    def _attached(self, index: int, word: str) -> None:
        flag, value = word[:2], word[2:]
        self._left.append((index, value))
        self._blame(
            "joined", index, index + 1,
            f"{shown(word)} joins `{flag}` and its value, which are two words",
            f"write {listed((flag, value))}",
            (flag, value),
        )  # fmt: skip
        self._take(index, flag, OPTIONS[flag])

    def _is_misspelled_dashes(self, index: int, word: str) -> bool:
        if self._closed or word.strip() not in DASHES:
            return False
        self._blame(
            "dashes-missing", index, index + 1,
            f"{shown(word)} is not the `--` after which Fluent Bit's arguments stand",
            "write `--`: two hyphens and nothing else",
            ("--",),
        )  # fmt: skip
        return True

    def _read_fluent_bit(self) -> None:
        """Read what stands after `--`, looking only for what belongs before it."""
        kept = self._fluent_bit
        while self._left:
            index, word = self._left.pop()
            if isinstance(word, Unknown):
                self._certain = False
                kept.append((index, word))
            elif word == "--":
                self._end_again(index)
            elif self._left and meant(word, self._left[-1][1]):
                self._correct(index, word)
            elif not self._split(index, word) and not self._take_late(index, word):
                kept.append((index, word))
                if word in VALUE_FLAGS and self._left:
                    self._keep_value(word)

    def _correct(self, index: int, flag: str) -> None:
        """Blame a flag of Fluent Bit's that is in the wrong case, and read the right one."""
        value = self._left[-1][1]
        right = meant(flag, value)
        said = f"`{flag}` does not take {shown(text_of(value))}: `{right}` does"
        self._blame("flag-confusion", index, index + 1, said, f"write `{right}`", (right,))
        self._fluent_bit.append((index, right))
        self._keep_value(right)

    def _end_again(self, index: int) -> None:
        """Blame a further `--`, which Fluent Bit takes for the end of its own options."""
        if not any(fault.kind == "launcher-after-dashes" for fault in self._faults):
            self._blame(
                "second-dashes", index, index + 1,
                "a second `--` ends Fluent Bit's own options: what follows is not read",
                "remove it: one `--` stands between the launcher's options and Fluent Bit's",
                (),
            )  # fmt: skip

    def _keep_value(self, flag: str) -> None:
        index, value = self._left.pop()
        if flag in PLUGIN_FLAGS and isinstance(value, str) and " -" in value:
            self._join(index, value, command(value))
        else:
            self._fluent_bit.append((index, value))

    def _take_late(self, index: int, flag: str) -> bool:
        """Read an option of the launcher that stands on Fluent Bit's side."""
        name = OPTIONS.get(flag)
        if name is None:
            return False
        values = [text_of(word) for _, word in self._left[: -ARITY[name] - 1 : -1]]
        if len(values) < ARITY[name] or any(value.startswith("-") for value in values):
            return False
        if flag in VALUE_FLAGS and not is_late(name, self._left[-1][1]):
            return False
        taken = [self._left.pop() for _ in values]
        self._store(name, taken)
        self._blame(
            "launcher-after-dashes", index, taken[-1][0] + 1,
            f"{shown(' '.join((flag, *values)))} is for the launcher, but stands after `--`",
            "move it before `--`: what follows `--` goes to Fluent Bit as it is",
        )  # fmt: skip
        return True

    def _split(self, index: int, word: str) -> bool:
        """Take apart a word that holds a flag and more, and put the pieces back to be read."""
        if not BLANK.search(word):
            return False
        pieces = command(word)
        head = pieces[0] if pieces else ""
        if head not in OPTIONS and head not in VALUE_FLAGS and head not in FLAGS and head != "--":
            if not any(piece in OPTIONS or piece in VALUE_FLAGS for piece in pieces[1:]):
                return False
        elif head in VALUE_FLAGS and not any(piece.startswith("-") for piece in pieces[1:]):
            pair = head in OPTIONS and ARITY[OPTIONS[head]] == 2 and len(pieces) > 2
            pieces = split(word, 2 if pair else 1)
        if len(pieces) < 2:
            return False
        self._join(index, word, pieces)
        return True

    def _join(self, index: int, word: str, pieces: list[str]) -> None:
        self._blame(
            "joined", index, index + 1,
            f"{shown(word)} is one word: it is not split at its blanks",
            f"write {listed(pieces)}",
            tuple(pieces),
        )  # fmt: skip
        self._left.extend((index, piece) for piece in reversed(pieces))

    def _has_value(self) -> bool:
        """Whether the next word can be a value."""
        if not self._left:
            return False
        word = self._left[-1][1]
        return (
            isinstance(word, Unknown)
            or not word.startswith("-")
            or NUMBER.fullmatch(word) is not None
        )

    def _blame(
        self,
        kind: str,
        index: int,
        end: int,
        message: str,
        help: str,  # noqa: A002  (the word for it everywhere in this program)
        words: tuple[str, ...] | None = None,
    ) -> None:
        if self._certain:
            self._faults.append(Misuse(kind, index, end, message, help, words))
