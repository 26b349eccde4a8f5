"""What a log adds up to: how often each thing was said, and what became of each delivery."""

from __future__ import annotations

from collections import deque

from fargate_lint.diagnose.delivery import Deliveries
from fargate_lint.diagnose.moments import moment
from fargate_lint.diagnose.speakers import is_error, of_router

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.diagnose.logs import Line
    from fargate_lint.diagnose.signatures import Signature, Signatures

    Step = tuple["Sighting", dict[str, str]]

#: Parts of a line that differ each time it is said.
PASSING = frozenset({"chunk", "task", "secs", "fd", "n", "have", "max", "msg", "text", "all", "id"})
#: Different things of one kind that are told apart, and lines of each that are kept.
VARIANTS = 100
KEPT = 3
#: Roles of lines that are only counted.
COUNTED = frozenset({"healthy", "noise", "transient"})
STREAMS = 1_000
UNKNOWN = 20
#: Roles of lines that do not tell who speaks.
NOBODY = frozenset({"client", "ecs", "exit"})
#: Roles of lines of which no two are alike.
UNIQUE = frozenset({"healed", "lost", "retry"})
#: Texts that are remembered.
REMEMBERED = 5_000
#: Lines before and after one that means something, which are kept for the first things of a kind.
AROUND = 3
SURROUNDED = 8
NEAR = 20_000
#: Characters of such a line: no report shows more.
LONGEST = 2_400
TYPES_OF_ANSWERS = frozenset({"answer", "code", "detail", "healed", "lost", "network", "retry"})


class Sighting:
    """One thing that was said: `groups` are the named parts of the first such line.

    `first` and `last` are moments in seconds, None where no line has a time; `order` counts lines.
    """

    __slots__ = ("count", "first", "groups", "last", "lines", "order", "signature")

    def __init__(
        self, signature: Signature, groups: dict[str, str], line: Line, order: int
    ) -> None:
        self.signature = signature
        self.groups = groups
        self.lines = [line]
        self.count = 0
        self.order = order
        self.first: float | None = None
        self.last: float | None = None

    def see(self, line: Line, at: float | None) -> None:
        """Count another line of the kind."""
        if self.count and len(self.lines) < KEPT:
            self.lines.append(line)
        self.count += 1
        if at is not None:
            self.first = at if self.first is None else min(self.first, at)
            self.last = at if self.last is None else max(self.last, at)


