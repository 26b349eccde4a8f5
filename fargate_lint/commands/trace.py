"""`fargate-lint trace`: one record's way from a container to every destination, byte for byte."""

from __future__ import annotations

import re
import sys
import time

from fargate_lint.commands.launches import complain, launches
from fargate_lint.launch import stages, trace
from fargate_lint.launch.pipeline import SOME_TASK_ID
from fargate_lint.launch.record import Record, encoded, parse
from fargate_lint.lint.settings import Stop
from fargate_lint.report.masking import LaunchMask, OpenMask
from fargate_lint.report.origin import Origins
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import Launch
    from fargate_lint.launch.stages import Stage

TIME = re.compile(r"([0-9]{1,12})(?:\.([0-9]+))?")
# Fargate's ids of containers: the task's id and ten digits.
SOME_CONTAINER = "1234567890"
# Log drivers read a container's output in pieces of this size.
# https://docs.docker.com/engine/logging/drivers/fluentd/
PIECE = 16 * 1024


def run(args: argparse.Namespace) -> int:
    """Follow a record; 1 when nothing can arrive because the launch ends before its time.

    Raises Stop for a wrong argument.
    """
    moment = _time(args.time)
    found = launches(args, made_up=True)
    if not found:
        return 1
    chosen = _chosen(found, args.container)
    if chosen is None:
        complain("no container logs to FireLens: none has the log driver `awsfirelens`")
        return 1
    launch, container = chosen
    journey = Journey(
        launch, container, moment, OpenMask() if args.unmasked else LaunchMask(launch)
    )
    try:
        journey.go(args.log, args.record)
        if args.format == "json":
            from fargate_lint.report.journey_json import write  # noqa: PLC0415  (only here)
        else:
            from fargate_lint.report.journey import write  # noqa: PLC0415  (only here)
        write(journey, sys.stdout)
    except RecursionError:
        raise Stop("the record is nested too deeply") from None
    if journey.error:
        complain(journey.mask.text(journey.error), *map(journey.mask.text, journey.more))
    return 1 if journey.error else 0


class Journey:
    """A record and its way. `error` says why it can't get anywhere, "" when it can."""

    def __init__(
        self, launch: Launch, container: Container, moment: tuple[int, int], mask: OpenMask
    ) -> None:
        self.launch = launch
        self.container = container
        self.time = moment
        self.mask = mask
        task_id = launch.settings.task_id if launch.settings is not None else SOME_TASK_ID
        self.task_id = task_id if isinstance(task_id, str) else SOME_TASK_ID
        self.record = Record()
        self.trace = trace.Trace(f"{container.name}-firelens-{self.task_id}")
        self.notes: list[str] = []
        self.error = ""
        self.more: list[str] = []

    def go(self, log: str | None, record: str | None) -> None:
        """Send a line of log, or a whole record in JSON."""
        self.record = self._record(log) if record is None else _given(record)
        if self._is_blocked():
            return
        pipeline = self.launch.pipeline
        if pipeline is None:
            return
        way = pipeline.way(self.container, self.trace.tag)
        if not way.listened and pipeline.complete:
            self.notes.append("no input takes what the log driver sends: the record is lost")
            return
        self.trace = trace.trace(
            way.tag,
            self.record,
            self.time,
            pipeline.inputs,
            pipeline.expanded(pipeline.filters),
            pipeline.expanded(pipeline.outputs),
            parsers=pipeline.parsers(),
            version=pipeline.version,
            service=pipeline.settings,
        )
        self.notes += [f"may not start: {said}" for said in self.trace.refused]

    def _record(self, log: str | None) -> Record:
        """What the log driver makes of a line."""
        text = (log or "").removesuffix("\n")
        size = len(encoded(text))
        if "\n" in text:
            self.notes.append("a log driver sends each line as a record of its own")
        if size > PIECE:
            pieces = -(-size // PIECE)
            self.notes.append(
                f"a log driver splits a line of {size} bytes into {pieces} records, each with "
                "`partial_message`"
            )
        return Record(
            [
                ("container_id", f"{self.task_id}-{SOME_CONTAINER}"),
                ("container_name", self.container.name),
                ("source", "stdout"),
                ("log", text),
            ]
        )

    def _is_blocked(self) -> bool:
        """Whether the record can't get anywhere, or not even that can be told."""
        driver = self.container.driver
        name = self.container.title
        stage = stages.final(self.launch)
        if self.launch.router is None:
            self._fail(f"there is no log router for `{name}` to log to")
        elif driver != "awsfirelens" and not isinstance(driver, Unknown):
            through = f"logs through `{driver}`" if driver else "has no log driver"
            self._fail(f"`{name}` {through}: its logs never reach the router")
        elif stage.blocker is not None:
            self._refuse(stage.blocker)
        elif self.launch.fluentd or self.launch.pipeline is None:
            self._fail("the router runs Fluentd: only Fluent Bit is simulated")
        else:
            self._tell_gaps(stage)
        return bool(self.error)

    def _refuse(self, stage: Stage) -> None:
        text = f"{stage.program} stops: {stage.error}"
        more = [stage.message, f"help: {stage.help}" if stage.help else ""]
        if stage.origin is not None:
            more.insert(0, f"at {Origins(self.launch).text(stage.origin)}")
        self._fail(text, *(line for line in more if line))

    def _fail(self, error: str, *more: str) -> None:
        self.error = error
        self.more = list(more)
        self.notes.append(f"{error}: nothing is delivered")

    def _tell_gaps(self, stage: Stage) -> None:
        for gap in dict.fromkeys(stage.gaps):
            remedy = f" ({gap.remedy})" if gap.remedy else ""
            self.notes.append(f"not known: {gap.what}{remedy}")
        settings = self.launch.settings
        if settings is not None:
            given = (settings.cluster, settings.task_arn, settings.task_definition)
            marks = ("<cluster>", SOME_TASK_ID, "<revision>")
            names = ("cluster", "task-arn", "task-definition")
            made_up = [
                f"{name}=…"
                for name, mark, value in zip(names, marks, given, strict=True)
                if value is not None and mark in value
            ]
            if made_up:
                self.notes.append(f"ids and names are made up (--set {' '.join(made_up)})")


def _given(text: str) -> Record:
    try:
        return parse(text)
    except ValueError as error:
        raise Stop(
            f"`--record` is no record: {error}", """write `--record '{"log": "x"}'`"""
        ) from error


def _time(text: str | None) -> tuple[int, int]:
    if text is None:
        return divmod(time.time_ns(), 10**9)
    found = TIME.fullmatch(text)
    if found is None:
        raise Stop(f"`{text}` is no Unix time", "write `--time 1700000000.25`")
    return int(found[1]), int((found[2] or "")[:9].ljust(9, "0"))


def _chosen(found: list[Launch], name: str | None) -> tuple[Launch, Container] | None:
    """The container that logs, and its launch; None when no name was given and none logs.

    Stops when it can't be told which is meant.
    """
    every = [(launch, one) for launch in found for one in launch.task.containers]
    if name is None:
        meant = [pair for pair in every if pair[1].driver == "awsfirelens"]
    else:
        meant = [pair for pair in every if pair[1].name == name]
    if len(meant) == 1:
        return meant[0]
    names = ", ".join(f"`{one.title}`" for _, one in (meant if name is None else every))
    if name is None:
        if not meant:
            return None
        raise Stop("several containers log to FireLens", f"name one with --container: {names}")
    if not meant:
        raise Stop(f"there is no container `{name}`", f"there are {names or 'none'}")
    raise Stop(
        f"several task definitions have a container `{name}`", "choose one with --task FAMILY"
    )
