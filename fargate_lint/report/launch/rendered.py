"""The stages of a launch as JSON, for programs: version 1 of the contract."""

from __future__ import annotations

from fargate_lint.launch import stages
from fargate_lint.launch.rewriting import read
from fargate_lint.launch.sections import Include
from fargate_lint.launch.stages import Stage
from fargate_lint.report.launch.origin import Origins
from fargate_lint.report.launch.routes import Names, shown_tag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from fargate_lint.launch.arguments import Arguments, Pair
    from fargate_lint.launch.launch import Launch
    from fargate_lint.launch.pipeline import Flow
    from fargate_lint.launch.sections import Item, Section
    from fargate_lint.report.launch.masking import OpenMask

VERSION = 1


class Rendered:
    """One launch as plain values."""

    def __init__(self, launch: Launch, mask: OpenMask) -> None:
        self.launch = launch
        self.mask = mask
        self.origins = Origins(launch)

    def plain(self) -> dict[str, Any]:
        """`{"task", "firelens", "launcher", "final", "pipeline"}`."""
        final = stages.final(self.launch)
        return {
            "task": self.launch.task.family or None,
            "firelens": self._firelens(),
            "launcher": self._launcher(),
            "final": self._final(final),
            "pipeline": self._pipeline(final),
        }

    def _firelens(self) -> dict[str, Any]:
        stage = stages.firelens(self.launch)
        made = self.launch.generated
        items = made.items if made is not None and stage.lines is not None else []
        return self._stage(stage, {"sections": [self._section(item) for item in items]})

    def _launcher(self) -> dict[str, Any]:
        """The launcher's part; null in each place when it isn't started."""
        stage = stages.launcher(self.launch)
        arguments = self.launch.arguments
        if stage is None or arguments is None:
            return self._stage(Stage("the launcher"), {"argv": None, "arguments": None})
        argv = None if stage.blocker else self._argv()
        return self._stage(stage, {"argv": argv, "arguments": self._arguments(arguments)})

    def _final(self, stage: Stage) -> dict[str, Any]:
        sections = [self._section(item) for item in read(stage.lines or [])]
        argv = None if stage.after is not None else self._argv()
        return self._stage(stage, {"sections": sections, "argv": argv})

    def _stage(self, stage: Stage, more: dict[str, Any]) -> dict[str, Any]:
        """What all stages have, and more of this one."""
        text = stage.text
        found: dict[str, Any] = {
            "text": None if text is None else self.mask.file(text),
            **more,
            "error": self.mask.text(stage.error) if stage.error else None,
            "unknown": [
                {
                    "what": self.mask.text(gap.what),
                    "remedy": gap.remedy or None,
                    "origin": self.origins.plain(gap.origin),
                }
                for gap in dict.fromkeys(stage.gaps)
            ],
        }
        return found

    def _argv(self) -> list[str] | None:
        words = self.launch.argv
        return self.mask.words(word for word, _ in words) if words else None

    def _arguments(self, arguments: Arguments) -> dict[str, Any]:
        """The launcher's own arguments, as it reads them."""
        return {
            "words": self.mask.words(arguments.words),
            "run_path": self.mask.words([arguments.run_path.value])[0],
            "in_config": self.mask.words([arguments.in_config.value])[0],
            "out_config": self.mask.words([arguments.out_config.value])[0],
            "input": self._pairs(arguments.inputs),
            "filter": self._pairs(arguments.filters),
            "output": self._pairs(arguments.outputs),
            "service": self._pairs(arguments.services),
            "fluent_bit": self.mask.words(word for _, word in arguments.fluent_bit),
        }

    def _pairs(self, pairs: Iterable[Pair]) -> list[list[str]]:
        return [self.mask.words([pair.key, pair.value]) for pair in pairs]

    def _section(self, item: Item) -> dict[str, Any]:
        if isinstance(item, Include):
            origin = self.origins.plain(item.origin)
            entry = {"key": "path", "value": self.mask.text(item.text), "origin": origin}
            return {"name": "@INCLUDE", "entries": [entry]}
        return {
            "name": item.name,
            "entries": [
                {
                    "key": entry.key,
                    "value": self.mask.value(entry.key, entry.text),
                    "origin": self.origins.plain(entry.origin),
                }
                for entry in item.entries
            ],
        }

    def _pipeline(self, final: Stage) -> dict[str, Any]:
        """The pipeline; null in each place when the launch never gets there."""
        pipeline = self.launch.pipeline
        if final.after is not None or pipeline is None:
            kinds = ("fluent_bit", "service", "inputs", "filters", "outputs", "routes")
            return dict.fromkeys(kinds)
        names = Names(pipeline)
        return {
            "fluent_bit": pipeline.version if pipeline.sure else None,
            "service": self._section(pipeline.settings),
            "inputs": self._instances(pipeline.inputs, names.inputs),
            "filters": self._instances(pipeline.filters, names.filters),
            "outputs": self._instances(pipeline.outputs, names.outputs),
            "routes": [
                _route(flow, names) for flow in (*pipeline.flows(), *pipeline.other_flows())
            ],
            "complete": pipeline.complete,
        }  # fmt: skip

    def _instances(self, sections: Iterable[Section], names: list[str]) -> list[dict[str, Any]]:
        return [
            {"instance": name, **self._section(section)}
            for name, section in zip(names, sections, strict=True)
        ]


def _route(flow: Flow, names: Names) -> dict[str, Any]:
    route = flow.route
    found: dict[str, Any] = {
        "container": flow.container.name if flow.container is not None else None,
        "tag": shown_tag(flow.tag),
        "filters": [names.filters[at] for at in route.filters],
        "outputs": [names.outputs[at] for at in route.outputs],
        "input": names.inputs[flow.input] if flow.input is not None else None,
    }
    if route.unsure_filters or route.unsure_outputs:
        found["unknown"] = [
            *(names.filters[at] for at in route.unsure_filters),
            *(names.outputs[at] for at in route.unsure_outputs),
        ]
    return found
