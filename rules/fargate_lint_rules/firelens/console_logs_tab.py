from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.output._cloudwatch import outputs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class ConsoleLogsTab(Rule):
    """Logs go to CloudWatch through FireLens, so the console's Logs tab of the task is empty.

    ## Why it matters
    The tab shows what containers write with the `awslogs` driver. Logs that FireLens sends are in
    CloudWatch all the same, in streams called `PREFIXNAME-firelens-TASK`; dashboards and alarms on
    the old streams see nothing new.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"Name": "cloudwatch_logs"}}}]}
    ```
    ```json good base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"logDriver": "awslogs"}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "FLN405"
    name = "console-logs-tab"
    severity = "info"

    def check_launch(self, launch: Launch) -> None:
        for output in outputs(launch):
            if output.from_options:
                name = output.section.first("Name")
                self.report(
                    launch.spot(name or output.section),
                    f"the console's Logs tab shows nothing of `{output.container.title}`",
                    help="look in CloudWatch: streams are called "
                    f"…{output.container.title}-firelens-TASK",
                    data=(),
                )
                return
