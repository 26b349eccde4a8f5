from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules._subjects import firelens_of
from fargate_lint_rules.agent._agent import watched
from fargate_lint_rules.firelens.awslogs_option_in_firelens import CONVERTED
from fargate_lint_rules.firelens.firelens_no_user_of_router import is_unused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task


def _remedy(container: Container) -> str:
    """What to write, with the options of `awslogs` as both CloudWatch plug-ins call them."""
    options = {}
    for key, value in container.options.items():
        name = CONVERTED.get(key)
        if name is not None and isinstance(value, str):
            prefix = name == "log_stream_prefix" and not value.endswith("/")
            options[name] = value + "/" if prefix else value
    written = "".join(f', "{name}": "{value}"' for name, value in options.items())
    remedy = 'write "logDriver": "awsfirelens"'
    if container.driver != "awslogs":
        return f"{remedy} and name the destination in its options"
    return f'{remedy}, "options": {{"Name": "cloudwatch_logs"{written}, "log_key": "log"}}'


class AppNotAwsfirelens(Rule):
    """A container doesn't log through FireLens, so its logs never reach Alert Logic.

    ## Why it matters
    FireLens connects only those containers to the log router whose log driver is `awsfirelens`.
    What a container writes with `awslogs` or `splunk` goes there and nowhere else, and without a
    log configuration it is lost: Fargate has no default driver. Alert Logic then sees the network
    traffic of the container but none of its logs, and nothing in the console says which container
    is missing. Logs can go to CloudWatch as well: the options of `awsfirelens` name that
    destination, and the copy for the agent is made beside it.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "web", "logConfiguration": {
      "logDriver": "awslogs", "options": {"awslogs-group": "/shop/web", "awslogs-region": "us-east-1",
        "awslogs-stream-prefix": "web"}}}]}
    ```
    ```json fixed base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {
      "logDriver": "awsfirelens", "options": {"Name": "cloudwatch_logs", "log_group_name": "/shop/web",
        "region": "us-east-1", "log_stream_prefix": "web/", "log_key": "log"}}}]}
    ```

    ## When not to
    Ignore the finding for a helper container whose logs are not worth watching.

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
    """

    code = "AGT103"
    name = "app-not-awsfirelens"
    severity = "warning"
    outranks = ("firelens-no-user-of-router",)
    alert_logic = True

    def check_task(self, task: Task) -> None:
        router = task.router
        if router is None or not watched(task, self.context):
            return
        who = sidecars(task)
        if router is who.agent:
            return  # who is who has to be put right first
        # ECS refuses a log router that nobody uses.
        severity = "error" if is_unused(task) else ""
        for container in who.applications:
            if container.get("firelensConfiguration") is not None:
                continue
            image = container.text("image")
            if who.agent is None and not isinstance(image, str):
                continue  # this may be the agent
            if container.driver is None:
                self.report(
                    container,
                    f"`{container.title}` has no log driver, so its logs reach nobody",
                    related=[(router, (), "the log router")],
                    severity=severity,
                    subject=[firelens_of(container)],
                    help='add "logConfiguration": {"logDriver": "awsfirelens"}',
                )
            elif isinstance(container.driver, str) and container.driver != "awsfirelens":
                self.report(
                    container,
                    f"`{container.title}` logs to `{container.driver}`, so its logs never reach Alert Logic",
                    at=("logConfiguration", "logDriver"),
                    related=[(router, (), "the log router")],
                    severity=severity,
                    subject=[firelens_of(container)],
                    help=_remedy(container),
                )
