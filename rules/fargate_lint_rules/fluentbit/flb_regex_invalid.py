from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbRegexInvalid(ProblemRule):
    """A pattern is not a valid regular expression, or a key not a valid record accessor.

    ## Why it matters
    Filters compile their patterns when they start, in the syntax of Ruby. One that can't be
    compiled ends the start with exit status 255; a wildcard such as `*error*` is the usual mistake,
    since `*` needs something to repeat. A `Match_Regex` that can't be compiled is passed over
    without a word.

    ## Example
    ```conf bad
    [FILTER]
        Name grep
        Match *
        Regex log *error*
    ```
    ```conf fixed
    [FILTER]
        Name grep
        Match *
        Regex log error
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/filters/grep
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/record-accessor
    """

    code = "FLB210"
    name = "flb-regex-invalid"
    severity = "error"
