from __future__ import annotations

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._sidecars import pair, role

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class SidecarEssentialFalseLeft(Rule):
    """A sidecar still has `essential: false`, so the task goes on without logs when it ends.

    ## Why it matters
    `essential: false` is for trying things out: while the sidecars may still crash, they don't
    take the application with them. Left in production it hides the very same crashes. The task
    stays RUNNING, the service looks healthy, and the logs have stopped; nothing starts the sidecar
    again. The vendor asks to put it back to `true`, the default, once the definition works.

    With a `restartPolicy` ECS starts the sidecar again, and this is only a remark.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "essential": false}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router", "essential": true}]}
    ```
    ```json good profile=troubleshooting
    {"containerDefinitions": [{"name": "log_router", "essential": false}]}
    ```

    ## When not to
    While you look for the cause of a crash: write `profile = "troubleshooting"` into the
    configuration, and this rule is silent.

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
    """

    code = "AGT301"
    name = "sidecar-essential-false-left"
    fixable = "unsafe"
    alert_logic = True

    def check_task(self, task: Task) -> None:
        if self.context.profile == "troubleshooting":
            return
        for container in pair(task):
            if container.essential is not False or container.value.get("essential") is not False:
                continue  # a string is no setting yet
            again = container.flag("restartPolicy", "enabled")
            self.report(
                container,
                f"`{container.name}` isn't essential: when {role(container)} ends, the task goes on"
                " without it",
                at=("essential",),
                help='write "essential": true, or remove it: true is the default',
                severity="info" if again is True else "",
                fix=Fix('write "essential": true', safe=False).set(
                    container, ("essential",), value=True
                ),
            )
