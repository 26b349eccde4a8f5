"""One record's way through the filters to the outputs.

`trace` never fails: what cannot be worked out is a note, and the record goes on as it was.
"""

from __future__ import annotations

import base64

from fargate_lint.launch import filters, routing, syslog
from fargate_lint.launch.filters.event import Event, Result
from fargate_lint.launch.onigmo import Undecided
from fargate_lint.launch.record import Refused, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from fargate_lint.data.private import Tables
    from fargate_lint.launch.filters import Filter
    from fargate_lint.launch.parsers import Parser
    from fargate_lint.launch.record import Record
    from fargate_lint.launch.sections import Section

# A record that rewrite_tag sends round in circles is followed no further.
EMITTED_LIMIT = 20


class Step:
    """What one filter made of the record `before`. `record` is None when it was dropped."""

    __slots__ = ("before", "name", "notes", "record", "section", "simulated", "tag")

    def __init__(
        self,
        name: str,
        section: Section,
        event: Event,
        record: Record | None,
        notes: Sequence[str] = (),
        *,
        simulated: bool = True,
    ) -> None:
        #: The filter's name in the log, such as `grep.0`.
        self.name = name
        self.section = section
        self.tag = event.tag
        self.before = event.record
        self.record = record
        self.notes = notes
        self.simulated = simulated

    def plain(self) -> dict[str, Any]:
        """The step as `trace --format json` writes it."""
        shown: dict[str, Any] = {"section": self.name, "tag": self.tag}
        if self.record is None:
            shown["dropped"] = True
        else:
            shown.update(_shown(self.record))
        if not self.simulated:
            shown["simulated"] = False
        if self.notes:
            shown["notes"] = list(self.notes)
        return shown


