"""The word that was probably meant by one that nobody knows."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: Who meets more unknown words than this in one place looks for no similar ones any more.
MOST_GUESSES = 1000


def similar(word: str, words: Iterable[str], least: float) -> str:
    """The one of some words that resembles a word most, "" when none does.

    `least` is the ratio of equal letters from which on words resemble each other, 0 to 1.
    """
    from difflib import get_close_matches  # noqa: PLC0415  (5 ms, only when something is wrong)

    found = get_close_matches(word, list(words), n=1, cutoff=least)
    return found[0] if found else ""
