"""`parser`: a string of the record parsed, and put in the record's place.

https://docs.fluentbit.io/manual/data-pipeline/filters/parser
"""

from __future__ import annotations

from fargate_lint.launch.filters.event import Event, Result
from fargate_lint.launch.onigmo import Undecided
from fargate_lint.launch.record import Record, Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch.filters.options import Options
    from fargate_lint.launch.parsers import Parsed, Parser


def make(options: Options, parsers: dict[str, Parser] | None) -> ParserFilter:
    """The filter that these options make."""
    return ParserFilter(options, parsers)


class ParserFilter:
    """One `parser`."""

    def __init__(self, options: Options, parsers: dict[str, Parser] | None) -> None:
        self.old = options.old
        key = options.last("key_name")
        if key is None:
            raise Refused("missing 'key_name'")
        if options.version == "5.0.9" and options.last("unescape_key") is not None:
            raise Refused("[config map] error reading list of options")
        self.key = key
        self.reserve = options.enabled("reserve_data")
        self.preserve = options.enabled("preserve_key")
        names = list(options.all("parser"))
        if parsers is None and names:
            raise Undecided(f"parser `{names[0]}` is not known")
        known = parsers or {}
        self.parsers = [known[name] for name in names if name in known]
        self.notes = tuple(
            f"requested parser '{name}' not found" for name in names if name not in known
        )
        if not self.parsers:
            raise Refused(" / ".join((*self.notes, "Invalid 'parser'")))

    def _parse(self, text: str, now: int) -> Parsed | None:
        for parser in self.parsers:
            parsed = parser.parse(text, now)
            if parsed is not None:
                return parsed
        return None

    def apply(self, event: Event) -> Result:
        """The parsed map takes the record's place; the other pairs follow with Reserve_Data."""
        parsed: Parsed | None = None
        used: list[int] = []
        for place, (key, value) in enumerate(event.record):
            if key != self.key or not isinstance(value, str):
                continue
            found = self._parse(value, event.time[0])
            if found is not None:
                parsed = found
                used.append(place)
                if self.old and not self.reserve:
                    break
            elif not self.old:
                # Only the outcome for the last of repeated keys counts.
                parsed = None
        if parsed is None:
            return Result(event, (), self.notes)
        record = Record([*parsed.record, *self._rest(event.record, used)])
        kept = Event(event.tag, parsed.time or event.time, record)
        return Result(kept, (), (*self.notes, *parsed.notes))

    def _rest(self, record: Record, used: list[int]) -> Record:
        if self.reserve:
            return Record(
                pair for place, pair in enumerate(record) if self.preserve or place not in used
            )
        # 1.9.10 keeps the source key only together with the other ones.
        return Record([record[used[-1]]] if self.preserve and not self.old else [])
