from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

MOST = 10


class ContainerCount(Rule):
    """The task has no container, or more than ten.

    ## Why it matters
    A task definition holds one to ten containers, and the limit can't be raised. Sidecars count:
    with the Alert Logic agent and a log router, eight are left for your own. What doesn't have to
    share the network or the life of the others belongs into a task of its own.

    ## Example
    ```json bad base=none
    {"family": "shop", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
     "cpu": "256", "memory": "512", "containerDefinitions": []}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web"}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    """

    code = "ECS401"
    name = "container-count"
    severity = "error"

    def check_task(self, task: Task) -> None:
        definitions = task.value.get("containerDefinitions")
        if not isinstance(definitions, list) or task.scope not in {"task", "containers"}:
            return
        count = len(definitions)
        # An item that a template writes may be any number of containers, none too.
        certain = sum(1 for item in definitions if not isinstance(item, Unknown))
        at = ("containerDefinitions",)
        if not count and not task.lens.partial:
            self.report(
                task,
                "the task has no container",
                at=at,
                help="add a container; ECS would answer: Container list cannot be empty",
            )
        elif certain > MOST:
            self.report(
                task,
                f"the task has {certain} containers, but ECS takes {MOST} at most",
                at=at,
                key=True,
                help=f"move {certain - MOST} of them to another task; "
                "ECS would answer: Too many containers",
            )
