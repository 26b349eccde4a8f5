from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._sidecars import pair, role

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class SidecarRestartPolicy(Rule):
    """A sidecar that isn't essential has no restart policy, so once ended it stays away.

    ## Why it matters
    ECS starts a container again only if its `restartPolicy` says so; the task, which could have
    been replaced as a whole, goes on. One crash of the router at night means no logs until the next
    deployment.

    ## Example
    ```json bad profile=troubleshooting
    {"containerDefinitions": [{"name": "log_router", "essential": false}]}
    ```
    ```json fixed profile=troubleshooting
    {"containerDefinitions": [{"name": "log_router", "essential": false,
      "restartPolicy": {"enabled": true, "restartAttemptPeriod": 60}}]}
    ```

    ## When not to
    While you look for the cause of a crash, and want to see it once.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-restart-policy.html
    """

    code = "AGT305"
    name = "sidecar-restart-policy"
    severity = "info"
    alert_logic = True

    def check_task(self, task: Task) -> None:
        for container in pair(task):
            if container.essential is not False:
                continue
            if container.get("restartPolicy") is None or (
                container.get("restartPolicy", "enabled") is False
            ):
                self.report(
                    container,
                    f"`{container.name}` isn't essential, and nothing starts {role(container)} again",
                    at=("essential",),
                    help='add "restartPolicy": {"enabled": true, "restartAttemptPeriod": 60}',
                )
