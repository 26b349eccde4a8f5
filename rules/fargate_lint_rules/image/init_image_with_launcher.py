from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class InitImageWithLauncher(Rule):
    """The router's image is an `init` one, but the launcher replaces the start of it.

    ## Why it matters
    The `init-` images fetch configuration files from S3, write a main file that includes them, and
    start Fluent Bit on it; all that is done by their entry point. With the launcher as
    `entryPoint` none of it happens: the files named by `aws_fluent_bit_init_s3_1` and its like are
    never fetched, and their outputs and filters are missing. The launcher can't be pointed at the
    main file of `init` either, since it doesn't follow `@INCLUDE`.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:init-2.34.3"}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3"}]}
    ```

    ## References
    - https://github.com/aws/aws-for-fluent-bit/tree/mainline/use_cases/init-process-for-fluent-bit
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "IMG108"
    name = "init-image-with-launcher"
    severity = "error"

    def check_task(self, task: Task) -> None:
        roles = sidecars(task)
        found = roles.router_image
        if not found.init or roles.launcher is None or roles.router is not roles.launcher:
            return
        tag = found.image.tag
        plain = tag.replace("init-", "", 1)
        self.report(
            roles.router,
            f"`{tag}` starts with its own entry point, which the launcher replaces",
            at=("image",),
            related=[(roles.router, ("entryPoint",), "this runs in its place")],
            help=f"take the tag `{plain}`, and put what `init` would fetch into the launcher's "
            "arguments or into an image of your own",
        )
