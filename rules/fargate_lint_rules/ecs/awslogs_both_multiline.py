from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._options import PATH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

DATETIME, PATTERN = "awslogs-datetime-format", "awslogs-multiline-pattern"


class AwslogsBothMultiline(Rule):
    """`awslogs-datetime-format` and `awslogs-multiline-pattern` are given together.

    ## Why it matters
    Both say with what a log message begins, and the driver takes only one: `you cannot configure
    log opt 'awslogs-datetime-format' and 'awslogs-multiline-pattern' at the same time`. The
    container doesn't start.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "awslogs-datetime-format": "%Y-%m-%d", "awslogs-multiline-pattern": "^[0-9]{4}"}}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "awslogs-datetime-format": "%Y-%m-%d"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html
    - https://docs.docker.com/engine/logging/drivers/awslogs/
    """

    code = "ECS304"
    name = "awslogs-both-multiline"
    severity = "error"
    members = ("awslogs-multiline-pattern",)

    def check_container(self, container: Container) -> None:
        options = container.options
        if container.driver == "awslogs" and DATETIME in options and PATTERN in options:
            self.report(
                container,
                f"`{DATETIME}` and `{PATTERN}` exclude each other",
                at=(*PATH, PATTERN),
                key=True,
                related=[(container, (*PATH, DATETIME), "the other one")],
                help="remove one of them; Docker would answer: you cannot configure log opt "
                f"'{DATETIME}' and '{PATTERN}' at the same time",
            )
