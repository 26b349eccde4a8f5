from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import RunRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch.problem import Problem


class FlbSyntax(RunRule):
    """A line is not in Fluent Bit's classic format, and Fluent Bit does not start.

    ## Why it matters
    A line is a section header at its very beginning, an indented key with a blank and its value, a
    comment, or a command such as `@INCLUDE`. There is nothing else: `Key=value`, `Key: value`, a
    key without a value, a header without `]` or a key before the first header stops the start with
    exit status 1. Fluent Bit prints the line and ends; the lines behind it are not even looked at.

    ## Example
    ```conf bad
    [OUTPUT]
        Name stdout
        Match=*
    ```
    ```conf bad
    [OUTPUT
        Name stdout
        Match *
    ```
    ```conf fixed
    [OUTPUT]
        Name stdout
        Match *
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/format-schema
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/configuration-file
    """

    code = "FLB101"
    name = "flb-syntax"
    severity = "error"
    outranks = ("document-encoding",)

    def joins(self, before: Problem, problem: Problem) -> bool:
        """Keys that are in no section, since its header was not understood, are one slip with it."""
        return problem.kind == "pair-outside" or super().joins(before, problem)
