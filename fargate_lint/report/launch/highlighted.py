"""The stages of launches on a terminal: a configuration in colours, and the routes as a tree."""

from __future__ import annotations

import re

from rich.text import Text
from rich.tree import Tree

from fargate_lint.launch.rewriting import PHYSICAL
from fargate_lint.report.launch.routes import Names, lanes, listening, target, unreached
from fargate_lint.report.page import console
from fargate_lint.report.terminal import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from fargate_lint.launch.pipeline import Pipeline
    from fargate_lint.launch.sections import Section
    from fargate_lint.report.launch.masking import OpenMask
    from fargate_lint.report.launch.view import View
    from fargate_lint.report.terminal import Terminal

LINE = re.compile(
    r"(?P<comment>[ \t]*#.*)|(?P<header>\[[^\]]*\].*)|(?P<directive>@\S+)(?P<argument>.*)"
    r"|(?P<indent>[ \t]*)(?P<key>\S+)(?P<value>.*)"
)
STYLES = {
    "header": "bold bright_blue",
    "directive": "bold bright_magenta",
    "argument": "bright_cyan",
    "key": "bright_cyan",
    "comment": "dim",
}
UNKNOWN = "yellow"
FLAG = re.compile(r"(?<!\S)--?[A-Za-z][\w-]*")


def show(views: Sequence[View], terminal: Terminal, stream: TextIO) -> None:
    """Print each launch's stage, and the tree of its routes where the whole way is asked for."""
    out = console(terminal, stream)
    for at, view in enumerate(views):
        if at:
            out.print()
        if len(views) > 1:
            out.print(Text(escape(view.title), "bold underline"))
        painted = _command(view.text()) if view.wanted == "argv" else configuration(view.text())
        out.print(painted, soft_wrap=True, end="")
        pipeline = view.launch.pipeline
        if view.reached and view.wanted in {"final", "pipeline"} and pipeline is not None:
            out.print()
            out.print(tree(pipeline, view.mask))


def configuration(text: str) -> Text:
    """A configuration in colours."""
    painted = Text()
    for line in PHYSICAL.findall(text):
        body = line.rstrip("\r\n")
        found = LINE.fullmatch(body)
        if found is None:
            painted.append(line)
            continue
        for name, part in found.groupdict().items():
            if part:
                unknown = name == "comment" and part.lstrip().startswith("# not known")
                painted.append(part, UNKNOWN if unknown else STYLES.get(name, ""))
        painted.append(line[len(body) :])
    return painted


def _command(text: str) -> Text:
    painted = Text(text)
    painted.highlight_regex(FLAG, "bright_cyan")
    return painted


def tree(pipeline: Pipeline, mask: OpenMask) -> Tree:
    """Who reaches whom: a branch for each lane, with its filters and its outputs."""
    names = Names(pipeline)
    version = f"Fluent Bit {pipeline.version}" + ("" if pipeline.sure else " (not known)")
    root = Tree(Text(version, "bold"), guide_style="bright_blue")
    for lane in lanes(pipeline):
        head = Text()
        for (kind, name), tag in zip(lane.sources, lane.tags, strict=True):
            head.append("\n" if head else "").append(escape(name), "bold")
            address = listening(pipeline, name) if kind == "input" else ""
            head.append(f"  {escape(address)}" if address else "")
            head.append(f"  {escape(tag)}", "dim")
        branch = root.add(head)
        for at in lane.filters:
            label = _label(names.filters[at], "filter", at in lane.unsure_filters)
            branch.add(label.append(_rest(pipeline.filters[at], mask), "dim"))
        for at in lane.outputs:
            label = _label(names.outputs[at], "output", at in lane.unsure_outputs)
            branch.add(label.append(_where(pipeline.outputs[at], mask), "dim"))
        if not lane.outputs:
            why = "reaches no output" if lane.listened else "no input takes what it sends"
            branch.add(Text(why, "bold bright_red"))
    _loose_ends(root, pipeline, names.outputs)
    return root


def _loose_ends(root: Tree, pipeline: Pipeline, outputs: Sequence[str]) -> None:
    for at in unreached(pipeline):
        label = _label(outputs[at], "output", unsure=False)
        root.add(label.append("  nothing reaches it", "bright_yellow"))
    for path, _ in pipeline.unseen:
        root.add(Text(escape(f"not known: what {path} holds"), UNKNOWN))


def _label(name: str, kind: str, unsure: bool) -> Text:
    style = "bright_magenta" if kind == "filter" else "bright_green"
    label = Text.assemble((f"{kind} ", "dim"), (escape(name), style))
    return label.append(" (not known whether)", UNKNOWN) if unsure else label


def _rest(section: Section, mask: OpenMask) -> str:
    """What a filter does, in a few words."""
    options: Iterable[str] = (
        f"{entry.key} {mask.value(entry.key, entry.text)}"
        for entry in section.entries
        if entry.key.lower() not in {"name", "match", "match_regex"}
    )
    text = escape(", ".join(options))
    return f"  {text}" if text else ""


def _where(section: Section, mask: OpenMask) -> str:
    text = escape(mask.text(target(section)))
    return f"  {text}" if text else ""
