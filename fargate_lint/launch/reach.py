"""Who reaches whom in a pipeline, and what is wrong with that: lost, doubled and circling records.

https://docs.fluentbit.io/manual/concepts/data-pipeline/router
"""

from __future__ import annotations

from fargate_lint.launch import routing
from fargate_lint.launch.generator import HEALTH_TAG, SOCKET
from fargate_lint.launch.plugins import suggest
from fargate_lint.launch.problem import Problem
from fargate_lint.launch.routing import Selector, name_of
from fargate_lint.launch.sections import Origin
from fargate_lint.launch.sidecars import FORWARD_PORT, LOCAL
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fargate_lint.ecs.task import Container
    from fargate_lint.launch.pipeline import Pipeline, Sender
    from fargate_lint.launch.sections import Entry, Section

# Inputs whose records all have the tag of their section.
STATIC = frozenset({
    "collectd", "cpu", "disk", "docker", "docker_events", "dummy", "exec", "head", "health", "kmsg",
    "mem", "netif", "proc", "random", "serial", "stdin", "tcp", "thermal", "udp",
})  # fmt: skip
# As variables of the environment are called; what templates replace is mostly called otherwise.
VARIABLE = lazily(r"\$\{([A-Z][A-Z0-9_]*)\}")
# Nobody has so many pairs of tags and outputs; to compare them all would take its time.
MOST_PAIRS = 100_000
#: What makes the destination of a plugin, with the default of each; `like` names the same plugin
#: under another name.
DESTINATIONS: dict[str, tuple[str, dict[str, str]]] = {
    "cloudwatch": ("cloudwatch_logs", {
        "region": "", "log_group_name": "", "log_stream_name": "", "log_stream_prefix": "",
    }),
    "cloudwatch_logs": ("cloudwatch_logs", {
        "region": "", "log_group_name": "", "log_stream_name": "", "log_stream_prefix": "",
    }),
    "firehose": ("kinesis_firehose", {"region": "", "delivery_stream": ""}),
    "kinesis": ("kinesis_streams", {"region": "", "stream": ""}),
    "kinesis_firehose": ("kinesis_firehose", {"region": "", "delivery_stream": ""}),
    "kinesis_streams": ("kinesis_streams", {"region": "", "stream": ""}),
    "syslog": ("syslog", {"host": "127.0.0.1", "port": "514"}),
}  # fmt: skip
#: Keys that say how records are sent, not where to.
MANNER = frozenset({
    "alias", "log_level", "match", "match_regex", "name", "retry_limit", "workers",
    "storage.total_limit_size",
})  # fmt: skip
#: Where records end on purpose.
NOWHERE = frozenset({"counter", "exit", "flowcounter", "null"})


def review_alone(pipeline: Pipeline) -> list[Problem]:
    """What is wrong with the ways of records in a file that stands alone."""
    return [*_unmatched_alone(pipeline), *_repeated_inputs(pipeline)]


def review(
    pipeline: Pipeline, router: Container | None, *, certain: bool, closed: bool
) -> list[Problem]:
    """What is wrong with the ways of records through a task's `router`.

    `certain` says that all is known which FireLens writes, `closed` that no container is out of
    sight.
    """
    outputs = [_Output(section, pipeline) for section in pipeline.outputs]
    senders = _senders(pipeline, router)
    found: list[Problem] = []
    if len(senders) * len(outputs) > MOST_PAIRS:
        return found
    if pipeline.complete and certain:
        found += _unrouted(senders, outputs)
        if closed:
            found += _unmatched(pipeline, senders, outputs)
    if len(outputs) > 2:
        found += _doubled(senders, outputs)
    found += _circles(pipeline, outputs)
    found += _unset(pipeline)
    return found


