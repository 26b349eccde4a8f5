"""The tally of a log: how often each kind of line was seen, and the state of each delivery."""

from __future__ import annotations

from collections import deque

from fargate_lint.diagnose.delivery import Deliveries, output_of
from fargate_lint.diagnose.logs import Quiet
from fargate_lint.diagnose.moments import moment
from fargate_lint.diagnose.speakers import is_error, of_router

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.diagnose.logs import Line
    from fargate_lint.diagnose.signatures import Signature, Signatures

    #: What a line adds to: a sighting, the parts of the line, and the output that it is about.
    Step = tuple["Sighting", dict[str, str], str]

#: Named parts of a line that differ each time it is printed.
VARYING_PARTS = frozenset({
    "all", "chunk", "fd", "have", "id", "max", "msg", "n", "secs", "task", "text",
})  # fmt: skip
#: The most variants of one signature, and the most lines of each that are kept.
VARIANT_LIMIT = 100
LINES_KEPT = 3
#: What every error of the router has that has no signature (see `speakers.is_error`).
ERROR_MARK = "rror]"
#: What wrappings may have that is not the same, or means more, once they are removed.
CHANGING = ("\0", "\x1b", "\\", "33[", "1b[", "\u241b[", "|", "&gt;", "&quot;")
#: Roles of lines that are only counted.
COUNTED_ROLES = frozenset({"healthy", "noise", "transient"})
STREAM_LIMIT = 1_000
UNKNOWN_LIMIT = 20
#: Roles of lines that do not show who printed them.
ROLES_OF_ANYONE = frozenset({"client", "ecs", "exit"})
#: Roles of lines of which no two are equal.
UNIQUE_ROLES = frozenset({"healed", "lost", "retry"})
#: The most texts that are remembered.
TEXT_LIMIT = 5_000
#: Lines that are kept before and after a known one, for the first variants of a signature.
LINES_AROUND = 3
SURROUNDED_LIMIT = 8
NEAR_LIMIT = 20_000
#: Characters of such a line: no report shows more.
NEAR_LENGTH = 2_400
DELIVERY_ROLES = frozenset({"answer", "code", "detail", "healed", "lost", "network", "retry"})


