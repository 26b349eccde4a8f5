from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._limits import is_skeleton
from fargate_lint_rules.ecs._shape import is_excerpt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class ContainerMemoryMissing(Rule):
    """A container has no memory of its own, in a task that has none either.

    ## Why it matters
    When the task has a size its containers may share it as they like. Without one, as on EC2, ECS wants
    to know of each container what it may use (`memory`) or what is kept for it
    (`memoryReservation`), since that is how it finds an instance with room. On Fargate the task
    itself has to have a size (`fargate-task-cpu-memory`).

    ## Example
    ```json bad base=plain
    {"requiresCompatibilities": ["EC2"], "cpu": null, "memory": null}
    ```
    ```json fixed base=plain
    {"requiresCompatibilities": ["EC2"], "cpu": null, "memory": null,
     "containerDefinitions": [{"name": "web", "memoryReservation": 256}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """

    code = "ECS527"
    name = "container-memory-missing"
    severity = "error"
    places_are_one = True

    def check_task(self, task: Task) -> None:
        if "memory" in task.value or task.scope != "task" or task.fargate is not False:
            return
        without = [
            container
            for container in task.containers
            if container.get("memory") is None and container.get("memoryReservation") is None
        ]
        if not without or is_excerpt(task) or is_skeleton(without[0]) or task.lens.partial:
            return
        first = without[0]
        self.report(
            first,
            f"neither `{first.title}` nor the task has any memory",
            related=[(other, (), "the same here") for other in without[1:]],
            help='add "memoryReservation": 128, or "memory" to the task; ECS would answer: Invalid setting '
            f"for container '{first.name}'. At least one of 'memory' or 'memoryReservation' must be "
            "specified.",
        )