class _Output:
    """An output, or a filter, with what it takes."""

    __slots__ = ("_pattern", "_selector", "match", "name", "section")

    def __init__(self, section: Section, pipeline: Pipeline) -> None:
        self.section = section
        self.name = ""
        self.match: Entry | None = None
        regex = False
        for entry in section.entries:
            key = entry.key.lower()
            if key == "match":
                self.match = entry
            elif key == "match_regex":
                regex = True
            elif key == "name" and not self.name and isinstance(entry.value, str):
                self.name = entry.value.lower().partition("://")[0]
        pattern = self.match.value if self.match is not None else None
        self._pattern = pattern if isinstance(pattern, str) else ""
        self._selector: Selector | None = None
        if regex or not self._pattern or "${" in self._pattern:
            self._selector = Selector(pipeline.expanded([section])[0], pipeline.version)

    def takes(self, tag: str) -> bool | None:
        """Whether records of this tag are taken; None when that cannot be known."""
        if self._selector is not None:
            return self._selector.takes(tag)
        return routing.match(self._pattern, tag)

    def text(self, key: str, default: str) -> str | None:
        """A value, None when it can't be known."""
        entry = self.section.last(key)
        if entry is None:
            return default
        return entry.value if isinstance(entry.value, str) and "${" not in entry.value else None

    def destination(self) -> tuple[str, ...] | None:
        """What is the same for outputs that send to the same place; None when it isn't known."""
        if not self.name or self.name in NOWHERE:
            return None
        like, keys = DESTINATIONS.get(self.name, (self.name, {}))
        if not keys:
            own = (entry.key.lower() for entry in self.section.entries)
            keys = {key: "" for key in sorted(own) if key not in MANNER}
        values = [self.text(key, default) for key, default in keys.items()]
        if any(value is None for value in values):
            return None
        given = [value or "" for value in values]
        if self.name not in DESTINATIONS:
            given = [f"{key}={value}" for key, value in zip(keys, given, strict=True)]
        return (like, *given)


def _senders(pipeline: Pipeline, router: Container | None) -> list[Sender]:
    """The other containers that log to FireLens, each with the tag that its records get."""
    found = []
    for container, sent in pipeline.senders if pipeline.inputs else ():
        tag = routing.incoming_tag(pipeline.inputs[0], sent, pipeline.version)
        if tag is not None and container is not router:
            found.append((container, tag))
    return found


def _unrouted(senders: Sequence[Sender], outputs: Sequence[_Output]) -> Iterator[Problem]:
    for container, tag in senders:
        if any(output.takes(tag) is not False for output in outputs):
            continue
        if isinstance(container.get("logConfiguration", "options", "Name"), Unknown):
            continue
        yield Problem(
            "logs-unrouted", "loss", f"no output takes the logs of `{container.name}`",
            help=f"name an output plugin in its log options, or match `{container.name}-firelens*` "
            "or `*` in an output of your own",
            origin=Origin(container.lens.document.name, (*container.path, "logConfiguration")),
        )  # fmt: skip


def _unmatched(
    pipeline: Pipeline, senders: Sequence[Sender], outputs: Sequence[_Output]
) -> Iterator[Problem]:
    """Filters and outputs that are meant for a container, and match no tag that there is."""
    tags = [tag for _, tag in senders]
    for taker in (*outputs, *(_Output(section, pipeline) for section in pipeline.filters)):
        if any(taker.takes(tag) is not False for tag in (*tags, HEALTH_TAG)):
            continue
        entry, section = taker.match, taker.section
        if entry is None or not isinstance(entry.value, str) or not entry.value:
            continue
        if any(name_of(each) in routing.EMITTERS for each in pipeline.filters):
            return
        container = _meant(entry.value, senders)
        if container is None and "-firelens" not in entry.value.lower():
            continue
        if _others_match(pipeline, taker):
            continue
        listed = ", ".join(f"`{sender.name}-firelens-…`" for sender, _ in senders[:3])
        named = container.name if container is not None else ""
        yield Problem(
            "match-without-tag", "loss" if section.name.upper() == "OUTPUT" else "warning",
            f"`{entry.text}` matches no tag: the tags here are {listed}",
            help=f"write `{named}-firelens*`" if named else "match one of these, or `*`",
            section=section, entry=entry,
        )  # fmt: skip


def _meant(pattern: str, senders: Sequence[Sender]) -> Container | None:
    """The container whose name a pattern that matches nothing begins with or is."""
    lower = pattern.lower().strip("*")
    for container, _ in senders:
        name = container.name.lower()
        if lower and (name == lower or lower.startswith((f"{name}-", f"{name}."))):
            return container
    return None


def _others_match(pipeline: Pipeline, taker: _Output) -> bool:
    """Whether records may come whose tag is taken, from inputs that FireLens did not make."""
    for at, section in enumerate(pipeline.inputs):
        name = name_of(section)
        if name == "forward":
            continue
        entry = section.last("tag")
        tag = entry.value if entry is not None else f"{name}.{at}"
        if name not in STATIC or isinstance(tag, Unknown) or taker.takes(tag) is not False:
            return True
    return False


def _doubled(senders: Sequence[Sender], outputs: Sequence[_Output]) -> Iterator[Problem]:
    """Outputs that send the same records to the same place."""
    seen: dict[tuple[str, ...], _Output] = {}
    for output in outputs:
        destination = output.destination()
        if destination is None:
            continue
        first = seen.setdefault(destination, output)
        if first is output:
            continue
        for container, tag in senders:
            if first.takes(tag) and output.takes(tag):
                yield Problem(
                    "delivered-twice", "warning",
                    f"the logs of `{container.name}` reach the same destination of "
                    f"`{output.name}` twice",
                    help="remove one of the two outputs, or let their `Match` differ",
                    section=output.section,
                )  # fmt: skip
                break


