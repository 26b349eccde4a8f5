from __future__ import annotations

from fargate_lint.data.images import AWS_FLUENT_BIT, GO_PLUGINS
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class PluginNameForImage(Rule):
    """An output names a plug-in that only AWS for Fluent Bit has, but the image is Fluent Bit's own.

    ## Why it matters
    `cloudwatch`, `firehose` and `kinesis` are Go plug-ins of AWS's image. Fluent Bit's own image
    stops with `tried to instance a plugin name that doesn't exist`. It has the same destinations
    as `cloudwatch_logs`, `kinesis_firehose` and `kinesis_streams`, with nearly the same options.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router", "image": "cr.fluentbit.io/fluent/fluent-bit:4.2.2"},
      {"name": "web", "logConfiguration": {"options": {"Name": "cloudwatch"}}}]}
    ```
    ```json good base=firelens
    {"containerDefinitions": [{"name": "log_router", "image": "cr.fluentbit.io/fluent/fluent-bit:4.2.2"},
      {"name": "web", "logConfiguration": {"options": {"Name": "cloudwatch_logs"}}}]}
    ```

    ## References
    - https://github.com/aws/aws-for-fluent-bit/blob/mainline/README.md
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "OUT105"
    name = "plugin-name-for-image"
    severity = "error"
    outranks = ("plugin-name-unknown",)

    def check_launch(self, launch: Launch) -> None:
        if launch.router is None or launch.sidecars.router_image.kind != "upstream":
            return
        for output in launch.outputs:
            if output.plugin in GO_PLUGINS:
                self.report(
                    launch.spot(output.section.first("Name") or output.section),
                    f"`{output.plugin}` is not in this image: only AWS for Fluent Bit has it",
                    related=[(launch.router, ("image",), "the image")],
                    help=f"write `{GO_PLUGINS[output.plugin]}`, or take the image {AWS_FLUENT_BIT}",
                )
