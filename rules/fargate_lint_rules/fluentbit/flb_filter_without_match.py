from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbFilterWithoutMatch(ProblemRule):
    """A filter has neither `Match` nor `Match_Regex`, so it is for no records.

    ## Why it matters
    Fluent Bit 1.9 unloads such a filter with a warning, and what it was to do is not done. Newer
    versions do not start.

    ## Example
    ```conf bad
    [FILTER]
        Name record_modifier
        Record team shop
    ```
    ```conf fixed
    [FILTER]
        Name record_modifier
        Match *
        Record team shop
    ```

    ## References
    - https://docs.fluentbit.io/manual/concepts/data-pipeline/router
    - https://docs.fluentbit.io/manual/pipeline/filters
    """

    code = "FLB301"
    name = "flb-filter-without-match"
    severity = "error"
