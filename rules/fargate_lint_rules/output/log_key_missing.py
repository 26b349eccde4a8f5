from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.output._cloudwatch import outputs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class LogKeyMissing(Rule):
    """A CloudWatch output has no `log_key`, so each event is the whole record as JSON instead of the
    log line.

    ## Why it matters
    FireLens' records hold the line in `log`, next to the container's id and name, the stream, and
    the task's ARN. Without `log_key` all of that is stored for each line: metric filters and
    searches made for the plain line no longer match, and CloudWatch bills several times the bytes.

    ## Example
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"log_key": null}}}]}
    ```
    ```json fixed base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"log_key": "log"}}}]}
    ```

    ## When not to
    Where the metadata is wanted, which is why this is only advice for tasks without the Alert
    Logic agent.

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit
    - https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch
    """

    code = "OUT204"
    name = "log-key-missing"
    severity = "warning"

    def check_launch(self, launch: Launch) -> None:
        for output in outputs(launch):
            entry = output.section.first("log_key")
            # Embedded metrics need the record's own shape.
            if entry is None and output.section.first("log_format") is None:
                self.report(
                    launch.spot(output.section.first("Name") or output.section),
                    f"`{output.plugin}` without `log_key` stores the whole record for each log line",
                    help='add "log_key": "log"',
                    severity="" if launch.sidecars.alert_logic else "info",
                )
