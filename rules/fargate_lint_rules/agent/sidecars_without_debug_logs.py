from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._sidecars import pair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class SidecarsWithoutDebugLogs(Rule):
    """Neither sidecar keeps its own output, so a crash leaves no trace.

    ## Why it matters
    What Fluent Bit and the agent print goes nowhere on Fargate, unless their containers have a log
    driver. When one ends, all that remains is an exit code, while the line that names the wrong
    option was printed and is gone. The vendor's support asks for these logs. A small `awslogs`
    block for each sidecar, with a short retention, costs next to nothing.

    The router's own output must not go through `awsfirelens`: it would feed itself.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "logConfiguration": null}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router", "logConfiguration": {"logDriver": "awslogs",
      "options": {"awslogs-create-group": "true", "awslogs-group": "/shop/sidecars",
        "awslogs-region": "us-east-1", "awslogs-stream-prefix": "fluent-bit-output"}}}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
    """

    code = "AGT303"
    name = "sidecars-without-debug-logs"
    severity = "info"
    alert_logic = True

    def check_task(self, task: Task) -> None:
        parts = pair(task)
        if not parts or not sidecars(task).certain:
            return
        if any(part.get("logConfiguration") is not None for part in parts):
            return
        names = " nor ".join(f"`{part.name}`" for part in parts)
        self.report(
            parts[-1],
            f"neither {names} keeps its output"
            if len(parts) > 1
            else f"{names} doesn't keep its output",
            related=[(part, (), "and neither does this one") for part in parts[:-1]],
            help="give each a logConfiguration with `awslogs` and a stream prefix of its own",
        )
