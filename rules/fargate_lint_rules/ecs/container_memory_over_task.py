from __future__ import annotations

from fargate_lint.ecs.fargate import memory_mib
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

MEMBERS = ("memory", "memoryReservation")


class ContainerMemoryOverTask(Rule):
    """A container is to have more memory than its task.

    ## Why it matters
    The memory of a task is what its containers share. One of them alone can't have more, and ECS
    refuses a `memory` above that of the task. Mind the units: for containers it is MiB as a number,
    for the task a string that may also say `"2 GB"`.

    ## Example
    ```json bad base=plain
    {"memory": "512", "containerDefinitions": [{"name": "web", "memory": 1024}]}
    ```
    ```json fixed base=plain
    {"memory": "512", "containerDefinitions": [{"name": "web", "memory": 512}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
    """

    code = "ECS521"
    name = "container-memory-over-task"
    severity = "error"
    outranks = ("container-memory-sum", "task-memory-headroom")

    def check_task(self, task: Task) -> None:
        if "memory" not in task.value:
            return
        has = memory_mib(task.get("memory"))
        if has is None:
            return
        for container in task.containers:
            for key in MEMBERS:
                amount = container.number(key)
                if isinstance(amount, int) and amount > has:
                    self.report(
                        container,
                        f"`{container.title}` is to have {amount} MiB, but the task has {has} MiB",
                        at=(key,),
                        related=[(task, ("memory",), "the task's memory")],
                        subject=[("memory",)],
                        help=f'write "{key}": {has} at most, or give the task more; ECS would answer: '
                        f"The 'memory' setting for container '{container.name}' is greater than for the task"
                        if key == "memory"
                        else f'write "{key}": {has} at most, or give the task more',
                    )
                    break
