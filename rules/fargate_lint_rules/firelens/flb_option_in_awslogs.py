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
    alike = True

    def check_container(self, container: Container) -> None:
        if container.driver != "awslogs":
            return
        left = [key for key in container.options if key.lower() in DRIVER_OPTIONS]
        if left:
            names = [DRIVER_OPTIONS[key.lower()] for key in left]
            self.report(
                container,
                f"`{left[0]}` is an option of Fluent Bit, but the log driver is `awslogs`"
                if len(left) == 1
                else f"{len(left)} options of Fluent Bit, but the log driver is `awslogs`",
                at=("logConfiguration", "options", left[0]),
                key=True,
                related=[
                    (container, ("logConfiguration", "options", key), "and this one")
                    for key in left[1:]
                ],
                help='write "logDriver": "awsfirelens"'
                if meant_for_firelens(container)
                else f"write {', '.join(f'`{name}`' for name in names)}, or set the log driver to "
                "`awsfirelens`",
            )


def meant_for_firelens(container: Container) -> bool:
    """Whether `awsfirelens` was meant: it is misspelled, or all options are Fluent Bit's."""
    driver = container.driver
    if isinstance(driver, str) and driver != "awsfirelens" and "firelens" in driver.lower():
        return True
    return (
        driver == "awslogs"
        and container.task.router is not None
        and any(key.lower() in DRIVER_OPTIONS for key in container.options)
        and not any(key.startswith("awslogs-") for key in container.options)
    )
