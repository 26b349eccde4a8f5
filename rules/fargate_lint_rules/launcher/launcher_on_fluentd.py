from __future__ import annotations

from fargate_lint.data.images import AWS_FLUENT_BIT
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class LauncherOnFluentd(Rule):
    """The launcher is started in a Fluentd image, which has no Fluent Bit.

    ## Why it matters
    The launcher rewrites Fluent Bit's configuration and starts Fluent Bit. Fluentd has another
    program, another format, and another file.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "image": "fluent/fluentd:v1.16-1"}]}
    ```
    ```json good
    {"containerDefinitions": [{"name": "log_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3"}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "LCH605"
    name = "launcher-on-fluentd"
    severity = "error"

    def check_launch(self, launch: Launch) -> None:
        if launch.arguments is None or launch.router is None:
            return
        if launch.sidecars.router_image.kind == "fluentd":
            self.report(
                launch.router,
                "the launcher starts Fluent Bit, but this image has Fluentd",
                at=("image",),
                related=[(launch.router, ("entryPoint",), "the launcher")],
                help=f"take the image {AWS_FLUENT_BIT}:stable",
            )
