"""What a diagnosis is based on, for the report."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.diagnose.case import Case


class Basis:
    """The files and tasks that a diagnosis is based on, and the version of Fluent Bit.

    `definitions` are (file, family), `logs` names of files, `lines` the number of their lines,
    `tasks` the number of tasks. `version` is the Fluent Bit that was simulated, "" if none was;
    `sure` says whether the log or the image names it. `unseen` are files of the configuration that
    were not given.
    """

    __slots__ = ("definitions", "lines", "logs", "sure", "tasks", "unseen", "version")

    def __init__(self, case: Case, logs: list[str]) -> None:
        self.definitions = [(task.lens.document.name, task.family) for task in case.tasks]
        self.logs = logs
        self.lines = case.tally.lines
        self.tasks = len(case.states)
        self.version = case.version
        self.sure = bool(case.version)
        self.unseen: list[str] = []
        for launch in case.launches:
            pipeline = launch.pipeline
            if pipeline is None or launch.router is None:
                continue
            self.version = self.version or pipeline.version
            self.sure = self.sure or pipeline.sure
            name = launch.router.text("firelensConfiguration", "options", "config-file-value")
            if not pipeline.complete and isinstance(name, str):
                self.unseen.append(name)
