"""`modify`: operations on keys, in order, when all conditions hold.

https://docs.fluentbit.io/manual/data-pipeline/filters/modify
"""

from __future__ import annotations

from fargate_lint.launch import onigmo, values
from fargate_lint.launch.accessor import MISSING, Accessor
from fargate_lint.launch.filters.event import Result, with_record
from fargate_lint.launch.record import Record, Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.launch.filters.event import Event
    from fargate_lint.launch.filters.options import Options
    from fargate_lint.launch.parsers import Parser
    from fargate_lint.launch.record import Value

# How a condition is asked: what its two words are.
CONDITIONS = {
    "key_exists": ("key", ""),
    "key_does_not_exist": ("key", ""),
    "a_key_matches": ("pattern", ""),
    "no_key_matches": ("pattern", ""),
    "key_value_equals": ("key", "text"),
    "key_value_does_not_equal": ("key", "text"),
    "key_value_matches": ("key", "pattern"),
    "key_value_does_not_match": ("key", "pattern"),
    "matching_keys_have_matching_values": ("pattern", "pattern"),
    "matching_keys_do_not_have_matching_values": ("pattern", "pattern"),
}
QUOTES = "\"'"
ONE_WORD = ("remove", "remove_wildcard", "remove_regex", "move_to_start", "move_to_end")
TWO_WORDS = ("rename", "hard_rename", "add", "set", "copy", "hard_copy")


def make(options: Options, _parsers: dict[str, Parser] | None) -> Modify:
    """The filter that these options make."""
    return Modify(options)


def _text_matches(pattern: onigmo.Pattern, value: Value) -> bool:
    """Strings and booleans are looked at, nothing else."""
    if isinstance(value, bool):
        value = "true" if value else "false"
    return isinstance(value, str) and pattern.search(value) is not None


class Condition:
    """One `Condition` line."""

    __slots__ = ("_a", "_a_pattern", "_b", "_b_pattern", "_kind")

    def __init__(self, words: list[str], value: str, version: str) -> None:
        self._kind = words[0].lower()
        if self._kind not in CONDITIONS:
            raise Refused(f"Invalid config for Condition : {value}")
        first, second = CONDITIONS[self._kind]
        key = words[1] if len(words) > 1 else words[0]
        self._a = Accessor(key)
        self._b = words[2] if len(words) > 2 else ""
        if (first == "pattern" and not key) or (second == "pattern" and not self._b):
            raise Refused(f"Unable to create regex for condition Condition {value}")
        self._a_pattern = _crashing(key, version) if first == "pattern" else None
        self._b_pattern = _crashing(self._b, version) if second == "pattern" else None

    def holds(self, record: Record) -> bool:
        """Whether a record meets it."""
        kind = self._kind
        if kind in {"a_key_matches", "no_key_matches"}:
            found = any(_text_matches(_given(self._a_pattern), key) for key, _ in record)
            return found is (kind == "a_key_matches")
        if kind.startswith("matching_keys"):
            fits = all(
                _text_matches(_given(self._b_pattern), value)
                for key, value in record
                if _text_matches(_given(self._a_pattern), key)
            )
            return fits is (kind == "matching_keys_have_matching_values")
        value = self._a.value(record) if self._a.valid else MISSING
        if value is MISSING:
            return kind == "key_does_not_exist"
        if self._b_pattern is not None:
            return _text_matches(self._b_pattern, value) is (kind == "key_value_matches")
        if kind.startswith("key_value"):
            same = isinstance(value, str) and value == self._b
            return same is (kind == "key_value_equals")
        return kind == "key_exists"


def _given(pattern: onigmo.Pattern | None) -> onigmo.Pattern:
    assert pattern is not None  # noqa: S101  (made for each kind that asks for it)
    return pattern


def _crashing(text: str, version: str) -> onigmo.Pattern:
    """A condition's pattern; with an invalid one the program dies at the first record."""
    pattern = onigmo.compile(text, version)
    if pattern is None:
        raise onigmo.Undecided(f"with the invalid pattern `{text}` the program crashes")
    return pattern


