from __future__ import annotations

from fargate_lint_rules._subjects import INSTANCES
from fargate_lint_rules.fluentbit._problems import ProblemRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.launch.problem import Problem
    from fargate_lint.lint.finding import Place
    from fargate_lint.source.document import Path


class PluginNameUnknown(ProblemRule):
    """Fluent Bit has no plugin of this name, and does not start.

    ## Why it matters
    `Name` chooses the plugin. One that this version does not have ends the start with `tried to
    instance a plugin name that doesn't exist` and exit status 1, and the task stops. The names of
    AWS's Go plugins (`cloudwatch`, `firehose`, `kinesis`) exist only where they are loaded with
    `-e`.

    A Fluent Bit file that is checked by itself does not say which plugins are loaded with `-e`, so an
    unknown output is reported only if its name resembles a known one.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"Name": "cloudwach_logs"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"Name": "cloudwatch_logs"}}}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/outputs
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://github.com/aws/aws-for-fluent-bit/blob/mainline/README.md
    """

    code = "FLB201"
    name = "plugin-name-unknown"
    severity = "error"
    fixable = "unsafe"
    outranks = ("flb-output-without-match", "syslog-output-missing")

    def subjects(self, at: Place, problem: Problem) -> Iterator[Path]:
        """The name, and how many instances there are without this one."""
        yield from super().subjects(at, problem)
        yield INSTANCES
