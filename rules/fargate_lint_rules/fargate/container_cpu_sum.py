from __future__ import annotations

from fargate_lint.ecs.fargate import cpu_units
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class ContainerCpuSum(Rule):
    """The containers are to have more CPU units together than their task.

    ## Why it matters
    `cpu` of a container is its share of the task's units, 1024 of which are one vCPU. On Fargate
    the shares can't be more than the whole. A container doesn't need a share: without one it takes
    what the others leave.

    ## Example
    ```json bad base=plain
    {"cpu": "256", "containerDefinitions": [{"name": "web", "cpu": 512}]}
    ```
    ```json fixed base=plain
    {"cpu": "256", "containerDefinitions": [{"name": "web", "cpu": 256}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
    """

    code = "FGT503"
    name = "container-cpu-sum"
    severity = "error"

    def check_task(self, task: Task) -> None:
        if "cpu" not in task.value or task.fargate is not True:
            return
        has = cpu_units(task.get("cpu"))
        if has is None:
            return
        shares = [
            (container, units)
            for container in task.containers
            if isinstance(units := container.number("cpu"), int) and units > 0
        ]
        total = sum(units for _, units in shares)
        if not shares or total <= has:
            return
        first, units = shares[0]
        self.report(
            first if len(shares) == 1 else task,
            f"`{first.title}` is to have {units} CPU units, but the task has {has}"
            if len(shares) == 1
            else f"the containers are to have {total} CPU units together, but the task has {has}",
            at=("cpu",),
            related=[
                (task, ("cpu",), "the task's units")
                if len(shares) == 1
                else (each, ("cpu",), f"{own} units")
                for each, own in shares
            ],
            help="give the containers less, or the task more; ECS would answer: The sum of all container "
            "'cpu' values cannot be greater than the value of the task 'cpu'.",
        )
