"""A log record as Fluent Bit keeps it: an ordered list of pairs, in which keys may repeat."""

from __future__ import annotations

from fargate_lint.source.document import DEEPEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Value = Any

LARGEST = 2**64 - 1
SMALLEST = -(2**63)


class Refused(Exception):
    """A plugin does not start with such options; the message is what it prints."""


class Float32(float):
    """A 32-bit float, which some plugins do not know."""

    __slots__ = ()


class Record(list["tuple[str, Value]"]):
    """A map: the record itself, and each map in it. Bytes that are no text are surrogates."""

    __slots__ = ()

    def first(self, key: str) -> Value:
        """The value of the first pair with this key, or None."""
        return next((value for name, value in self if name == key), None)

    def last(self, key: str) -> int:
        """The place of the last pair with this key, or -1: what record accessors look at."""
        for place in range(len(self) - 1, -1, -1):
            if self[place][0] == key:
                return place
        return -1

    def has(self, key: str) -> bool:
        """Whether a pair has this key."""
        return any(name == key for name, _ in self)

    @property
    def repeats(self) -> bool:
        """Whether a key stands in it more than once."""
        return len({name for name, _ in self}) < len(self)


def read(value: object) -> Value:
    """A plain value with its dicts made Records; integers beyond 64 bits become floats."""
    if isinstance(value, dict):
        return Record((str(key), read(item)) for key, item in value.items())
    if isinstance(value, Record):
        return Record((key, read(item)) for key, item in value)
    if isinstance(value, list):
        return [read(item) for item in value]
    if isinstance(value, int) and not SMALLEST <= value <= LARGEST:
        return float(value) if abs(value) < 10**300 else float("inf")
    return value


def parse(text: str) -> Record:
    """A record from JSON text, repeated keys kept. Raises ValueError."""
    import json  # noqa: PLC0415  (only for a record that a user gives)

    try:
        value = json.loads(text, object_pairs_hook=Record)
    except RecursionError:
        raise ValueError("the record is nested too deeply") from None
    if not isinstance(value, Record):
        raise ValueError("a record is a JSON object")  # noqa: TRY004  (the text is at fault)
    # How deep the interpreter goes depends on what has called this.
    if text.count("{") + text.count("[") > DEEPEST and _depth(value) > DEEPEST:
        raise ValueError("the record is nested too deeply")
    return Record((key, read(item)) for key, item in value)


def _depth(value: Record) -> int:
    """How many maps and lists stand in each other."""
    depth = 0
    level: list[list[Any]] = [value]
    while level:
        depth += 1
        items = [item for each in level for item in each]
        inner = (item[1] if isinstance(item, tuple) else item for item in items)
        level = [each for each in inner if isinstance(each, list)]
    return depth


def plain(value: Value) -> Value:
    """The value with its Records made dicts, as JSON outputs show them: the last of a key wins."""
    if isinstance(value, Record):
        return {key: plain(item) for key, item in value}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def encoded(text: str) -> bytes:
    """The bytes of a text; surrogates stand for the bytes that they were made from."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def shown(value: Value) -> str | None:
    """A scalar as text, the way record accessors and syslog write it; None for what has none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:f}"
    return None
