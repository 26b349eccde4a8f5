from __future__ import annotations

from fargate_lint_rules._subjects import ROUTES
from fargate_lint_rules.fluentbit._problems import ProblemRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.launch.problem import Problem
    from fargate_lint.lint.finding import Place
    from fargate_lint.source.document import Path


class NoOutputConfigured(ProblemRule):
    """A container logs to FireLens, but no output takes its logs.

    ## Why it matters
    FireLens makes an output for a container only when its log options name a plugin. Without
    options the logs come in and go nowhere, unless the launcher's words or a file of your own bring
    an output that matches them. Nothing is printed, neither by FireLens nor by Fluent Bit.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": null}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "Name": "cloudwatch_logs", "region": "us-east-1", "log_group_name": "/shop/web",
      "log_stream_prefix": "web/", "auto_create_group": "true", "log_key": "log"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://docs.fluentbit.io/manual/concepts/data-pipeline/router
    """

    code = "FLN402"
    name = "no-output-configured"
    severity = "error"

    def subjects(self, at: Place, problem: Problem) -> Iterator[Path]:
        """The container's log configuration, and where its logs go."""
        for path in super().subjects(at, problem):
            yield path
            yield (*ROUTES, *path[:-1])
