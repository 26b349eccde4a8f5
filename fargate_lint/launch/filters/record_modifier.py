"""`record_modifier`: keys appended, removed, or alone allowed.

https://docs.fluentbit.io/manual/data-pipeline/filters/record-modifier
"""

from __future__ import annotations

from fargate_lint.launch.filters.event import Result, with_record
from fargate_lint.launch.filters.options import tokens
from fargate_lint.launch.onigmo import Undecided
from fargate_lint.launch.record import Record, Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.launch.filters.event import Event
    from fargate_lint.launch.filters.options import Options
    from fargate_lint.launch.parsers import Parser


def make(options: Options, _parsers: dict[str, Parser] | None) -> RecordModifier:
    """The filter that these options make."""
    return RecordModifier(options)


class Keys:
    """Keys by name or by prefix (`web_*`), in any case."""

    __slots__ = ("exact", "prefixes")

    def __init__(self, patterns: Iterable[str]) -> None:
        lower = [pattern.lower() for pattern in patterns]
        self.prefixes = tuple(one[:-1] for one in lower if one.endswith("*"))
        self.exact = {one for one in lower if not one.endswith("*")}

    def __bool__(self) -> bool:
        return bool(self.prefixes or self.exact)

    def has(self, key: str) -> bool:
        """Whether a key is one of them."""
        lower = key.lower()
        return lower in self.exact or lower.startswith(self.prefixes)


class RecordModifier:
    """One `record_modifier`."""

    def __init__(self, options: Options) -> None:
        self.old = options.old
        self.notes: tuple[str, ...] = ()
        self.added: list[tuple[str, str]] = []
        for value in options.all("record"):
            words = tokens(value, 2)
            if len(words) == 2:
                self.added.append((words[0], words[1]))
            else:
                self.notes = ("invalid record parameters, expects 'KEY VALUE'",)
        self.removed = Keys(options.all("remove_key"))
        # 1.9.10 knows the old name of this option and ignores it.
        names = ("allowlist_key",) if self.old else ("allowlist_key", "whitelist_key")
        self.allowed = Keys(options.all(*names))
        self.unique = options.last("uuid_key")
        if self.removed and self.allowed:
            raise Refused("remove_keys and allowlist_keys are exclusive with each other.")

    def apply(self, event: Event) -> Result:
        """Keep the pairs that may stay, then append; nothing is replaced."""
        if self.unique is not None:
            raise Undecided("Uuid_Key makes another value for each record")
        record = Record(pair for pair in event.record if self._stays(pair[0]))
        record.extend(self.added)
        if record or not event.record:
            return with_record(event, record)._replace(notes=self.notes)
        # With no key left 1.9.10 loses the record, newer versions leave it as it was.
        return Result(None if self.old else event, (), self.notes)

    def _stays(self, key: str) -> bool:
        if self.removed:
            return not self.removed.has(key)
        return not self.allowed or self.allowed.has(key)
