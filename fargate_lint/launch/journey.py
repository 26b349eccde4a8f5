"""One record's journey from a container to every destination, and what stands in its way."""

from __future__ import annotations

from fargate_lint.launch import stages, trace
from fargate_lint.launch.firelens import Settings
from fargate_lint.launch.pipeline import SOME_TASK_ID
from fargate_lint.launch.record import Record, encoded
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.launch.launch import Launch
    from fargate_lint.launch.stages import Stage

# Fargate's ids of containers: the task's id and ten digits.
SOME_CONTAINER = "1234567890"
# Log drivers read a container's output in pieces of this size.
# https://docs.docker.com/engine/logging/drivers/fluentd/
PIECE = 16 * 1024


class Journey:
    """A record and its way from a container: `moment` is its time, in seconds and nanoseconds.

    `error` says why it can't get anywhere, "" when it can; `blocker` is the stage that is to blame,
    None where there is no such. `notes` say what else is to be known.
    """

    def __init__(self, launch: Launch, container: Container, moment: tuple[int, int]) -> None:
        self.launch = launch
        self.container = container
        self.time = moment
        task_id = launch.settings.task_id if launch.settings is not None else SOME_TASK_ID
        self.task_id = task_id if isinstance(task_id, str) else SOME_TASK_ID
        self.record = Record()
        self.trace = trace.Trace(f"{container.name}-firelens-{self.task_id}")
        self.notes: list[str] = []
        self.error = ""
        self.blocker: Stage | None = None

    @property
    def steps(self) -> list[trace.Step]:
        """What each filter made of the record, in order."""
        return self.trace.steps

    @property
    def deliveries(self) -> list[trace.Delivery]:
        """What each output gets, in order; empty when nothing arrives."""
        return self.trace.deliveries

    def log(self, line: str) -> None:
        """Send a line that the container logs."""
        self.send(self._record(line))

    def send(self, record: Record) -> None:
        """Send a record, as it reaches the router."""
        self.record = record
        if self._is_blocked():
            return
        pipeline = self.launch.pipeline
        if pipeline is None:
            return
        flow = pipeline.flow(self.container, self.trace.tag)
        if not flow.listened and pipeline.complete:
            self.notes.append("no input takes what the log driver sends: the record is lost")
            return
        self.trace = trace.trace(
            flow.tag,
            self.record,
            self.time,
            pipeline.inputs,
            pipeline.expanded(pipeline.filters),
            pipeline.expanded(pipeline.outputs),
            parsers=pipeline.parsers(),
            version=pipeline.version,
            tables=pipeline.tables,
            service=pipeline.settings,
        )
        self.notes += [f"may not start: {said}" for said in self.trace.refused]

    def _record(self, line: str) -> Record:
        """What the log driver makes of a line."""
        text = line.removesuffix("\n")
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
            self.blocker = stage.blocker
            self._fail(f"{self.blocker.program} stops: {self.blocker.error}")
        elif self.launch.fluentd or self.launch.pipeline is None:
            self._fail("the router runs Fluentd: only Fluent Bit is simulated")
        else:
            self._tell_gaps(stage)
        return bool(self.error)

    def _fail(self, error: str) -> None:
        self.error = error
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


def completed(task: Task, settings: Settings) -> Settings:
    """The settings with what only a running task would tell made up where it isn't given."""
    cluster, arn = settings.cluster, settings.task_arn
    definition = settings.task_definition
    cluster = "<cluster>" if cluster is None else cluster
    if arn is None:
        arn = f"arn:aws:ecs:<region>:<account>:task/{cluster}/{SOME_TASK_ID}"
    if definition is None and not isinstance(task.number("revision"), int):
        definition = f"{task.family or '<family>'}:<revision>"
    return Settings(cluster=cluster, task_arn=arn, task_definition=definition)
