from __future__ import annotations

from fargate_lint.data.images import AWS_FLUENT_BIT, GO_PLUGINS
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class EOnUpstreamImage(Rule):
    """AWS's Go plug-ins are loaded with `-e`, but the image is Fluent Bit's own, which does not have
    them.

    ## Why it matters
    Only AWS for Fluent Bit carries `cloudwatch.so`, `firehose.so` and `kinesis.so`. Fluent Bit's
    own image stops with `error opening plugin` and exit status 1. Its built-in plug-ins do the
    same work under other names: `cloudwatch_logs`, `kinesis_firehose`, `kinesis_streams`.

    ## Example
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "log_router", "image": "fluent/fluent-bit:4.2.2"},
      {"name": "web", "logConfiguration": {"options": {"Name": "cloudwatch_logs"}}}]}
    ```
    ```json good base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"Name": "cloudwatch"}}}]}
    ```

    ## References
    - https://github.com/aws/aws-for-fluent-bit/blob/mainline/README.md
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "OUT104"
    name = "e-on-upstream-image"
    severity = "error"

    def check_launch(self, launch: Launch) -> None:
        router = launch.router
        if router is None or launch.sidecars.router_image.kind != "upstream":
            return
        for index, word in launch.plugins_loaded():
            name = text_of(word).rpartition("/")[2].removesuffix(".so")
            if name in GO_PLUGINS:
                self.report(
                    router,
                    f"`{text_of(word)}` is not in this image: only AWS for Fluent Bit has it",
                    at=launch.word(index),
                    related=[(router, ("image",), "the image")],
                    help=f"remove it and use `{GO_PLUGINS[name]}`, or take the image {AWS_FLUENT_BIT}",
                )
