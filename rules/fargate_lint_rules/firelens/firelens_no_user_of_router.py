from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown
from fargate_lint_rules.agent._agent import watched
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
        if router is None or not task.closed or is_excerpt(task):
            return
        if any(
            container.driver == "awsfirelens"
            or isinstance(container.driver, Unknown)
            or isinstance(container.get("logConfiguration"), Unknown)
            or is_partial(container)
            for container in task.containers
        ) or is_partial(task, "containerDefinitions"):
            return
        others = [each for each in task.containers if each is not router]
        # Of a task that Alert Logic watches another rule names each container that is left out.
        if watched(task, self.context) and sidecars(task).applications:
            return
        self.report(
            router,
            f"`{router.title}` is a log router, but no container logs with `awsfirelens`",
            at=("firelensConfiguration",),
            key=True,
            related=[
                (each, ("logConfiguration", "logDriver"), f"logs with `{each.driver}`")
                for each in others
                if each.driver is not None
            ],
            help='write "logDriver": "awsfirelens" where it is meant; ECS would answer: When a '
            "firelensConfiguration object is specified, at least one container has to be configured "
            "with the awsfirelens log driver.",
        )