class Modify:
    """One `modify`."""

    def __init__(self, options: Options) -> None:
        self.conditions: list[Condition] = []
        self.rules: list[tuple[Callable[[Record, str, str], Record], str, str]] = []
        for key, value in options.items:
            try:
                words = values.split(value, 3, quotes="" if options.old else QUOTES)
            except ValueError:
                raise Refused(f"Parsing failed: {value}") from None
            if not 0 < len(words) <= 3:
                raise Refused(f"Invalid config for {key}")
            if key == "condition":
                self.conditions.append(Condition(words, value, options.version))
            else:
                self._rule(key, value, words, options.version)

    def _rule(self, key: str, value: str, words: list[str], version: str) -> None:
        first, last = words[0], words[-1]
        # With a third word the program forgets which operation it is, and renames.
        wanted = {1: ONE_WORD, 2: TWO_WORDS, 3: (key,)}[len(words)]
        if key not in wanted or (key == "remove_regex" and not first):
            raise Refused(f"Invalid operation {key} : {value} in configuration")
        # Newer versions compile every word, whatever the operation does with it.
        for kind, text in () if version.startswith("1.") else (("key", first), ("val", last)):
            if onigmo.compile(text, version) is None:
                raise Refused(f"Unable to create regex({kind}) from {text}")
        if key == "remove_regex" and len(words) == 1:
            self.rules.append((_by_pattern(_crashing(first, version)), first, last))
        else:
            self.rules.append((OPERATIONS["rename" if len(words) == 3 else key], first, last))

    def apply(self, event: Event) -> Result:
        """The operations one after the other, if all conditions hold."""
        if not all(condition.holds(event.record) for condition in self.conditions):
            return Result(event)
        record = event.record
        for operation, first, last in self.rules:
            record = operation(record, first, last)
        return with_record(event, record)


def _by_pattern(pattern: onigmo.Pattern) -> Callable[[Record, str, str], Record]:
    return lambda record, _key, _: Record(
        pair for pair in record if not _text_matches(pattern, pair[0])
    )


def _without(record: Record, key: str) -> Record:
    return Record(pair for pair in record if pair[0] != key)


def _count(record: Record, key: str) -> int:
    return sum(name == key for name, _ in record)


def _add(record: Record, key: str, value: str) -> Record:
    return record if record.has(key) else Record([*record, (key, value)])


def _set(record: Record, key: str, value: str) -> Record:
    return Record([*_without(record, key), (key, value)])


def _remove(record: Record, key: str, _: str) -> Record:
    return _without(record, key)


def _remove_prefix(record: Record, key: str, _: str) -> Record:
    return Record(pair for pair in record if not pair[0].startswith(key))


def _rename(record: Record, key: str, new: str) -> Record:
    if record.has(new):
        return record
    return Record((new if name == key else name, value) for name, value in record)


def _hard_rename(record: Record, key: str, new: str) -> Record:
    if not record.has(key):
        return record
    return _rename(_without(record, new), key, new)


def _copies(record: Record, key: str, new: str) -> Record:
    """Each pair, and behind the one with the key its copy."""
    result = Record()
    for name, value in record:
        result.append((name, value))
        if name == key:
            result.append((new, value))
    return result


def _copy(record: Record, key: str, new: str) -> Record:
    if _count(record, key) != 1 or record.has(new):
        return record
    return _copies(record, key, new)


def _hard_copy(record: Record, key: str, new: str) -> Record:
    if _count(record, key) != 1 or _count(record, new) > 1:
        return record
    return _copies(_without(record, new), key, new)


def _to_start(record: Record, key: str, _: str) -> Record:
    moved = Record(pair for pair in record if pair[0].startswith(key))
    return Record([*moved, *_remove_prefix(record, key, "")])


def _to_end(record: Record, key: str, _: str) -> Record:
    moved = Record(pair for pair in record if pair[0].startswith(key))
    return Record([*_remove_prefix(record, key, ""), *moved])


OPERATIONS = {
    "add": _add,
    "set": _set,
    "remove": _remove,
    "remove_wildcard": _remove_prefix,
    "rename": _rename,
    "hard_rename": _hard_rename,
    "copy": _copy,
    "hard_copy": _hard_copy,
    "move_to_start": _to_start,
    "move_to_end": _to_end,
}
