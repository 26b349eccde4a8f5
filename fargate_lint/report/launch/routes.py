"""Who reaches whom in a pipeline, in the names that Fluent Bit's log has for its parts."""

from __future__ import annotations

from fargate_lint.launch import routing
from fargate_lint.launch.accessor import Accessor
from fargate_lint.launch.filters.options import tokens
from fargate_lint.launch.pipeline import SOME_TASK_ID, Flow
from fargate_lint.launch.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.launch.pipeline import Pipeline
    from fargate_lint.launch.sections import Section

TASK_ID = "<task-id>"
# New tags that are followed; those of filters that feed each other never end.
REWRITTEN_LIMIT = 20
# What can be told of a tag before there is a record.
STATIC = frozenset({"tag", "tag part", "text"})
# Options that say where an output delivers, the first of them that it has.
TARGETS = (
    "log_group_name", "delivery_stream", "stream", "bucket", "topics", "index", "file", "path",
)  # fmt: skip


class Names:
    """The names of a pipeline's instances, such as `syslog.0`, by their indices."""

    __slots__ = ("filters", "inputs", "outputs")

    def __init__(self, pipeline: Pipeline) -> None:
        self.inputs = routing.instance_names(pipeline.inputs)
        self.filters = routing.instance_names(pipeline.filters)
        self.outputs = routing.instance_names(pipeline.outputs)


class Lane:
    """Records that take the same route: what they come from, their tags, and the way they go.

    `sources` are pairs of a kind (`container`, `input`, `filter`) and a name, each with its tag in
    `tags`. Filters and outputs are indices; those in `unsure` may or may not be passed.
    """

    __slots__ = ("filters", "listened", "outputs", "sources", "tags", "unsure_filters",
                 "unsure_outputs")  # fmt: skip

    def __init__(self, flow: Flow) -> None:
        route = flow.route
        self.sources: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.listened = flow.listened
        self.unsure_filters = route.unsure_filters
        self.unsure_outputs = route.unsure_outputs
        self.filters = sorted([*route.filters, *route.unsure_filters])
        self.outputs = sorted([*route.outputs, *route.unsure_outputs])


def lanes(pipeline: Pipeline) -> list[Lane]:
    """The lanes of a pipeline: containers first, then inputs, then what filters send anew."""
    names = Names(pipeline)
    found: dict[tuple[object, ...], Lane] = {}
    for kind, name, flow in _flows(pipeline, names):
        route = flow.route
        key = (flow.listened, kind == "filter", tuple(map(tuple, route[1:])))
        lane = found.setdefault(key, Lane(flow))
        lane.sources.append((kind, name))
        lane.tags.append(shown_tag(flow.tag))
    return list(found.values())


def shown_tag(tag: str) -> str:
    """A tag, with a placeholder for a task id that was only made up."""
    return tag.replace(SOME_TASK_ID, TASK_ID)


def _flows(pipeline: Pipeline, names: Names) -> Iterator[tuple[str, str, Flow]]:
    waiting = [
        ("container", flow.container.name if flow.container else "", flow)
        for flow in pipeline.flows()
    ]
    waiting += [("input", names.inputs[flow.input or 0], flow) for flow in pipeline.other_flows()]
    seen = set()
    rewritten = 0
    for kind, name, flow in waiting:
        yield kind, name, flow
        for at in flow.route.filters:
            section = pipeline.expanded([pipeline.filters[at]])[0]
            for tag in new_tags(section, flow.tag):
                if tag is None or (at, tag) in seen or rewritten == REWRITTEN_LIMIT:
                    continue
                seen.add((at, tag))
                rewritten += 1
                waiting.append(
                    ("filter", names.filters[at], Flow(None, tag, pipeline.route(tag), 0))
                )


def new_tags(section: Section, tag: str) -> Iterator[str | None]:
    """The tags under which a filter sends records anew; None for one that a record decides."""
    if routing.name_of(section) != "rewrite_tag":
        return
    for entry in section.all("rule"):
        words = tokens(entry.text, 4)
        if len(words) < 4 or not isinstance(entry.value, str):
            yield None
            continue
        accessor = Accessor(words[2])
        static = accessor.valid and all(part[0] in STATIC for part in accessor.parts)
        yield accessor.compose(Record(), tag) if static else None


def unreached(pipeline: Pipeline) -> list[int]:
    """The outputs that no input's records reach, nor those of a container's log driver.

    Empty while something of the pipeline is out of sight, or tags are only known with a record.
    """
    own = sum(routing.name_of(section) != "forward" for section in pipeline.inputs)
    if (
        not pipeline.complete
        or len(pipeline.other_flows()) < own
        or any(None in list(new_tags(section, "")) for section in pipeline.filters)
    ):
        return []
    reached = {at for lane in lanes(pipeline) for at in lane.outputs}
    return [at for at in range(len(pipeline.outputs)) if at not in reached]


def target(section: Section) -> str:
    """Where an output delivers, in a few words; "" when its options don't say."""
    for key in TARGETS:
        entry = section.last(key)
        if entry is not None:
            return entry.text
    host, port, mode = (section.last(key) for key in ("host", "port", "mode"))
    if host is None and port is None:
        return ""
    address = ":".join(entry.text for entry in (host, port) if entry is not None)
    return f"{address} {mode.text}" if mode is not None else address


def listening(pipeline: Pipeline, name: str) -> str:
    """Where an input listens, "" when its options don't say."""
    section = pipeline.inputs[Names(pipeline).inputs.index(name)]
    found = (section.last("listen"), section.last("port"))
    return ":".join(entry.text for entry in found if entry is not None)


def outline(pipeline: Pipeline) -> Iterator[str]:
    """Each lane on a line: what it comes from, its filters, its outputs."""
    names = Names(pipeline)
    for lane in lanes(pipeline):
        sources = ", ".join(name for _, name in lane.sources)
        steps = [_named(names.filters, at, lane.unsure_filters) for at in lane.filters]
        ends = [_named(names.outputs, at, lane.unsure_outputs) for at in lane.outputs]
        lost = "nothing" if lane.listened else "nothing: no input takes its records"
        yield " -> ".join([sources, *steps, ", ".join(ends) or lost])
    for at in unreached(pipeline):
        yield f"nothing reaches {names.outputs[at]}"


def _named(names: list[str], at: int, unsure: list[int]) -> str:
    return f"{names[at]} (not known)" if at in unsure else names[at]
