from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.output._cloudwatch import outputs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class StreamPrefixNoSlash(Rule):
    """`log_stream_prefix` does not end with `/`, so it runs into the container's name.

    ## Why it matters
    The `awslogs` driver puts a slash between its prefix and the rest of a stream's name; Fluent
    Bit puts nothing. With the prefix `web` the streams are called `webapp-firelens-…`, which
    searches for `web/` don't find. Nothing is lost. In tasks without the Alert Logic agent this is
    only advice, since any separator may be meant.

    ## Example
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "log_stream_prefix": "web"}}}]}
    ```
    ```json fixed base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "log_stream_prefix": "web/"}}}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit
    - https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch
    """

    code = "OUT203"
    name = "stream-prefix-no-slash"
    severity = "warning"

    def check_launch(self, launch: Launch) -> None:
        for output in outputs(launch):
            entry = output.section.first("log_stream_prefix")
            if entry is None or not isinstance(entry.value, str) or not entry.value:
                continue
            if entry.value.endswith(("/", ")")):
                continue
            name = output.container.name if output.from_options else "app"
            self.report(
                launch.spot(entry),
                f"streams will be called `{entry.value}{name}-firelens-…`: no `/` ends the prefix",
                help=f"write `{entry.value.rstrip('-_.')}/`",
                severity="" if launch.sidecars.alert_logic else "info",
            )