class Tally:
    """All that was seen in some logs."""

    def __init__(self, signatures: Signatures) -> None:
        self.signatures = signatures
        self.lines = 0
        self.sightings: dict[tuple[str, ...], Sighting] = {}
        self.deliveries = Deliveries()
        #: Errors of the router that no signature knows, the first of them.
        self.unknown: list[Line] = []
        #: Who speaks in each stream, or file without streams, as its lines show: `router`, `agent`.
        self.streams: dict[str, set[str]] = {}
        self._variants: dict[str, int] = {}
        self._texts: dict[str, list[Step]] = {}
        self._stream = ""
        #: Lines that mean something with those around them, by their place among all lines.
        self.near: dict[int, Line] = {}
        self._before: deque[Line] = deque(maxlen=AROUND + 1)
        self._near_until = 0

    def add(self, lines: Iterable[Line]) -> None:
        """Take in the lines of a file.

        Routers say the same again and again: what a text means that was seen before, but for the
        time in front of it, is remembered.
        """
        find = self.signatures.find
        known = self._texts
        self._before.clear()
        self._near_until = 0
        note = self._before.append
        for line in lines:
            self.lines += 1
            note(line)
            if self.lines <= self._near_until:
                self.near[self.lines] = _cut(line)
            body = line.text.partition("] ")[2] or line.text
            steps = known.get(body)
            if steps is None:
                found = find(line.text)
                if not found:
                    if "rror" in line.text:
                        self._pass(line)
                    continue
                steps = self._steps(line, found)
                if not any(step[0].signature.role in UNIQUE for step in steps):
                    if len(known) >= REMEMBERED:
                        known.clear()
                    known[body] = steps
            self._take(line, steps)

    def _pass(self, line: Line) -> None:
        """Keep an error of the router that is not known."""
        if len(self.unknown) < UNKNOWN and is_error(line.text):
            self.unknown.append(line)

    def _steps(self, line: Line, found: tuple[Signature, ...]) -> list[Step]:
        """What is to be counted for a line: sightings with the named parts of the line."""
        # What ECS says may quote what AWS says to it.
        told = next((one for one in found if one.role == "ecs"), None)
        steps: list[Step | None] = []
        for one in found if told is None else (told,):
            if one.role in COUNTED:
                if one.id == "banner":
                    groups = _groups(one, line.text)
                    if groups:
                        steps.append(self._step(one, groups, line, ("version",)))
                steps.append(self._step(one, {}, line, ()))
                continue
            groups = _groups(one, line.text) if told is None else {}
            passing = PASSING if one.id != "stopped" else ()
            kind = tuple(value for name, value in groups.items() if name not in passing)
            steps.append(self._step(one, groups, line, kind))
        return [step for step in steps if step is not None]

    def _step(
        self, one: Signature, groups: dict[str, str], line: Line, kind: tuple[str, ...]
    ) -> Step | None:
        """The sighting of a line, made when there is room for another of its signature."""
        sighting = self.sightings.get((one.id, *kind))
        if sighting is None:
            count = self._variants.get(one.id, 0)
            self._variants[one.id] = count + 1
            if count >= VARIANTS:
                return None
            sighting = self.sightings[one.id, *kind] = Sighting(one, groups, line, self.lines)
            if count < SURROUNDED and one.role not in COUNTED:
                self._surround()
        return sighting, groups

    def _surround(self) -> None:
        """Keep the line that is read with those before it, and those to come."""
        if len(self.near) >= NEAR:
            return
        first = self.lines - len(self._before) + 1
        for place, line in enumerate(self._before, first):
            self.near.setdefault(place, _cut(line))
        self._near_until = self.lines + AROUND

    def _take(self, line: Line, steps: list[Step]) -> None:
        if not steps:
            return
        stream = line.stream or line.file
        if stream != self._stream or not self.streams:
            self._stream = stream
            if len(self.streams) < STREAMS:
                self.streams.setdefault(stream, set())
        first = steps[0][0].signature.role
        if first not in NOBODY and stream in self.streams:
            speaks = self.streams[stream]
            if first == "agent":
                speaks.add("agent")
            elif "router" not in speaks and of_router(line.text):
                speaks.add("router")
        at: float | None = None
        for sighting, groups in steps:
            one = sighting.signature
            if one.role in COUNTED:
                sighting.count += 1
                continue
            if at is None:
                at = moment(line)
            sighting.see(line, at)
            if one.role in TYPES_OF_ANSWERS:
                self.deliveries.see(one, groups, line.text, at, self.lines)

    def all(self, *roles: str) -> list[Sighting]:
        """Sightings of signatures with one of these roles, in the order of their first lines."""
        return [one for one in self.sightings.values() if one.signature.role in roles]

    def named(self, *names: str) -> list[Sighting]:
        """Sightings of the signatures with these ids."""
        return [one for one in self.sightings.values() if one.signature.id in names]

    @property
    def version(self) -> str:
        """The version of Fluent Bit that a banner names, "" when none does."""
        for sighting in self.named("banner"):
            found = sighting.groups.get("version") or sighting.groups.get("other") or ""
            if found:
                return found
        return ""

    @property
    def started(self) -> Sighting | None:
        """A sign that Fluent Bit got through its start."""
        return next(iter(self.named("stream-started")), None)


def _cut(line: Line) -> Line:
    return line if len(line.text) <= LONGEST else line._replace(text=line.text[:LONGEST])


def _groups(one: Signature, text: str) -> dict[str, str]:
    match = one.search(text)
    if match is None or match.re.groups == 0:
        return {}
    return {name: value for name, value in match.groupdict().items() if value}
