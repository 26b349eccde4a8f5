from __future__ import annotations

from fargate_lint.launch.order import ENDED, order_of
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._waits import awaits_its_router, runs_on

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class DependsonFirelensCondition(Rule):
    """A container waits for the end of a sidecar that runs as long as the task.

    ## Why it matters
    The log router and the Alert Logic agent end with their task, not before. A container that
    waits for one of them with `COMPLETE` or `SUCCESS` therefore never starts: the deployment hangs
    until it times out, or ECS refuses the definition because the sidecar is essential. A container
    that logs through FireLens may wait for the router with `START` or, if the router has a
    `healthCheck`, with `HEALTHY`.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "web",
      "dependsOn": [{"containerName": "log_router", "condition": "COMPLETE"}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "web",
      "dependsOn": [{"containerName": "log_router", "condition": "START"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
    """

    code = "ECS416"
    name = "dependson-firelens-condition"
    severity = "error"
    fixable = "safe"
    outranks = ("dependson-complete-on-essential",)
    members = ("dependsOn",)

    def check_task(self, task: Task) -> None:
        for wait in order_of(task).waits:
            if wait.condition not in ENDED or not runs_on(wait.awaited):
                continue
            essential = wait.awaited.essential is True
            # An essential sidecar that isn't the router of the waiter is like any other container.
            if essential and not awaits_its_router(wait):
                continue
            self.report(
                wait.waiter,
                f"`{wait.waiter.title}` waits until `{wait.awaited.title}` has ended, but that runs as "
                "long as the task",
                at=(*wait.path, "condition"),
                related=[(wait.awaited, (), "never ends by itself")],
                help='write "condition": "START"'
                + (
                    "; ECS would answer: A dependency container with SUCCESS or COMPLETE condition "
                    "cannot be an essential container"
                    if essential
                    else ""
                ),
                fix=Fix('write "condition": "START"').set(
                    wait.waiter, (*wait.path, "condition"), "START"
                ),
            )
