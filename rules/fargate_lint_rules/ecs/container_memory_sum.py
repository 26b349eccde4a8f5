from __future__ import annotations

from fargate_lint.ecs.fargate import memory_mib
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task


class ContainerMemorySum(Rule):
    """The containers are to have more memory together than their task.

    ## Why it matters
    A container is held to `memory` and is promised `memoryReservation`, or `memory` when that is
    all it has. When the promises add up to more than the task has they can't all be kept: the
    kernel kills a process before any container has reached its limit (exit code 137), and it looks
    as if that container had a leak. ECS registers such a definition.

    When only the upper limits are too much together it is a remark: not all containers need all
    they may have at the same time.

    In a task with the Alert Logic agent `task-memory-headroom` counts the sidecars' needs as well.

    ## Example
    ```json bad base=plain
    {"memory": "512", "containerDefinitions": [{"name": "web", "memory": 384},
      {"name": "cache", "image": "redis:7.2", "memory": 256}]}
    ```
    ```json fixed base=plain
    {"memory": "1024", "containerDefinitions": [{"name": "web", "memory": 384},
      {"name": "cache", "image": "redis:7.2", "memory": 256}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    """

    code = "ECS522"
    name = "container-memory-sum"
    severity = "warning"

    def check_task(self, task: Task) -> None:
        if "memory" not in task.value or len(task.containers) < 2:
            return
        has = memory_mib(task.get("memory"))
        if has is None:
            return
        promised = _amounts(task, "memoryReservation", "memory")
        limits = _amounts(task, "memory", "memoryReservation")
        total, most = _total(promised), _total(limits)
        if most <= has:
            return
        exceeds = total > has
        found = promised if exceeds else limits
        self.report(
            task,
            f"the containers {'are to' if exceeds else 'may'} have {total if exceeds else most} MiB "
            f"together, but the task has {has} MiB",
            at=("memory",),
            related=[(one, (key,), f"{amount} MiB") for one, key, amount in found],
            help=f'write "memory": "{total if exceeds else most}" or the next size that Fargate has, or give '
            "the containers less",
            severity="" if exceeds else "info",
        )


def _amounts(task: Task, first: str, second: str) -> list[tuple[Container, str, int]]:
    found = []
    for container in task.containers:
        for key in (first, second):
            amount = container.number(key)
            if isinstance(amount, int) and amount > 0:
                found.append((container, key, amount))
                break
    return found


def _total(amounts: list[tuple[Container, str, int]]) -> int:
    return sum(amount for _, _, amount in amounts)
