from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch
    from fargate_lint.launch.problem import Problem

PATTERNS = frozenset({"include-pattern", "exclude-pattern"})


class FirelensPatternInvalid(ProblemRule):
    """`include-pattern` or `exclude-pattern` is not a regular expression that Fluent Bit can
    use.

    ## Why it matters
    FireLens makes a grep filter from the pattern, and Fluent Bit compiles it when it starts, in the
    syntax of Ruby. A wildcard such as `*error*` is no regular expression: the router ends with
    `could not compile regex pattern` and exit status 255. An empty pattern ends the start as well.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"exclude-pattern": "*health*"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"exclude-pattern": "health"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://docs.fluentbit.io/manual/pipeline/filters/grep
    """

    code = "FLN401"
    name = "firelens-pattern-invalid"
    severity = "error"
    outranks = ("FLB",)

    def sees(self, launch: Launch | None, problem: Problem) -> bool:
        """Whether a problem comes from one of the two options."""
        path = (problem.origin.path if problem.origin is not None else None) or ("",)
        return launch is not None and path[-1] in PATTERNS