def _circles(pipeline: Pipeline, outputs: Sequence[_Output]) -> Iterator[Problem]:
    """Outputs that send to an input of the same Fluent Bit."""
    for output in outputs:
        if output.name != "forward":
            continue
        socket = output.text("unix_path", "")
        host, port = output.text("host", "127.0.0.1"), output.text("port", str(FORWARD_PORT))
        own = socket == SOCKET or (
            socket == "" and host in LOCAL and port == str(FORWARD_PORT) and _listens(pipeline)
        )
        if not own or output.section.last("tag") is not None:
            continue
        yield Problem(
            "forward-loop", "loss",
            "the output `forward` sends to the log router itself: its records go round for ever",
            help="name the host that is meant with `Host`",
            section=output.section, entry=output.section.last("host"),
        )  # fmt: skip


def _unset(pipeline: Pipeline) -> Iterator[Problem]:
    """Variables that nothing sets, unless whatever deploys the task fills them in."""
    if not pipeline.variables.complete:
        return
    known = pipeline.variables.environment
    for section in pipeline.outputs:
        for entry in section.entries:
            if isinstance(entry.value, Unknown):
                for name in VARIABLE.findall(entry.value.text):
                    if name not in known:
                        yield Problem(
                            "undefined-variable", "note",
                            f"the log router has no variable `{name}`: to Fluent Bit it is empty",
                            said=f"[env] variable ${{{name}}} is used but not set",
                            help="set it in `environment` or `secrets` of the log router",
                            section=section, entry=entry,
                        )  # fmt: skip


def _listens(pipeline: Pipeline) -> bool:
    """Whether an input takes what is sent to the forward port of the task."""
    for section in pipeline.inputs:
        entry = section.last("port")
        port = entry.value if entry is not None else str(FORWARD_PORT)
        if (
            name_of(section) == "forward"
            and section.last("unix_path") is None
            and port == str(FORWARD_PORT)
        ):
            return True
    return False


def _unmatched_alone(pipeline: Pipeline) -> Iterator[Problem]:
    """Outputs of a file that stands alone, when all tags that there can be are in it."""
    streams = any(section.first("streams_file") for section in pipeline.service)
    emits = any(name_of(section) in routing.EMITTERS for section in pipeline.filters)
    if not pipeline.complete or streams or emits:
        return
    tags: list[str] = []
    for at, section in enumerate(pipeline.inputs):
        name, entry = name_of(section), section.last("tag")
        tag = entry.value if entry is not None else f"{name}.{at}"
        if name not in STATIC or not isinstance(tag, str) or "$" in tag or "*" in tag:
            return
        tags.append(tag)
    if len(tags) * len(pipeline.outputs) > MOST_PAIRS:
        return
    for section in pipeline.outputs:
        match = section.last("match")
        if match is None or isinstance(match.value, Unknown) or "$" in match.value:
            continue
        selector = Selector(section, pipeline.version)
        if all(selector.takes(tag) is False for tag in tags):
            listed = ", ".join(f"`{tag}`" for tag in tags[:3])
            near = suggest(match.value.strip("*"), tags)
            # Another tag altogether may come from an input on the command line.
            yield Problem(
                "match-without-tag", "warning" if near else "note",
                f"`{match.text}` matches no tag: the tags here are {listed}",
                help=f"did you mean `{near}`?" if near else "match one of these, or `*`",
                section=section, entry=match,
            )  # fmt: skip


def _repeated_inputs(pipeline: Pipeline) -> Iterator[Problem]:
    """Inputs that FireLens makes itself, in a file that is there to be included by it."""
    texts = [
        entry.text
        for section in (*pipeline.inputs, *pipeline.outputs, *pipeline.filters)
        for key in ("tag", "match")
        for entry in section.all(key)
    ]
    # A copy of all that FireLens writes is there to take its place.
    if HEALTH_TAG in texts or not any("-firelens" in text for text in texts):
        return
    for section in pipeline.inputs:
        if name_of(section) != "forward":
            continue
        path, port = section.last("unix_path"), section.last("port")
        own = path.value == SOCKET if path is not None else True
        if own and (path is not None or port is None or port.text == str(FORWARD_PORT)):
            where = SOCKET if path is not None else f"port {FORWARD_PORT}"
            yield Problem(
                "firelens-input-repeated", "warning",
                f"FireLens makes an input on {where} itself",
                help="remove this [INPUT] from a file that FireLens includes", section=section,
            )  # fmt: skip
