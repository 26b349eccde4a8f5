from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class MultipleFirelens(Rule):
    """More than one container has a `firelensConfiguration`, but a task can have only one log router.

    ## Why it matters
    FireLens makes one configuration and one socket for the whole task. With two routers it is a
    matter of chance which of them the applications are connected to: ECS takes the options of one
    and starts the others, and logs go to a router without outputs. All destinations belong into
    the one router; each application's log options choose their own.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "second_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3",
      "firelensConfiguration": {"type": "fluentbit"}}]}
    ```
    ```json good base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"type": "fluentbit"}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "FLN101"
    name = "multiple-firelens"
    severity = "error"

    def check_task(self, task: Task) -> None:
        routers = [
            each for each in task.containers if isinstance(each.get("firelensConfiguration"), dict)
        ]
        for other in routers[1:]:
            self.report(
                other,
                f"`{other.title}` is a second log router beside `{routers[0].title}`",
                at=("firelensConfiguration",),
                key=True,
                related=[(routers[0], ("firelensConfiguration",), "the first one")],
                help="remove one of them: a task has one `firelensConfiguration` at most",
            )