class Sighting:
    """Lines that mean the same. `groups` are the named parts of the first one.

    `first` and `last` are times in seconds, None where no line has one; `order` is the number of
    lines up to the first.
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
        """Counts another line of the kind."""
        if self.count and len(self.lines) < LINES_KEPT:
            self.lines.append(line)
        self.count += 1
        if at is not None:
            if self.first is None or at < self.first:
                self.first = at
            if self.last is None or at > self.last:
                self.last = at


class Tally:
    """The sightings and deliveries of some logs."""

    def __init__(self, signatures: Signatures) -> None:
        self.signatures = signatures
        self.lines = 0
        self.sightings: dict[tuple[str, ...], Sighting] = {}
        self.deliveries = Deliveries()
        #: The first errors of the router that have no signature.
        self.unknown: list[Line] = []
        #: Who prints to each stream, or to a file without streams: `router`, `agent`.
        self.streams: dict[str, set[str]] = {}
        self._variants: dict[str, int] = {}
        self._texts: dict[str, list[Step]] = {}
        #: Where the named parts of a line stand, by its signature and its shape.
        self._parts: dict[tuple[str, bytes], list[tuple[str, int, int]]] = {}
        self._stream = ""
        #: Known lines and those around them, by their place among all lines.
        self.near: dict[int, Line] = {}
        self._before: deque[Line] = deque(maxlen=LINES_AROUND + 1)
        self._near_until = 0

    def add(self, lines: Iterable[Line | Quiet]) -> None:
        """Counts the lines of a file.

        Routers repeat themselves: the steps of a text are remembered, without the time in front.
        """
        find, shaped = self.signatures.find, self.signatures.shape
        known = self._texts
        self._before.clear()
        self._near_until = 0
        note = self._before.append
        for line in lines:
            if isinstance(line, Quiet):
                self._pass_over(line)
                continue
            self.lines += 1
            note(line)
            if self.lines <= self._near_until:
                self.near[self.lines] = _cut(line)
            text = _without_time(line.text)
            steps = known.get(text)
            if steps is None:
                shape = shaped(line.text)
                found = find(line.text, shape)
                if not found:
                    if ERROR_MARK in line.text:
                        self._pass(line)
                    continue
                steps = self._steps(line, found, shape)
                if not any(step[0].signature.role in UNIQUE_ROLES for step in steps):
                    if len(known) >= TEXT_LIMIT:
                        known.clear()
                    known[text] = steps
            self._take(line, steps)

    def is_quiet(self, text: str) -> bool:
        """Whether no line of a text matters, whatever its wrapping is."""
        return (
            not any(mark in text for mark in CHANGING)
            and (ERROR_MARK not in text or len(self.unknown) >= UNKNOWN_LIMIT)
            and not self.signatures.may_be_in(text)
        )

    def _pass_over(self, quiet: Quiet) -> None:
        """Counts lines of which none matters; those at the ends may be around one that does."""
        for place, line in enumerate(quiet.first, self.lines + 1):
            if place <= self._near_until:
                self.near[place] = _cut(line)
        self.lines += quiet.count
        self._before.extend(quiet.last)

    def _pass(self, line: Line) -> None:
        """Keeps an error of the router that has no signature."""
        if len(self.unknown) < UNKNOWN_LIMIT and is_error(line.text):
            self.unknown.append(line)

    def _steps(self, line: Line, found: tuple[Signature, ...], shape: bytes) -> list[Step]:
        """The sightings to count for a line, with the named parts of the line."""
        # A reason of ECS may quote an answer of AWS.
        reason = next((one for one in found if one.role == "ecs"), None)
        steps: list[Step | None] = []
        for one in found if reason is None else (reason,):
            if one.role in COUNTED_ROLES:
                if one.id == "banner":
                    groups = self._groups(one, line.text, shape)
                    if groups:
                        steps.append(self._step(one, groups, line, ("version",)))
                steps.append(self._step(one, {}, line, ()))
                continue
            groups = self._groups(one, line.text, shape) if reason is None else {}
            passing = VARYING_PARTS if one.id != "stopped" else ()
            kind = tuple(value for name, value in groups.items() if name not in passing)
            steps.append(self._step(one, groups, line, kind))
        return [step for step in steps if step is not None]

    def _groups(self, one: Signature, text: str, shape: bytes) -> dict[str, str]:
        """The named parts of a line. In lines that differ in digits alone, they stand alike."""
        if one.digits:
            return {name: text[start:end] for name, start, end in _parts(one, text)}
        key = one.id, shape
        parts = self._parts.get(key)
        if parts is None:
            if len(self._parts) >= TEXT_LIMIT:
                self._parts.clear()
            parts = self._parts[key] = _parts(one, text)
        return {name: text[start:end] for name, start, end in parts}

    def _step(
        self, one: Signature, groups: dict[str, str], line: Line, kind: tuple[str, ...]
    ) -> Step | None:
        """The sighting of a line, new if needed; None when its signature has too many variants."""
        sighting = self.sightings.get((one.id, *kind))
        if sighting is None:
            count = self._variants.get(one.id, 0)
            self._variants[one.id] = count + 1
            if count >= VARIANT_LIMIT:
                return None
            sighting = self.sightings[one.id, *kind] = Sighting(one, groups, line, self.lines)
            if count < SURROUNDED_LIMIT and one.role not in COUNTED_ROLES:
                self._surround()
        output = output_of(one, groups, line.text) if one.role in DELIVERY_ROLES else ""
        return sighting, groups, output

    def _surround(self) -> None:
        """Keeps the current line with those before and after it."""
        if len(self.near) >= NEAR_LIMIT:
            return
        first = self.lines - len(self._before) + 1
        for place, line in enumerate(self._before, first):
            self.near.setdefault(place, _cut(line))
        self._near_until = self.lines + LINES_AROUND

    def _take(self, line: Line, steps: list[Step]) -> None:
        if not steps:
            return
        stream = line.stream or line.file
        if stream != self._stream or not self.streams:
            self._stream = stream
            if len(self.streams) < STREAM_LIMIT:
                self.streams.setdefault(stream, set())
        first = steps[0][0].signature.role
        if first not in ROLES_OF_ANYONE and stream in self.streams:
            speaks = self.streams[stream]
            if first == "agent":
                speaks.add("agent")
            elif "router" not in speaks and of_router(line.text):
                speaks.add("router")
        at: float | None = None
        for sighting, groups, output in steps:
            one = sighting.signature
            if one.role in COUNTED_ROLES:
                sighting.count += 1
                continue
            if at is None:
                at = moment(line)
            sighting.see(line, at)
            if output:
                self.deliveries.see(
                    one, groups, output, line.text, self.lines if at is None else at
                )

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
        """The line after which Fluent Bit has started, None if it was not seen."""
        return next(iter(self.named("stream-started")), None)


def _without_time(text: str) -> str:
    """A line without the time that the router puts in front of it, on which no meaning depends."""
    if text.startswith("[20"):
        return text[text.find("]") :]
    if text.startswith('time="20'):
        return "time=" + text[8:].partition('"')[2]
    return text


def _cut(line: Line) -> Line:
    return line if len(line.text) <= NEAR_LENGTH else line._replace(text=line.text[:NEAR_LENGTH])


def _parts(one: Signature, text: str) -> list[tuple[str, int, int]]:
    """The names of the parts of a line that aren't empty, and where each stands."""
    match = one.search(text)
    if match is None:
        return []
    return [(name, *match.span(name)) for name, value in match.groupdict().items() if value]
