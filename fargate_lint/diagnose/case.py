"""Everything that is known about a ticket, in one place."""

from __future__ import annotations

import re

from fargate_lint.diagnose.evidence import Evidence
from fargate_lint.diagnose.masking import LogMask
from fargate_lint.ecs.image import Image
from fargate_lint.launch import concerns, simulate
from fargate_lint.launch.images import image_of, kind_of
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.finding import pointer
from fargate_lint.lint.mask.redact import mask_of
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fargate_lint.diagnose.logs import Line
    from fargate_lint.diagnose.tally import Tally
    from fargate_lint.diagnose.tasks import ContainerState, TaskState
    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.launch import Launch
    from fargate_lint.launch.problem import Problem
    from fargate_lint.launch.sections import Origin
    from fargate_lint.lint.finding import Finding
    from fargate_lint.source.document import Document, Path

AGENT_NAME = lazily(r"al[-_.]?agent|alert[-_.]?logic", re.IGNORECASE)
ROUTER_NAME = lazily(r"log[-_.]?router|fire[-_.]?lens|fluent", re.IGNORECASE)
# Containers that AWS adds to a task.
INJECTED_NAME = lazily(
    r"aws-guardduty-agent|ecs-service-connect|aws-otel|~internal~", re.IGNORECASE
)


class Case:
    """A ticket: task definitions with their findings, tasks, and the tally of the logs.

    `launches` are those of the definitions that have to do with FireLens, simulated with the
    version of Fluent Bit that the log names, if it names one.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        tasks: Iterable[Task],
        states: Sequence[TaskState],
        tally: Tally,
        findings: Sequence[Finding],
        includes: Mapping[str, tuple[str, str]],
        fluent_bit: str | None,
    ) -> None:
        self.documents = list(documents)
        self.states = list(states)
        self.tally = tally
        self.findings = list(findings)
        self.mask = LogMask(self.documents)
        self.tasks = list(tasks)
        self.version = fluent_bit or tally.version
        self.launches: list[Launch] = [
            simulate(task, fluent_bit=self.version or None, includes=includes)
            for task in self.tasks
            if concerns(task)
        ]

    @property
    def only_definitions(self) -> bool:
        """Whether only definitions were given: no lines and no tasks."""
        return not self.tally.lines and not self.states

    @property
    def ended(self) -> bool:
        """Whether a task is not running."""
        return any(not state.running for state in self.states)

    def container(self, name: str) -> Container | None:
        """The container of this name in the definitions, None if there is none."""
        for task in self.tasks:
            for container in task.containers:
                if container.name == name:
                    return container
        return None

    def role(self, state: ContainerState) -> str:
        """`agent`, `router`, `injected` or `application`, by the definition or else by names."""
        if INJECTED_NAME.search(state.name):
            return "injected"
        for task in self.tasks:
            who = sidecars(task)
            if who.router is not None and who.router.name == state.name:
                return "router"
            if who.agent is not None and who.agent.name == state.name:
                return "agent"
        known = self.container(state.name)
        kind = image_of(known).kind if known is not None else kind_of(Image(state.image))
        if kind:
            return "agent" if kind == "agent" else "router"
        if known is None and AGENT_NAME.search(state.name):
            return "agent"
        return "router" if known is None and ROUTER_NAME.search(state.name) else "application"

    def of_line(self, line: Line) -> Evidence:
        """A line of a log as evidence."""
        return Evidence("log", line.file, line.number, "", self.mask.text(line.text))

    def of_state(self, state: TaskState, path: Path, text: str) -> Evidence:
        """A statement of ECS as evidence."""
        document = state.document
        if document is None:
            return Evidence("stop", "", 0, "", self.mask.text(text))
        line = document.place(document.span(path).value[0])[0]
        pointer = "".join(f"/{step}" for step in path)
        return Evidence("stop", document.name, line, pointer, self.mask.text(text))

    def of_finding(self, finding: Finding) -> Evidence:
        """A finding of the linter as evidence."""
        document, _, start, _ = finding.place.written
        line = document.place(start)[0]
        text = self.mask.text(mask_of(document).text(finding.message))
        return Evidence("finding", document.name, line, finding.place.pointer, text)

    def of_problem(self, launch: Launch, problem: Problem) -> Evidence:
        """A problem of the launch as evidence, in Fluent Bit's own words where it has any."""
        text = problem.said or problem.message
        return self.of_origin(launch, problem.origin, text)

    def of_origin(self, launch: Launch, origin: Origin | None, text: str) -> Evidence:
        """A part of the launch as evidence, at the place of the definition that made it."""
        text = self.mask.text(text)
        if origin is not None and origin.file != launch.lens.document.name:
            return Evidence("launch", origin.file, 0, "", text)
        path = origin.path if origin is not None and origin.path is not None else launch.path
        document, path, start, _ = launch.lens.written(path)
        return Evidence("launch", document.name, document.place(start)[0], pointer(path), text)
