from __future__ import annotations

from fargate_lint.ecs.fargate import cpu_units, next_size
from fargate_lint.ecs.shape import shape_of
from fargate_lint.lint.rule import Rule
from fargate_lint_rules._subjects import member_of
from fargate_lint_rules.ecs._shape import is_partial
from fargate_lint_rules.fargate._refusals import answer, windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class FargateTaskCpuMemory(Rule):
    """The task is for Fargate, but has no `cpu` or no `memory` of its own.

    ## Why it matters
    On Fargate `cpu` and `memory` of the task are the size of the machine that is rented for it, so
    both have to be there; what the containers say only divides it between them. They are strings:
    `"256"` CPU units or `".25 vCPU"`, `"512"` MiB or `"0.5 GB"`.

    ## Example
    ```json bad base=plain
    {"memory": null}
    ```
    ```json fixed base=plain
    {"memory": "512"}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    """

    code = "FGT103"
    name = "fargate-task-cpu-memory"
    severity = "error"
    members = ("requiresCompatibilities",)

    def check_task(self, task: Task) -> None:
        value = task.value
        if (value.get("cpu") and value.get("memory")) or task.fargate is not True:
            return
        missing = [key for key in ("cpu", "memory") if task.get(key) in (None, "")]
        if is_partial(task):
            return
        # What is there under another name is a mistake of its own.
        misspelled = [key for key in missing if shape_of(task).means(key)]
        rest = [key for key in missing if key not in misspelled]
        for keys in (rest, *([key] for key in misspelled)):
            if keys:
                self._report(task, keys)

    def _report(self, task: Task, missing: list[str]) -> None:
        names = " and no ".join(f"`{key}`" for key in missing)
        self.report(
            task,
            f"the task is for Fargate, but has no {names} of its own",
            at=("requiresCompatibilities",),
            key=True,
            subject=map(member_of, missing),
            help=answer(
                f"Fargate requires that '{missing[0]}' be defined at the task level.",
                _remedy(task, missing),
            ),
        )


def _remedy(task: Task, missing: list[str]) -> str:
    wanted = 1
    for container in task.containers:
        sizes = [container.number("memory"), container.number("memoryReservation")]
        wanted += max((size for size in sizes if isinstance(size, int)), default=0)
    size = next_size(cpu_units(task.get("cpu")), wanted - 1, windows=windows(task))
    cpu, memory = size or (256, 512)
    written = {"cpu": cpu, "memory": memory}
    return "write " + ", ".join(f'"{key}": "{written[key]}"' for key in missing)
