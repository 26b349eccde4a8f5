from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of
from fargate_lint_rules.ecs._options import PATH, names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

OPTION = "awslogs-create-group"


class AwslogsCreateGroupAdvice(Rule):
    """The log group of the `awslogs` driver has to exist already, since nobody asks to create it.

    ## Why it matters
    Without `awslogs-create-group` a missing log group stops the task at its start:
    `ResourceInitializationError: failed to validate logger args: ... The specified log group does
    not exist`. With it the driver creates the group, for which the execution role needs
    `logs:CreateLogGroup`.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "awslogs-create-group": null}}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "awslogs-create-group": "true"}}}]}
    ```

    ## When not to
    Something else creates the group, with its retention and its tags, which is the better way.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html
    - https://docs.docker.com/engine/logging/drivers/awslogs/
    """

    code = "ECS306"
    name = "awslogs-create-group-advice"
    severity = "info"
    members = ("awslogs-group", "secretOptions")

    def check_container(self, container: Container) -> None:
        if container.driver != "awslogs" or OPTION in container.options:
            return
        if text_of(container.options.get("awslogs-group")) in self.context.log_groups:
            return
        if container.task.scope == "task" and "awslogs-group" in (names(container) or ()):
            self.report(
                container,
                f"the log group of `{container.title}` has to exist before the task starts",
                at=(*PATH, "awslogs-group"),
                help=f'create it, or add "{OPTION}": "true" and logs:CreateLogGroup to the role',
            )
