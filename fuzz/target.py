"""One thing to fuzz, and what it promises."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: A line of its own between the parts of an input that is made of several.
BETWEEN = b"\n%%\n"


class Broken(Exception):
    """A promise that an input breaks without an exception: a crash like any other."""


class Target(NamedTuple):
    """`run` takes one input and raises for a crash; `seeds` are the inputs to begin with.

    Inputs are at most `longest` bytes. `lines` says that their lines may be taken for units. The
    time of a run is shared out by `share`.
    """

    run: Callable[[bytes], object]
    seeds: Callable[[], Iterable[bytes]]
    longest: int = 8192
    lines: bool = True
    share: int = 3


@cache
def folder() -> Path:
    """A folder of this process, for what is read or written by name."""
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


def parts(data: bytes, count: int) -> list[bytes]:
    """The parts of an input, always that many; the last has all that is left."""
    found = data.split(BETWEEN, count - 1)
    return found + [b""] * (count - len(found))


def joined(*texts: str | bytes) -> bytes:
    """An input of these parts."""
    return BETWEEN.join(text.encode() if isinstance(text, str) else text for text in texts)


def text_of(data: bytes) -> str:
    """The text of a part, with something in the place of bytes that are none."""
    return data.decode("utf-8", "replace")
