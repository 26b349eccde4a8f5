from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.launch.problem import Problem
    from fargate_lint.lint.finding import Place
    from fargate_lint.source.document import Path


class FlbValueEmpty(ProblemRule):
    """A key has no value, and Fluent Bit does not start.

    ## Why it matters
    FireLens writes each log option as a line `key value`. With an empty value there is only the key
    and a blank, which Fluent Bit refuses with `key has an empty value`; the router stops with exit
    status 1, and the task with it. The same holds for a line in a file of your own, and for a value
    that is nothing but a variable which is not set.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"log_format": ""}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"log_format": "json/emf"}}}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/format-schema
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "FLB103"
    name = "flb-value-empty"
    severity = "error"
    outranks = ("flb-required-option-missing", "flb-stream-name-and-prefix")

    def subjects(self, at: Place, problem: Problem) -> Iterator[Path]:
        """The option, and what is missing because it is empty."""
        for path in super().subjects(at, problem):
            yield path
            if path[-2:-1] == ("options",):
                yield (*path[:-2], str(path[-1]).lower())
