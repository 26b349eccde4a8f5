from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbOptionDeprecated(ProblemRule):
    """The option has no effect any more, and newer versions refuse it.

    ## Why it matters
    `Unescape_Key` of the parser filter does nothing since Fluent Bit 1.9. Version 4 warns, version
    5 ends the start with exit status 255, so the next image stops the task.

    ## Example
    ```conf bad
    [FILTER]
        Name parser
        Match *
        Key_Name log
        Parser json
        Unescape_Key on
    ```
    ```conf fixed
    [FILTER]
        Name parser
        Match *
        Key_Name log
        Parser json
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/filters/parser
    """

    code = "FLB214"
    name = "flb-option-deprecated"
    severity = "warning"
