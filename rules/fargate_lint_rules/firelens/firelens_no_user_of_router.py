from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown
from fargate_lint_rules._subjects import firelens_of
from fargate_lint_rules.ecs._shape import is_excerpt, is_partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class FirelensNoUserOfRouter(Rule):
    """The task has a log router, but no container sends its logs to it.

    ## Why it matters
    A container with `firelensConfiguration` only makes sense beside one that logs with
    `awsfirelens`, and ECS refuses a definition without one. Usually an application was left with
    `awslogs` when the log router was added.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"logDriver": "awslogs", "options": {
      "Name": null, "log_group_name": null, "region": null, "log_stream_prefix": null, "log_key": null,
      "auto_create_group": null,
      "awslogs-group": "/shop/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"logDriver": "awsfirelens"}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "FLN304"
    name = "firelens-no-user-of-router"
    severity = "error"
    members = ("firelensConfiguration",)

    def check_task(self, task: Task) -> None:
        router = task.router
        if router is None or not is_unused(task):
            return
        others = [each for each in task.containers if each is not router]
        self.report(
            router,
            f"`{router.title}` is a log router, but no container logs with `awsfirelens`",
            at=("firelensConfiguration",),
            key=True,
            related=[
                (router, (), "the log router"),
                *(
                    (each, ("logConfiguration", "logDriver"), f"logs with `{each.driver}`")
                    for each in others
                    if each.driver is not None
                ),
            ],
            subject=map(firelens_of, others),
            help='write "logDriver": "awsfirelens" where it is meant; ECS would answer: When a '
            "firelensConfiguration object is specified, at least one container has to be configured "
            "with the awsfirelens log driver.",
        )


def is_unused(task: Task) -> bool:
    """Whether no container of a task logs with `awsfirelens`, as far as the file shows."""
    return (
        task.closed
        and not is_excerpt(task)
        and not is_partial(task, "containerDefinitions")
        and not any(
            container.driver == "awsfirelens"
            or isinstance(container.driver, Unknown)
            or isinstance(container.get("logConfiguration"), Unknown)
            or is_partial(container)
            for container in task.containers
        )
    )
