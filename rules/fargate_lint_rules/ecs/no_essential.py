from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class NoEssential(Rule):
    """No container of the task is essential.

    ## Why it matters
    A task runs as long as its essential containers do, so it needs one. Containers are essential
    unless they say otherwise; `"essential": false` belongs to those whose end the task survives.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "essential": false}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "essential": true}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """

    code = "ECS405"
    name = "no-essential"
    severity = "error"
    places_are_one = True
    members = ("essential",)

    def check_task(self, task: Task) -> None:
        containers = task.containers
        if not task.closed or not containers:
            return
        if any(container.essential is not False for container in containers):
            return
        first = containers[0]
        self.report(
            first,
            "no container is essential",
            at=("essential",),
            related=[(other, ("essential",), "neither is this one") for other in containers[1:]],
            help='write "essential": true in the one that does the work; '
            "ECS would answer: Task definition doesn't have any essential container",
        )
