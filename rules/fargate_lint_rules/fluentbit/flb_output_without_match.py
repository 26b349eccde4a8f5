from __future__ import annotations

from fargate_lint_rules._subjects import INSTANCES, ROUTES
from fargate_lint_rules.fluentbit._problems import ProblemRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.launch.problem import Problem
    from fargate_lint.lint.finding import Place
    from fargate_lint.source.document import Path


class FlbOutputWithoutMatch(ProblemRule):
    """An output has neither `Match` nor `Match_Regex`, so no record reaches it.

    ## Why it matters
    Only where there is exactly one input and one output do they belong together by themselves.
    FireLens always makes three inputs, so an output in a file of yours gets nothing without
    `Match`. Fluent Bit prints one warning (`NO match for`) and runs.

    ## Example
    ```conf bad
    [OUTPUT]
        Name null
        Match firelens-healthcheck

    [OUTPUT]
        Name stdout
    ```
    ```conf fixed
    [OUTPUT]
        Name null
        Match firelens-healthcheck

    [OUTPUT]
        Name stdout
        Match *
    ```

    ## References
    - https://docs.fluentbit.io/manual/concepts/data-pipeline/router
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "FLB302"
    name = "flb-output-without-match"
    severity = "error"
    outranks = ("no-output-configured",)

    def subjects(self, at: Place, problem: Problem) -> Iterator[Path]:
        """The output, and the logs that it doesn't get."""
        yield from super().subjects(at, problem)
        yield from (ROUTES, INSTANCES)
