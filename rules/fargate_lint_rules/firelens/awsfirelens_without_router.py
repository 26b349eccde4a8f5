from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._subjects import ROUTER
from fargate_lint_rules.ecs._shape import is_excerpt, is_partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class AwsfirelensWithoutRouter(Rule):
    """A container logs with `awsfirelens`, but the task has no log router.

    ## Why it matters
    `awsfirelens` sends to a container of the same task, the one with a `firelensConfiguration`. ECS
    refuses a definition that has none.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": null}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"type": "fluentbit"}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "FLN305"
    name = "awsfirelens-without-router"
    severity = "error"
    outranks = ("dependson-unknown-container",)
    places_are_one = True
    members = ("logDriver",)

    def check_task(self, task: Task) -> None:
        users = [each for each in task.containers if each.driver == "awsfirelens"]
        if not users or not task.closed or is_excerpt(task) or task.scope != "task":
            return
        if any(
            each.value.get("firelensConfiguration") is not None or is_partial(each)
            for each in task.containers
        ) or is_partial(task, "containerDefinitions"):
            return
        first = users[0]
        more = f" (and {len(users) - 1} more)" if len(users) > 1 else ""
        self.report(
            first,
            f"`{first.title}`{more} logs with `awsfirelens`, but the task has no log router",
            at=("logConfiguration", "logDriver"),
            related=[
                (each, ("logConfiguration", "logDriver"), "needs one too") for each in users[1:]
            ],
            subject=[ROUTER],
            help='add a container with "firelensConfiguration": {"type": "fluentbit"}; ECS would answer: '
            "When awsfirelens log driver is specified in log configuration, a firelens configuration "
            "object must be configured in one of the containers.",
        )
