from __future__ import annotations

from fargate_lint.data.fargate_refusals import LOG_DRIVERS
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules._subjects import firelens_of
from fargate_lint_rules.fargate._refusals import answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class FargateLogDriver(Rule):
    """A container uses a log driver that Fargate doesn't have.

    ## Why it matters
    Fargate has three log drivers: `awslogs`, `splunk` and `awsfirelens`. The others of Docker write
    to the host or to a daemon on it. With `awsfirelens` logs can be sent to whatever Fluent Bit has
    an output for, among them syslog, GELF and a Fluentd elsewhere.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"logDriver": "json-file"}}]}
    ```
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"logDriver": "AwsLogs"}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"logDriver": "awslogs"}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
    """

    code = "FGT204"
    name = "fargate-log-driver"
    severity = "error"
    fixable = "safe"
    outranks = ("app-not-awsfirelens", "value-not-allowed")
    members = ("logDriver",)

    def check_container(self, container: Container) -> None:
        driver = container.driver
        if driver is None or driver in LOG_DRIVERS or container.task.fargate is not True:
            return
        if isinstance(driver, str) and driver not in {"", "string"}:
            lower = driver.lower()
            near = lower if lower in LOG_DRIVERS else "awsfirelens" if "firelens" in lower else ""
            self.report(
                container,
                f"Fargate has no log driver `{driver}`",
                at=("logConfiguration", "logDriver"),
                subject=[
                    (*container.path, "logConfiguration", "logDriver"),
                    *([firelens_of(container)] if near == "awsfirelens" else []),
                ],
                help=answer(
                    f"{driver} is not a valid log driver. Must be one of [awslogs,splunk,awsfirelens]",
                    f'write "{near or "awslogs"}"' + ("" if near else ' or "awsfirelens"'),
                ),
                fix=Fix(f'write "{near}"', safe=near == lower).set(
                    container, ("logConfiguration", "logDriver"), near
                )
                if near
                else None,
            )
