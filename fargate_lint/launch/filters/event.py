"""A record on its way: what a filter gets, and what it gives back."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    from fargate_lint.launch.record import Record

    class Event(NamedTuple):
        """A record with its tag, and its time in seconds and nanoseconds."""

        tag: str
        time: tuple[int, int]
        record: Record

    class Result(NamedTuple):
        """What is left (None: the record was dropped), and what goes through all filters anew."""

        kept: Event | None
        emitted: tuple[Event, ...] = ()
        notes: tuple[str, ...] = ()
else:
    from collections import namedtuple

    Event = namedtuple("Event", "tag time record")
    Result = namedtuple("Result", "kept emitted notes", defaults=((), ()))


def with_record(event: Event, record: Record) -> Result:
    """The event goes on with another record."""
    return Result(Event(event.tag, event.time, record))
