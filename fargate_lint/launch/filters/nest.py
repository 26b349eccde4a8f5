"""`nest`: keys moved into a map, or out of one.

https://docs.fluentbit.io/manual/data-pipeline/filters/nest
"""

from __future__ import annotations

from fargate_lint.launch.filters.event import Result, with_record
from fargate_lint.launch.onigmo import Undecided
from fargate_lint.launch.record import Record, Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch.filters.event import Event
    from fargate_lint.launch.filters.options import Options
    from fargate_lint.launch.parsers import Parser


def make(options: Options, _parsers: dict[str, Parser] | None) -> Nest:
    """The filter that these options make."""
    return Nest(options)


class Nest:
    """One `nest`."""

    def __init__(self, options: Options) -> None:
        operation = options.last("operation")
        if operation is None:
            raise Refused("Operation can only be NEST or LIFT")
        self.lifts = operation.startswith("lift")
        if not self.lifts and not operation.startswith("nest"):
            raise Refused(
                f"Key \"operation\" has invalid value '{operation}'. Expected 'nest' or 'lift'"
            )
        self.wildcards = list(options.all("wildcard"))
        keys = ["", *options.all("nest_under", "nested_under")]
        self.key = keys[-1]
        self.add = options.last("add_prefix")
        self.remove = options.last("remove_prefix")
        if self.add is not None and self.remove is not None:
            raise Refused("Add_prefix and Remove_prefix are exclusive")

    def apply(self, event: Event) -> Result:
        """Move what is to be moved to the end; what is there already stays."""
        return self._lift(event) if self.lifts else self._nest(event)

    def _renamed(self, pairs: Record) -> Record:
        if self.add is not None:
            return Record((self.add + key, value) for key, value in pairs)
        if self.remove is not None:
            return Record((key.removeprefix(self.remove), value) for key, value in pairs)
        return pairs

    def _chosen(self, key: str) -> bool:
        return any(
            key.startswith(one[:-1]) if one.endswith("*") else key == one for one in self.wildcards
        )

    def _nest(self, event: Event) -> Result:
        moved = Record(pair for pair in event.record if self._chosen(pair[0]))
        if not moved:
            return Result(event)
        if not self.key:
            raise Undecided("`nest` without Nest_under")
        rest = Record(pair for pair in event.record if not self._chosen(pair[0]))
        rest.append((self.key, self._renamed(moved)))
        return with_record(event, rest)

    def _lift(self, event: Event) -> Result:
        maps = [pair for pair in event.record if self._is_lifted(*pair)]
        notes = tuple(
            f"Value of key '{key}' is not a map. Will not attempt to lift from here"
            for key, value in event.record
            if key == self.key and not isinstance(value, Record)
        )
        if not maps:
            return Result(event, (), notes)
        record = Record(pair for pair in event.record if not self._is_lifted(*pair))
        for _, value in maps:
            record.extend(self._renamed(value))
        return with_record(event, record)._replace(notes=notes)

    def _is_lifted(self, key: str, value: object) -> bool:
        return key == self.key and isinstance(value, Record)
