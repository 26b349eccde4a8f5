from __future__ import annotations

from fargate_lint.launch.images import image_of
from fargate_lint.launch.launcher import starts_launcher
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task


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
    outranks = ("router-uses-awsfirelens",)

    def check_task(self, task: Task) -> None:
        routers = [
            each for each in task.containers if isinstance(each.get("firelensConfiguration"), dict)
        ]
        if len(routers) < 2:
            return
        # An application that was made a router by mistake is the one to tell of.
        fit = [each for each in routers if _is_built_for_it(each)] or routers
        main = min(fit, key=lambda each: each.written_name)
        for other in routers:
            if other is main:
                continue
            self.report(
                other,
                f"`{other.title}` is a second log router beside `{main.title}`",
                at=("firelensConfiguration",),
                key=True,
                subject=[
                    (*other.path, "firelensConfiguration"),
                    (*other.path, "logConfiguration"),
                ],
                related=[(main, ("firelensConfiguration",), "the log router")],
                help="remove one of them: a task has one `firelensConfiguration` at most",
            )


def _is_built_for_it(container: Container) -> bool:
    """Whether a container starts the launcher, or has an image with Fluent Bit or Fluentd."""
    kind = image_of(container).kind
    return starts_launcher(container) or kind in {"aws", "upstream", "fluentd"}
