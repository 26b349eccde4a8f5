from __future__ import annotations

from fargate_lint.ecs.fargate import cpu_units, is_pair, memory_mib
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

LARGE = 8192
LARGEST = 32768


class LargeTaskSizeNote(Rule):
    """The task has 8 vCPU or more, which needs platform version 1.4.0 and comes in coarse steps.

    ## Why it matters
    The platform version is a property of the service, not of the task definition, so it can't be
    seen here whether `LATEST` or `1.4.0` is meant. Services that were pinned to `1.3.0` long ago
    don't start such a task. With 32 vCPU the memory is 60, 120 or 244 GB and nothing between.

    ## Example
    ```json bad base=plain
    {"cpu": "8192", "memory": "16384"}
    ```
    ```json fixed base=plain
    {"cpu": "4096", "memory": "16384"}
    ```

    ## When not to
    No service pins its platform version.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html
    """

    code = "FGT105"
    name = "large-task-size-note"
    severity = "info"
    members = ("requiresCompatibilities",)

    def check_task(self, task: Task) -> None:
        if task.fargate is not True:
            return
        cpu, memory = cpu_units(task.get("cpu")), memory_mib(task.get("memory"))
        if cpu is None or memory is None or cpu < LARGE or not is_pair(cpu, memory):
            return
        self.report(
            task,
            f"{cpu // 1024} vCPU need platform version 1.4.0",
            at=("cpu",),
            help="leave the platform version of the service at LATEST"
            + ("; 32 vCPU come with 60, 120 or 244 GB only" if cpu == LARGEST else ""),
        )
