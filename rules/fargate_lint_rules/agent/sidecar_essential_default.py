from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._sidecars import pair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class SidecarEssentialDefault(Rule):
    """A sidecar doesn't say whether it is essential, so it is: the task ends when it does.

    ## Why it matters
    That is right for production, and what the vendor recommends. It surprises while a new
    definition is being tried: one wrong word for Fluent Bit ends the router, and the router takes
    the application with it. Write down which of the two you mean.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "essential": null}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router", "essential": true}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "AGT302"
    name = "sidecar-essential-default"
    severity = "info"
    alert_logic = True

    def check_task(self, task: Task) -> None:
        trying = self.context.profile == "troubleshooting"
        for container in pair(task):
            if container.get("essential") is None:
                self.report(
                    container,
                    f"`{container.name}` is essential by default: the task ends when it does",
                    help='write "essential": false until the definition works'
                    if trying
                    else 'write "essential": true to show that this is meant',
                )
