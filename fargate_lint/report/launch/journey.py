"""The way of a record, for people: each step with what changed, and each delivery."""

from __future__ import annotations

from json import dumps
from time import gmtime, strftime

from fargate_lint.launch import routing
from fargate_lint.launch.record import plain
from fargate_lint.report.launch.journey_json import masked
from fargate_lint.report.launch.routes import target
from fargate_lint.report.terminal import Terminal, escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TextIO

    from fargate_lint.launch.journey import Journey
    from fargate_lint.launch.record import Record
    from fargate_lint.launch.trace import Delivery, Step
    from fargate_lint.report.launch.masking import OpenMask

INDENT = "    "
# What a filter is told to do is shown in a few words: below it stands what it did.
OPTIONS_WIDTH = 60


def write(journey: Journey, mask: OpenMask, stream: TextIO) -> None:
    """Write the record as it comes in, the steps, the deliveries, and notes."""
    story = _Story(journey, mask, Terminal(stream))
    stream.writelines(f"{line}\n" for line in story.lines())


class _Story:
    def __init__(self, journey: Journey, mask: OpenMask, terminal: Terminal) -> None:
        self.journey = journey
        self.mask = mask
        self.terminal = terminal
        self.paint = terminal.paint

    def lines(self) -> Iterator[str]:
        trace = self.journey.trace
        name = self.paint("strong", self.shown(self.journey.container.title))
        yield f"{name} logs at {_moment(self.journey.time)}, tag {self.shown(trace.tag)}"
        yield from self.record(self.journey.record)
        tag = trace.tag
        for step in trace.steps:
            yield ""
            yield from self.step(step, tag)
            tag = step.tag
        for delivery in trace.deliveries:
            yield ""
            yield from self.delivery(delivery)
        notes = [*self.journey.notes, *trace.notes]
        if notes:
            yield ""
        yield from self.notes(notes, "")

    def shown(self, text: str) -> str:
        return escape(self.mask.text(text))

    def value(self, value: Any) -> str:
        return escape(dumps(masked(plain(value), self.mask), ensure_ascii=False))

    def record(self, record: Record) -> Iterator[str]:
        width = max((len(self.shown(key)) for key, _ in record), default=0)
        for key, value in record:
            yield f"{INDENT}{self.paint('help', self.shown(key).ljust(width))}  {self.value(value)}"

    def step(self, step: Step, tag: str) -> Iterator[str]:
        options = ", ".join(
            f"{entry.key} {self.mask.value(entry.key, entry.text)}"
            for entry in step.section.entries
            if entry.key.lower() not in {"name", "match", "match_regex"}
        )
        options = escape(options)
        if len(options) > OPTIONS_WIDTH:
            options = options[:OPTIONS_WIDTH].rstrip() + self.terminal.dots
        head = f"{self.paint('strong', step.name)}  {self.paint('faint', options)}".rstrip()
        yield head if step.tag == tag else f"{head}  for {self.shown(step.tag)}"
        if step.record is None:
            yield INDENT + self.paint("error", "dropped" if not _sent_on(step) else "ends here")
        elif not step.simulated:
            yield INDENT + self.paint("warning", "not simulated")
        else:
            changes = list(self.changes(step.before, step.record))
            yield from changes or [INDENT + self.paint("faint", "no change")]
        yield from self.notes(step.notes, INDENT)

    def changes(self, before: Record, after: Record) -> Iterator[str]:
        old, new = list(before), list(after)
        for pair in list(old):
            if pair in new:
                old.remove(pair)
                new.remove(pair)
        for style, sign, pairs in (("error", "-", old), ("good", "+", new)):
            width = max((len(self.shown(key)) for key, _ in pairs), default=0)
            for key, value in pairs:
                name = self.shown(key).ljust(width)
                yield f"  {self.paint(style, sign)} {self.paint('help', name)}  {self.value(value)}"
        if not old and not new and list(before) != list(after):
            yield f"{INDENT}the same in another order: {', '.join(self.shown(k) for k, _ in after)}"

    def delivery(self, delivery: Delivery) -> Iterator[str]:
        where = self.shown(target(delivery.section))
        head = f"{self.paint('good', '->')} {self.paint('strong', delivery.name)}"
        about = [where] if where else []
        if delivery.event.tag != self.journey.trace.tag:
            about.append(f"tag {self.shown(delivery.event.tag)}")
        if delivery.data is not None:
            about.append(f"{len(delivery.data)} bytes")
        elif routing.name_of(delivery.section) == "null":
            about.append("thrown away")
        yield f"{head}  {self.paint('faint', ', '.join(about))}".rstrip()
        if delivery.data is not None:
            data = self.mask.data(delivery.data)
            yield INDENT + escape(data.decode("utf-8", "backslashreplace"))
        else:
            yield INDENT + self.value(delivery.event.record)
        yield from self.notes(delivery.notes, INDENT)

    def notes(self, notes: Iterable[str], indent: str) -> Iterator[str]:
        for note in notes:
            yield f"{indent}{self.paint('warning', 'note:')} {self.shown(note)}"


def _sent_on(step: Step) -> bool:
    return any(note.startswith("sent on as ") for note in step.notes)


def _moment(time: tuple[int, int]) -> str:
    fraction = f".{time[1]:09d}".rstrip("0") if time[1] else ""
    try:
        return strftime("%Y-%m-%d %H:%M:%S", gmtime(time[0])) + fraction + " UTC"
    except (OverflowError, ValueError, OSError):
        return f"{time[0]}{fraction} seconds"
