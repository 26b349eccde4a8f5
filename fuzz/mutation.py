"""Inputs made from others: values of JSON, lines of text, or bytes, changed or taken from seeds."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

from fuzz.target import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    #: Changes bytes, to at most that many.
    Mutate = Callable[[bytes, int], bytes]

#: Values that stand nowhere by rights.
STRANGE: list[Any] = [
    None, True, False, 0, -1, 1.5, 1e308, 2**63, 10**25, "", " ", "0", "-1", "*", "/", ":", "@",
    "$",
    "${X}", "{{ x }}", "<X>", "=", "a=b", "\\", "[", "(", "%", "..", "\0", "\ud800", "\u202e", "²",
    "a\nb", "x" * 600, [], {}, [[]], [{}], {"": None}, [None, ""],
]  # fmt: skip
#: Seeds whose members are remembered, and the longest value that is.
MEMBERS = 4000
LONGEST_VALUE = 400


class Mutator:
    """Changes one part of an input: of JSON a value, of other text lines, else bytes.

    It is what atheris takes as a custom mutator; `mutate` is its own.
    """

    def __init__(self, seeds: Iterable[bytes], mutate: Mutate, *, lines: bool) -> None:
        self._mutate = mutate
        self._by_lines = lines
        self._members: list[tuple[str, Any]] = []
        self._lines: list[bytes] = []
        for seed in seeds:
            for part in seed.split(BETWEEN):
                self._remember(part)

    def _remember(self, part: bytes) -> None:
        value = _parsed(part)
        if value is None:
            self._lines += part.splitlines()[:100]
            return
        for where, key in _places(value):
            item = where[key]
            if len(self._members) < MEMBERS and len(json.dumps(item)) <= LONGEST_VALUE:
                self._members.append((str(key), item))

    def __call__(self, data: bytes, longest: int, seed: int) -> bytes:
        """Another input of at most `longest` bytes."""
        random = Random(seed)  # noqa: S311  (no secret)
        found = data.split(BETWEEN)
        at = random.randrange(len(found))
        for _ in range(random.choice((1, 1, 1, 2, 3, 5))):
            found[at] = self._changed(found[at], longest, random)
        made = BETWEEN.join(found)
        return made if len(made) <= longest else self._mutate(data[:longest], longest)

    def _changed(self, part: bytes, longest: int, random: Random) -> bytes:
        if random.random() < 0.7:
            value = _parsed(part)
            if isinstance(value, (dict, list)) and value:
                self._change(value, random)
                indent, ascii_only = random.choice((None, 1)), random.choice((True, False))
                made = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
                return made.encode("utf-8", "surrogatepass")
            if self._by_lines and value is None:
                return self._other_lines(part, random)
        return self._mutate(part, longest)

    def _change(self, value: Any, random: Random) -> None:
        """Change one place of a value."""
        where, key = random.choice(list(_places(value)))
        match random.randrange(7):
            case 0:
                where[key] = random.choice(STRANGE)
            case 1:
                del where[key]
            case 2 if isinstance(where, list):
                where.insert(random.randrange(len(where) + 1), where[key])
            case 3 if self._members:
                where[key] = random.choice(self._members)[1]
            case 4 if self._members and isinstance(where, dict):
                name, item = random.choice(self._members)
                where[name] = item
            case 5:
                other, at = random.choice(list(_places(value)))
                copy = json.dumps(other[at])
                if len(copy) <= LONGEST_VALUE:
                    where[key] = json.loads(copy)
            case _:
                item = where[key]
                if isinstance(item, str):
                    raw = self._mutate(item.encode("utf-8", "replace") or b" ", LONGEST_VALUE)
                    where[key] = raw.decode("utf-8", "replace")
                else:
                    where[key] = random.choice(([item], {"name": item}))

    def _other_lines(self, part: bytes, random: Random) -> bytes:
        lines = part.split(b"\n")
        at = random.randrange(len(lines))
        match random.randrange(5):
            case 0:
                del lines[at]
            case 1:
                lines.insert(random.randrange(len(lines) + 1), lines[at])
            case 2:
                other = random.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 3 if self._lines:
                lines.insert(at, random.choice(self._lines))
            case _:
                lines[at] = self._mutate(lines[at] or b" ", len(lines[at]) + 40)
        return b"\n".join(lines)


def _parsed(part: bytes) -> Any:
    """The value of a part that is JSON, else None."""
    try:
        return json.loads(part)
    except (ValueError, RecursionError):
        return None


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each object or list with each of its keys or indices."""
    left = [value]
    while left:
        each = left.pop()
        keys: Iterable[Any] = ()
        if isinstance(each, dict):
            keys = list(each)
        elif isinstance(each, list):
            keys = range(len(each))
        for key in keys:
            yield each, key
            left.append(each[key])
