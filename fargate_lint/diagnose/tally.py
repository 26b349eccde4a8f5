"""What a log adds up to: how often each thing was said, and what became of each delivery."""

from __future__ import annotations

from fargate_lint.diagnose.delivery import Deliveries
from fargate_lint.diagnose.moments import moment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.diagnose.evidence import Line
    from fargate_lint.diagnose.signatures import Signature, Signatures

#: Parts of a line that differ each time it is said.
PASSING = frozenset({"chunk", "task", "secs", "fd", "n", "have", "max", "msg", "text", "all", "id"})
#: Different things of one kind that are told apart, and lines of each that are kept.
VARIANTS = 100
KEPT = 3
#: Roles of lines that are only counted.
COUNTED = frozenset({"healthy", "noise", "transient"})
STREAMS = 1_000
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
        #: Who speaks in each stream, as its lines show: `router`, `agent`.
        self.streams: dict[str, set[str]] = {}
        self._variants: dict[str, int] = {}

    def read(self, lines: Iterable[Line]) -> None:
        """Take in lines."""
        find = self.signatures.find
        for line in lines:
            self.lines += 1
            found = find(line.text)
            if found:
                self._take(line, found)

    def _take(self, line: Line, found: tuple[Signature, ...]) -> None:
        # What ECS says may quote what AWS says to it.
        told = next((one for one in found if one.role == "ecs"), None)
        if told is not None:
            self._see(told, line, {}, None)
            return
        if len(self.streams) < STREAMS:
            speakers = self.streams.setdefault(line.stream, set())
            speakers.add("agent" if found[0].role == "agent" else "router")
        at: float | None = None
        for one in found:
            if one.role in COUNTED:
                self._count(one, line)
                if one.id == "banner" and (one.id, "version") not in self.sightings:
                    self._see(one, line, _groups(one, line.text), None, ("version",))
                continue
            if at is None:
                at = moment(line)
            groups = _groups(one, line.text)
            self._see(one, line, groups, at)
            if one.role in TYPES_OF_ANSWERS:
                self.deliveries.see(one, groups, line.text, at, self.lines)

    def _count(self, one: Signature, line: Line) -> None:
        sighting = self.sightings.get((one.id,))
        if sighting is None:
            sighting = self.sightings[one.id,] = Sighting(one, {}, line, self.lines)
        sighting.count += 1

    def _see(
        self,
        one: Signature,
        line: Line,
        groups: dict[str, str],
        at: float | None,
        kind: tuple[str, ...] | None = None,
    ) -> None:
        if kind is None:
            kind = tuple(value for name, value in groups.items() if name not in PASSING)
        sighting = self.sightings.get((one.id, *kind))
        if sighting is None:
            count = self._variants.get(one.id, 0)
            self._variants[one.id] = count + 1
            if count >= VARIANTS:
                return
            sighting = self.sightings[one.id, *kind] = Sighting(one, groups, line, self.lines)
        sighting.see(line, at)

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


def _groups(one: Signature, text: str) -> dict[str, str]:
    match = one.search(text)
    return {name: value for name, value in match.groupdict().items() if value} if match else {}
