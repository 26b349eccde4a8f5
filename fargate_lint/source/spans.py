"""Where the parts of a sound JSON text stand, looked up from the outside to the inside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from json import JSONDecoder

from fargate_lint.source.document import Path, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# Each level is scanned once for what it holds: what lies deeper is found by reading all.
LEVELS = 12
_scan = JSONDecoder().raw_decode
_blanks = re.compile(r"[ \t\n\r]*").match


class Spans(Mapping[Path, Span]):
    """The spans of a JSON text that the standard reader accepts, by path from the root.

    Only the objects and lists on the way to a path that is asked for are gone through; what lies
    beside the way is skipped. All of them are found by iterating, which takes twenty times as long
    as asking for one.
    """

    __slots__ = ("_all", "_found", "_open", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._all: dict[Path, Span] | None = None
        self._open: set[Path] = set()
        start = _solid(text, 0)
        _, end = _scan(text, start)
        self._found: dict[Path, Span] = {(): Span(None, (start, end))}

    def __getitem__(self, path: Path) -> Span:
        if self._all is not None or len(path) > LEVELS:
            return self._whole()[path]
        found = self._found.get(path)
        if found is None:
            around = path[:-1]
            if around in self._open:
                raise KeyError(path)
            self._go_through(around, self[around].value[0])
            found = self._found[path]
        return found

    def __iter__(self) -> Iterator[Path]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def _whole(self) -> dict[Path, Span]:
        if self._all is None:
            from fargate_lint.source.recovery import Recovery  # noqa: PLC0415  (for few places)

            self._all = Recovery(self._text).spans
        return self._all

    def _go_through(self, around: Path, start: int) -> None:
        """Note where the members or items of what starts at an offset stand."""
        text, found = self._text, self._found
        self._open.add(around)
        opener = text[start]
        if opener not in "{[":
            return
        closer = "}" if opener == "{" else "]"
        at = _solid(text, start + 1)
        step: str | int = -1
        key = None
        while text[at] != closer:
            if closer == "}":
                step, end = _scan(text, at)
                key = at, end
                # A colon stands between the two.
                at = _solid(text, _solid(text, end) + 1)
            else:
                step = int(step) + 1
            _, end = _scan(text, at)
            found[(*around, step)] = Span(key, (at, end))
            at = _solid(text, end)
            if text[at] == ",":
                at = _solid(text, at + 1)


def _solid(text: str, at: int) -> int:
    """The first offset from `at` on with something else than a blank."""
    blanks = _blanks(text, at)
    return blanks.end() if blanks else at
