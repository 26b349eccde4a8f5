"""Secrets that are known by their text, hidden wherever else they stand."""

from __future__ import annotations

from fargate_lint.lint.mask.values import SWITCHES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Characters of the shortest that is looked for: others are in every other word.
SHORTEST = 4


class Known:
    """Texts that are looked for all at once, in a time that doesn't depend on how many they are."""

    __slots__ = ("_lengths", "_texts")

    def __init__(self, texts: Iterable[str], least: int = SHORTEST) -> None:
        self._texts = {
            text for text in texts if len(text) >= least and text.strip().lower() not in SWITCHES
        }
        #: The lengths of those that begin alike, the longest first.
        self._lengths: dict[str, list[int]] = {}
        for head, length in {(text[:SHORTEST], len(text)) for text in self._texts}:
            self._lengths.setdefault(head, []).append(length)
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand in a text, in its order; of two that begin at one place, the longer."""
        heads, texts = self._lengths, self._texts
        if not heads:
            return
        starts = [
            start
            for start in range(len(text) - SHORTEST + 1)
            if text[start : start + SHORTEST] in heads
        ]
        for start in starts:
            for length in heads[text[start : start + SHORTEST]]:
                if text[start : start + length] in texts:
                    yield start, start + length
                    break

    def those_in(self, text: str) -> set[str]:
        """Those that a text has somewhere, but for one that another begins with."""
        if len(self._texts) <= len(text) // 1000:
            return {each for each in self._texts if each in text}
        return {text[start:end] for start, end in self.spans(text)}
