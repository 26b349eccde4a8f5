from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import written
from fargate_lint_rules.output._cloudwatch import LONGEST_NAME, certain, outputs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch, Output
    from fargate_lint.launch.sections import Entry


# `-firelens-` and the id of a task.
TAG_LENGTH = 10 + 32


class LogStreamCharset(Rule):
    """The log stream's name or prefix has a character that CloudWatch does not take, or gets too
    long.

    ## Why it matters
    `:` and `*` are not allowed in the name of a log stream, and 512 characters are the limit.
    Neither plug-in changes what stands in `log_stream_prefix`. CloudWatch refuses the stream
    (`InvalidParameterException`), so nothing of this container arrives. To a prefix the tag is
    added: the container's name, `-firelens-`, and the task's id of 32 characters.

    ## Example
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "log_stream_prefix": "web:v1/"}}}]}
    ```
    ```json fixed base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "log_stream_prefix": "web-v1/"}}}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit
    - https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch
    - https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html
    """

    code = "OUT202"
    name = "log-stream-charset"
    severity = "error"
    fixable = "unsafe"

    def check_launch(self, launch: Launch) -> None:
        for output in outputs(launch):
            for key in ("log_stream_prefix", "log_stream_name"):
                entry = output.section.first(key)
                if entry is not None:
                    self._check(launch, output, key, entry)

    def _check(self, launch: Launch, output: Output, key: str, entry: Entry) -> None:
        name = certain(entry)
        bad = [character for character in ":*" if character in name]
        if bad:
            listed = " ".join(f"`{character}`" for character in bad)
            better = entry.text.replace(":", "-").replace("*", "-")
            self.report(
                launch.spot(entry),
                f"`{key}` `{entry.text}` has {listed}, which CloudWatch refuses",
                help=f"write `{better}`" if name == entry.value else f"write it without {listed}",
                fix=written(launch, entry, better, safe=False) if name == entry.value else None,
            )
            return
        added = len(output.container.name) + TAG_LENGTH if key == "log_stream_prefix" else 0
        if len(name) + added > LONGEST_NAME:
            self.report(
                launch.spot(entry),
                f"log streams get names of {len(name) + added} characters, CloudWatch takes {LONGEST_NAME}",
                help="shorten it",
            )