class Delivery:
    """What one output gets. `data` are the bytes of a syslog output, None for the others."""

    __slots__ = ("data", "event", "name", "notes", "section")

    def __init__(
        self,
        name: str,
        section: Section,
        event: Event,
        data: bytes | None = None,
        notes: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.section = section
        self.event = event
        self.data = data
        self.notes = notes

    @property
    def text(self) -> str | None:
        """The bytes as text; what is no UTF-8 is shown as escapes."""
        return None if self.data is None else self.data.decode("utf-8", "backslashreplace")

    def plain(self) -> dict[str, Any]:
        """The delivery as `trace --format json` writes it."""
        shown: dict[str, Any] = {"output": self.name, "tag": self.event.tag}
        if self.data is None:
            shown.update(_shown(self.event.record))
        else:
            shown["bytes"] = base64.b64encode(self.data).decode("ascii")
            shown["text"] = self.text
        if self.notes:
            shown["notes"] = list(self.notes)
        return shown


class Trace:
    """The way of one record. `events` are the records that leave the filters, in order."""

    __slots__ = ("deliveries", "events", "notes", "refused", "steps", "tag")

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.steps: list[Step] = []
        self.events: list[Event] = []
        self.deliveries: list[Delivery] = []
        self.notes: list[str] = []
        #: What a plugin prints that does not start: nothing would be delivered then.
        self.refused: list[str] = []

    def plain(self) -> dict[str, Any]:
        """The trace as `trace --format json` writes it, without the version."""
        return {
            "tag": self.tag,
            "steps": [step.plain() for step in self.steps],
            "deliveries": [delivery.plain() for delivery in self.deliveries],
            "notes": [*(f"does not start: {said}" for said in self.refused), *self.notes],
        }


def _shown(record: Record) -> dict[str, Any]:
    """A record for JSON; the pairs are given too when that would hide a repeated key."""
    shown: dict[str, Any] = {"record": plain(record)}
    if record.repeats:
        shown["pairs"] = [[key, plain(value)] for key, value in record]
    return shown


def trace(
    tag: str,
    record: Record,
    time: tuple[int, int],
    inputs: Sequence[Section],
    filter_sections: Sequence[Section],
    outputs: Sequence[Section],
    *,
    parsers: dict[str, Parser] | None = None,
    version: str = routing.NEWEST,
    service: Section | None = None,
    tables: Tables | None = None,
) -> Trace:
    """Follow a record with this tag. Values of the sections have their variables replaced.

    `time` is seconds and nanoseconds; `parsers` is None when they are not known. `tables` have
    private plugins.
    """
    found = Trace(tag)
    chain = _Chain(found, filter_sections, version, parsers, tables)
    waiting = [Event(tag, time, record)]
    emitted = 0
    while waiting:
        event, *waiting = waiting
        left, more = chain.run(event)
        if left is not None and left.tag:
            found.events.append(left)
        elif left is not None:
            found.notes.append("a record with an empty tag is lost")
        emitted += len(more)
        if emitted > EMITTED_LIMIT:
            loop = f"the record goes round in circles: `{more[-1].tag}` is rewritten again"
            found.notes.append(loop)
            break
        waiting.extend(more)
    selectors = routing.output_selectors(inputs, filter_sections, outputs, version, service)
    names = routing.instance_names(outputs)
    for event in found.events:
        reached = False
        for name, section, selector in zip(names, outputs, selectors, strict=True):
            takes = selector.takes(event.tag)
            if takes is None:
                found.notes.append(f"whether {name} takes `{event.tag}` is not known")
            elif takes:
                found.deliveries.append(_delivery(found, name, section, event, version))
            reached = reached or takes is not False
        if not reached:
            found.notes.append(f"no output takes `{event.tag}`: the record is lost")
    return found


def _delivery(found: Trace, name: str, section: Section, event: Event, version: str) -> Delivery:
    if routing.name_of(section) != "syslog":
        return Delivery(name, section, event)
    try:
        data, notes = syslog.format(event.record, section, event.time, version)
    except Refused as refusal:
        found.refused.append(f"{name}: {refusal}")
        return Delivery(name, section, event)
    except Undecided as doubt:
        return Delivery(name, section, event, None, [f"not worked out: {doubt}"])
    return Delivery(name, section, event, data, notes)


class _Chain:
    """All filters, in their order."""

    def __init__(
        self,
        found: Trace,
        sections: Sequence[Section],
        version: str,
        parsers: dict[str, Parser] | None,
        tables: Tables | None,
    ) -> None:
        self.found = found
        self.version = version
        self.links: list[tuple[str, Section, routing.Selector, Filter | str]] = []
        for name, section in zip(routing.instance_names(sections), sections, strict=True):
            made: Filter | str
            selector = routing.Selector(section, version)
            try:
                made = filters.prepare(section, version, parsers, tables)
            except Undecided as doubt:
                made = str(doubt)
            except Refused as refusal:
                made = str(refusal)
                # 1.9.10 never looks at the options of a filter without a match.
                if selector.present is not False or not version.startswith("1."):
                    found.refused.append(f"{name}: {refusal}")
            if selector.present is False and not version.startswith("1."):
                found.refused.append(f"[filter] NO match rule for {name} filter instance")
            self.links.append((name, section, selector, made))

    def run(self, event: Event) -> tuple[Event | None, Sequence[Event]]:
        """What is left of a record behind all filters, and what they emitted."""
        emitted: list[Event] = []
        for name, section, selector, made in self.links:
            takes = selector.takes(event.tag)
            if takes is None:
                self.found.notes.append(f"whether {name} takes `{event.tag}` is not known")
            if not takes:
                continue
            result = self._apply(name, section, made, event)
            emitted.extend(result.emitted)
            if result.kept is None:
                return None, emitted
            event = result.kept
        return event, emitted

    def _apply(self, name: str, section: Section, made: Filter | str, event: Event) -> Result:
        doubt = made if isinstance(made, str) else ""
        if not isinstance(made, str):
            try:
                result = made.apply(event)
            except Undecided as undecided:
                doubt = str(undecided)
            else:
                kept = result.kept
                step = Step(name, section, event, kept and kept.record, result.notes)
                step.notes = (*result.notes, *(f"sent on as `{e.tag}`" for e in result.emitted))
                self.found.steps.append(step)
                return result
        note = f"{doubt}: what follows takes it that the record stays as it is"
        step = Step(name, section, event, event.record, [note], simulated=False)
        self.found.steps.append(step)
        return Result(event)
