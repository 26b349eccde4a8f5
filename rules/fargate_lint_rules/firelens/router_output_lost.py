from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class RouterOutputLost(Rule):
    """The log router has no `logConfiguration`, so nobody sees what it says itself.

    ## Why it matters
    What a destination refuses, and why, stands in the router's own output only. On Fargate the
    output of a container without `logConfiguration` is thrown away: logs go missing and leave no
    trace. AWS' examples give the router the `awslogs` driver.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router", "logConfiguration": null}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "log_router", "logConfiguration": {"logDriver": "awslogs",
      "options": {"awslogs-group": "/shop/log_router", "awslogs-region": "us-east-1",
        "awslogs-stream-prefix": "firelens"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
    """

    code = "FLN107"
    name = "router-output-lost"
    severity = "info"
    members = ("firelensConfiguration",)

    def check_task(self, task: Task) -> None:
        router = task.router
        if router is None or router.get("logConfiguration") is not None:
            return
        # Of the vendor's pair, another rule knows more.
        if task.fargate is not True or sidecars(task).alert_logic:
            return
        self.report(
            router,
            f"`{router.title}` has no logConfiguration: its own errors are thrown away",
            help="give it a logConfiguration with `awslogs`",
        )
