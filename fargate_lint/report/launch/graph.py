"""The pipeline as a graph: containers, tags, filters in their order, outputs."""

from __future__ import annotations

from fargate_lint.report.launch.routes import Names, lanes, listening, target, unreached
from fargate_lint.report.terminal import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fargate_lint.launch.pipeline import Pipeline
    from fargate_lint.report.launch.masking import OpenMask

# Shapes of Mermaid and of Graphviz, and what marks a node out.
SHAPES = {
    "container": ('["', '"]', "box"),
    "input": ('[/"', '"/]', "parallelogram"),
    "tag": ('(["', '"])', "ellipse"),
    "filter": ('{{"', '"}}', "hexagon"),
    "output": ('[("', '")]', "cylinder"),
    "lost": ('(("', '"))', "circle"),
    "unknown": ('>"', '"]', "note"),
}
DASHED = "stroke-dasharray: 5 5"
LOST = "stroke: #c00, color: #c00"


class Node:
    """A node: its id, what it is, and the lines of its label. `dashed`: nothing reaches it."""

    __slots__ = ("dashed", "id", "kind", "label")

    def __init__(self, id: str, kind: str, label: Iterable[str], *, dashed: bool = False) -> None:  # noqa: A002  (the word for it)
        self.id = id
        self.kind = kind
        self.label = [escape(line) for line in label if line]
        self.dashed = dashed


class Graph:
    """Nodes, and edges from id to id, each with whether it is sure."""

    __slots__ = ("edges", "nodes")

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.edges: dict[tuple[str, str], bool] = {}

    def node(self, id: str, kind: str, *label: str, dashed: bool = False) -> str:  # noqa: A002  (the word for it)
        """Add a node, unless it is there; its id."""
        self.nodes.setdefault(id, Node(id, kind, label, dashed=dashed))
        return id

    def edge(self, start: str, end: str, *, sure: bool = True) -> None:
        """Add an edge, unless it is there."""
        self.edges.setdefault((start, end), sure)


def graph(pipeline: Pipeline, mask: OpenMask, prefix: str = "") -> Graph:
    """The graph of a pipeline; ids begin with `prefix`.

    Filters stand once in each lane, so that it can be told which outputs a tag reaches.
    """
    found = Graph()
    names = Names(pipeline)
    emitters: dict[str, list[str]] = {}
    for number, lane in enumerate(lanes(pipeline)):
        ids = [f"{prefix}f{number}_{at}" for at in lane.filters]
        tags = []
        for place, (tag, (kind, name)) in enumerate(zip(lane.tags, lane.sources, strict=True)):
            starts = emitters.get(name, [])
            if kind != "filter":
                address = listening(pipeline, name) if kind == "input" else ""
                starts = [found.node(f"{prefix}c{number}_{place}", kind, name, address)]
            tags.append(found.node(f"{prefix}t{number}_{place}", "tag", tag))
            for start in starts:
                found.edge(start, tags[-1])
        last = tags
        for id_, at in zip(ids, lane.filters, strict=True):
            found.node(id_, "filter", names.filters[at])
            emitters.setdefault(names.filters[at], []).append(id_)
            for start in last:
                found.edge(start, id_, sure=at not in lane.unsure_filters)
            last = [id_]
        for at in lane.outputs:
            end = _output(found, pipeline, names, at, mask, prefix)
            for start in last:
                found.edge(start, end, sure=at not in lane.unsure_outputs)
        if not lane.outputs:
            why = "" if lane.listened else "no input takes them"
            for start in last:
                found.edge(start, found.node(f"{prefix}lost", "lost", "lost", why))
    for at in unreached(pipeline):
        _output(found, pipeline, names, at, mask, prefix, dashed=True)
    for at, (path, _) in enumerate(pipeline.unseen):
        found.node(f"{prefix}u{at}", "unknown", f"not known: what {path} holds")
    return found


def _output(
    found: Graph, pipeline: Pipeline, names: Names, at: int, mask: OpenMask, prefix: str,
    *, dashed: bool = False,
) -> str:  # fmt: skip
    where = mask.text(target(pipeline.outputs[at]))
    return found.node(f"{prefix}o{at}", "output", names.outputs[at], where, dashed=dashed)


def mermaid(graphs: Iterable[tuple[str, Graph]]) -> str:
    """The graphs as one flowchart of Mermaid's, each with a title in a box of its own.

    https://mermaid.js.org/syntax/flowchart.html
    """
    lines = ["flowchart LR"]
    dashed: list[str] = []
    lost: list[str] = []
    for number, (title, found) in enumerate(graphs):
        indent = "    "
        if title:
            lines.append(f'    subgraph task{number}["{_entities(escape(title))}"]')
            indent *= 2
        for node in found.nodes.values():
            before, after, _ = SHAPES[node.kind]
            label = "<br>".join(_entities(line) for line in node.label)
            lines.append(f"{indent}{node.id}{before}{label}{after}")
            dashed += [node.id] * (node.dashed or node.kind == "unknown")
            lost += [node.id] * (node.kind == "lost")
        for (start, end), sure in found.edges.items():
            arrow = "-->" if sure else "-.->|not known|"
            lines.append(f"{indent}{start} {arrow} {end}")
        if title:
            lines.append("    end")
    lines += [f"    style {id_} {DASHED}" for id_ in dashed]
    lines += [f"    style {id_} {LOST}" for id_ in lost]
    return "\n".join(lines) + "\n"


def _entities(text: str) -> str:
    """Text in a label of Mermaid's, in which `#` begins a character's name."""
    names = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "`": "#96;"}
    return "".join(names.get(character, character) for character in text)


def dot(graphs: Iterable[tuple[str, Graph]]) -> str:
    """The graphs as one for Graphviz, each with a title in a box of its own.

    https://graphviz.org/doc/info/lang.html
    """
    lines = ["digraph pipeline {", "    rankdir=LR;"]
    for number, (title, found) in enumerate(graphs):
        indent = "    "
        if title:
            lines += [
                f"    subgraph cluster_{number} {{",
                f"        label={_quoted([escape(title)])};",
            ]
            indent *= 2
        for node in found.nodes.values():
            options = [f"label={_quoted(node.label)}", f"shape={SHAPES[node.kind][2]}"]
            options += ["style=dashed"] * (node.dashed or node.kind == "unknown")
            options += ["color=red"] * (node.kind == "lost")
            lines.append(f"{indent}{node.id} [{', '.join(options)}];")
        for (start, end), sure in found.edges.items():
            unsure = "" if sure else ' [style=dotted, label="not known"]'
            lines.append(f"{indent}{start} -> {end}{unsure};")
        if title:
            lines.append("    }")
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(lines: Iterable[str]) -> str:
    quoted = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(quoted) + '"'


#: How a format writes graphs.
WRITERS: dict[str, Callable[[Iterable[tuple[str, Graph]]], str]] = {"mermaid": mermaid, "dot": dot}
