from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


DRIVER_OPTIONS = {
    "auto_create_group": "awslogs-create-group",
    "log_group_name": "awslogs-group",
    "log_stream_name": "awslogs-stream",
    "log_stream_prefix": "awslogs-stream-prefix",
    "region": "awslogs-region",
}


class FlbOptionInAwslogs(Rule):
    """Options of Fluent Bit's CloudWatch plug-ins are given to the `awslogs` driver.

    ## Why it matters
    The driver knows its own options only, which all begin with `awslogs-`. With any other one the
    container does not start: `unknown log opt 'log_group_name' for awslogs log driver`.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "awslogs-group": null, "log_group_name": "/shop/web"}}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "awslogs-group": "/shop/web"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
    - https://docs.docker.com/engine/logging/drivers/awslogs/
    """

    code = "FLN204"
    name = "flb-option-in-awslogs"
    severity = "error"

    def check_container(self, container: Container) -> None:
        if container.driver != "awslogs":
            return
        for key in container.options:
            new = DRIVER_OPTIONS.get(key.lower())
            if new is not None:
                self.report(
                    container,
                    f"`{key}` is an option of Fluent Bit, but the log driver is `awslogs`",
                    at=("logConfiguration", "options", key),
                    key=True,
                    help=f"write `{new}`, or set the log driver to `awsfirelens`",
                )
