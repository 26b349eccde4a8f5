from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class RouterNotEssential(Rule):
    """The log router has `essential: false`, so the task goes on without logs when it ends.

    ## Why it matters
    A router that stops takes nothing with it: the task stays RUNNING, the service looks healthy,
    and the logs of all containers that use it are lost until somebody replaces the task. AWS' own
    examples make the router essential. With a `restartPolicy` ECS starts it again, and this is only
    a remark.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router", "essential": false}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "log_router", "essential": true}]}
    ```

    ## When not to
    The application matters more than its logs: then the router may end alone. While you look for
    the cause of a crash, write `profile = "troubleshooting"` into the configuration.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-restart-policy.html
    """

    code = "FLN106"
    name = "router-not-essential"
    severity = "warning"
    fixable = "unsafe"
    members = ("firelensConfiguration",)

    def check_task(self, task: Task) -> None:
        router = task.router
        if router is None or router.value.get("essential") is not False:
            return
        # Of the vendor's pair, another rule knows more.
        if self.context.profile == "troubleshooting" or sidecars(task).alert_logic:
            return
        again = router.flag("restartPolicy", "enabled")
        self.report(
            router,
            f"`{router.title}` isn't essential: when the log router ends, the task goes on without logs",
            at=("essential",),
            help='write "essential": true, or remove it: true is the default',
            severity="info" if again is True else "",
            fix=Fix('write "essential": true', safe=False).set(router, ("essential",), value=True),
        )
