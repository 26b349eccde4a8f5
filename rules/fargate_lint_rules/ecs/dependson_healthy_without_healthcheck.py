from __future__ import annotations

from fargate_lint.launch.order import has_health_check, order_of
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._waits import by_awaited, subject

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

HEALTHY = frozenset({"HEALTHY"})


class DependsonHealthyWithoutHealthcheck(Rule):
    """A container waits for the health of one that has no health check.

    ## Why it matters
    ECS knows a container's health only from the `healthCheck` in its definition. A `HEALTHCHECK`
    in the image's Dockerfile doesn't count, and a check of the load balancer is about the whole
    task. Without one the condition `HEALTHY` could never be met, so ECS refuses the definition.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "web",
      "dependsOn": [{"containerName": "log_router", "condition": "HEALTHY"}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "web",
      "dependsOn": [{"containerName": "log_router", "condition": "START"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html
    """

    code = "ECS414"
    name = "dependson-healthy-without-healthcheck"
    severity = "error"
    members = ("dependsOn",)

    def check_task(self, task: Task) -> None:
        order = order_of(task)
        if not order.waits:
            return
        for awaited, waits in by_awaited(order, HEALTHY):
            if has_health_check(awaited):
                continue
            first = waits[0]
            self.report(
                first.waiter,
                f"`{first.waiter.title}` waits until `{awaited.title}` is healthy, but `{awaited.title}` "
                "has no health check",
                at=(*first.path, "condition"),
                related=[
                    (awaited, (), "has no `healthCheck`"),
                    *((wait.waiter, wait.path, "waits for the same") for wait in waits[1:]),
                ],
                help=f'add a `healthCheck` to `{awaited.title}`, or write "condition": "START"; ECS would '
                "answer: A dependency container with HEALTHY condition must have health check configured",
                subject=[subject(first)],
                data=(awaited.written_name, *sorted(wait.waiter.written_name for wait in waits)),
            )
