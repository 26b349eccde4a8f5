"""FireLens' generator for Fluent Bit: from what ECS hands over to a configuration.

The layout, odd blanks included, is that of the generator in the ECS agent.
https://github.com/aws/amazon-ecs-agent/tree/master/agent/taskresource/firelens
"""

from __future__ import annotations

from fargate_lint.launch.sections import Entry, Include, Section
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.launch.sections import Item, Origin

INCLUDE_PATTERN = "include-pattern"
EXCLUDE_PATTERN = "exclude-pattern"
PATTERNS = frozenset({INCLUDE_PATTERN, EXCLUDE_PATTERN})
SOCKET = "/var/run/fluent.sock"
#: Where the forward input listens, by network mode; in other modes there is only the socket.
ADDRESSES = {"awsvpc": "127.0.0.1", "bridge": "0.0.0.0"}  # noqa: S104  (FireLens' choice, not ours)
HEALTH_TAG = "firelens-healthcheck"
DEFAULT_LIMIT = 25


class Refusal(Exception):
    """FireLens generates nothing: `text` is what it says, `origin` the place that it means."""

    def __init__(self, text: str, origin: Origin) -> None:
        super().__init__(text)
        self.text = text
        self.origin = origin


class Source:
    """A container whose logs come in: its name and its options, each with its origin."""

    __slots__ = ("name", "options", "origin")

    def __init__(self, name: str | Unknown, origin: Origin) -> None:
        self.name = name
        self.origin = origin
        self.options: dict[str, tuple[str | Unknown, Origin]] = {}

    def name_in(self, pattern: str) -> str | Unknown:
        """A pattern with `{}` replaced by the name."""
        if isinstance(self.name, Unknown):
            return Unknown(pattern.replace("{}", self.name.text))
        return pattern.replace("{}", self.name)

    def outputs(self, key: str) -> list[tuple[str, str | Unknown, Origin]]:
        """The options for the output plug-in, sorted; empty when there is to be no output.

        Raises Refusal when there are options but none that names the plug-in.
        """
        rest = sorted(name for name in self.options if name not in PATTERNS and name != key)
        if key in self.options:
            return [(name, *self.options[name]) for name in (key, *rest)]
        if rest:
            kind = "fluentbit" if key == "Name" else "fluentd"
            raise Refusal(
                f"unable to apply log options of container {text_of(self.name)} to firelens "
                f"config: missing output key {key} which is required for firelens configuration "
                f"of type {kind}",
                self.origin,
            )
        return []


class Plan:
    """All that a configuration is made from.

    `limit` is the router's memory in MiB (None: an agent that writes no Mem_Buf_Limit), `metadata`
    the fields for each record, `include` the path of the external configuration, None without one.
    """

    __slots__ = ("include", "limit", "metadata", "network_mode", "origin", "sources")

    def __init__(self, network_mode: str, origin: Origin) -> None:
        self.network_mode = network_mode
        self.origin = origin
        self.limit: tuple[int | Unknown, Origin] | None = None
        self.metadata: list[tuple[str, str | Unknown]] = []
        self.include: tuple[str | Unknown, Origin] | None = None
        self.sources: list[Source] = []


def generate(plan: Plan) -> list[Item]:
    """The sections of the configuration. Raises Refusal."""
    outputs = [section for source in plan.sources for section in _output(source)]
    return [*_inputs(plan), *_filters(plan), *_included(plan), *_health(plan), *outputs]


def _inputs(plan: Plan) -> Iterator[Section]:
    origin = plan.origin
    socket = Section("INPUT", [Entry("Name", "forward", origin)], origin)
    if plan.limit is not None:
        socket.entries.append(Entry("Mem_Buf_Limit", buffer_limit(plan.limit[0]), plan.limit[1]))
    socket.entries.append(Entry("unix_path", SOCKET, origin))
    yield socket
    address = ADDRESSES.get(plan.network_mode)
    if address is None:
        return
    yield _constant("INPUT", origin, ("Name", "forward"), ("Listen", address), ("Port", "24224"))
    yield _constant(
        "INPUT",
        origin,
        ("Name", "tcp"),
        ("Tag", HEALTH_TAG),
        ("Listen", "127.0.0.1"),
        ("Port", "8877"),
    )


def _filters(plan: Plan) -> Iterator[Section]:
    for key, gap in ((INCLUDE_PATTERN, "  "), (EXCLUDE_PATTERN, " ")):
        for source in plan.sources:
            if key in source.options:
                pattern, origin = source.options[key]
                entries = [
                    Entry("Name", "grep", origin, "   "),
                    Entry("Match", source.name_in("{}-firelens*"), origin),
                    Entry(
                        "Regex" if key == INCLUDE_PATTERN else "Exclude",
                        _joined("log ", pattern),
                        origin,
                        gap,
                    ),
                ]
                yield Section("FILTER", entries, origin)
    if plan.metadata:
        records = _constant("FILTER", plan.origin, ("Name", "record_modifier"), ("Match", "*"))
        for field, value in plan.metadata:
            records.entries.append(Entry("Record", _joined(f"{field} ", value), plan.origin))
        yield records


def _included(plan: Plan) -> Iterator[Include]:
    if plan.include is not None:
        yield Include(*plan.include)


def _health(plan: Plan) -> Iterator[Section]:
    if plan.network_mode in ADDRESSES:
        yield _constant("OUTPUT", plan.origin, ("Name", "null"), ("Match", HEALTH_TAG))


def _output(source: Source) -> Iterator[Section]:
    entries = [Entry(*option) for option in source.outputs("Name")]
    if entries:
        entries.insert(1, Entry("Match", source.name_in("{}-firelens*"), source.origin))
        yield Section("OUTPUT", entries, source.origin)


def _joined(start: str, value: str | Unknown) -> str | Unknown:
    return Unknown(start + value.text) if isinstance(value, Unknown) else start + value


def _constant(name: str, origin: Origin, *pairs: tuple[str, str]) -> Section:
    return Section(name, [Entry(key, value, origin) for key, value in pairs], origin)


def buffer_limit(memory: int | Unknown) -> str | Unknown:
    """Half of the router's memory (MiB), or 25 when that is nothing."""
    if isinstance(memory, Unknown):
        return Unknown("<half-of-memory>MB")
    half = memory // 2
    return f"{half if half > 0 else DEFAULT_LIMIT}MB"
