from __future__ import annotations

from fargate_lint.data.images import AWS_2
from fargate_lint.launch.images import is_published
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class AwsFlb2xEol(Rule):
    """The router runs AWS for Fluent Bit 2.x, whose Fluent Bit and Linux are no longer maintained.

    ## Why it matters
    All of 2.x is Fluent Bit 1.9.10 of 2022 on Amazon Linux 2, whose support ended on 2026-06-30.
    It works, and it is what `stable` and `latest` still mean, but security fixes can no longer be
    counted on. 3.x is a current Fluent Bit on Amazon Linux 2023; its tag `3` is the newest of them.

    Read the configuration again before you change: newer versions refuse some values that 1.9.10
    passes over, and the 3.x image has no `nc` for a health check.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3"}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:3"}]}
    ```

    ## References
    - https://github.com/aws/aws-for-fluent-bit/issues/1181
    - https://aws.amazon.com/amazon-linux-2/faqs/
    """

    code = "IMG106"
    name = "aws-flb-2x-eol"
    severity = "info"

    def check_task(self, task: Task) -> None:
        found = sidecars(task).router_image
        router = sidecars(task).router
        if router is None or found.kind != "aws":
            return
        tag = found.image.tag or "latest"
        own = found.moving and not is_published(found.image)
        if (found.version != AWS_2 and not tag.startswith("2.")) or own:
            return
        self.report(
            router,
            f"`{tag}` is Fluent Bit {found.version or '1.x'} on Amazon Linux 2, which ended in 2026",
            at=("image",),
            help="try the tag `3` (or a version from 3.4.9 on), then pin what you have tested",
        )
