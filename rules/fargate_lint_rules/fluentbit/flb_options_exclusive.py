from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbOptionsExclusive(ProblemRule):
    """Two options are given of which the plugin takes only one.

    ## Why it matters
    Some options exclude each other: `Remove_key` and `Allowlist_key` of record_modifier,
    `Add_prefix` and `Remove_prefix` of nest. The plugin does not choose; it ends the start with
    exit status 255.

    ## Example
    ```conf bad
    [FILTER]
        Name record_modifier
        Match *
        Remove_key source
        Allowlist_key log
    ```
    ```conf fixed
    [FILTER]
        Name record_modifier
        Match *
        Allowlist_key log
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/filters/record-modifier
    - https://docs.fluentbit.io/manual/pipeline/filters
    """

    code = "FLB211"
    name = "flb-options-exclusive"
    severity = "error"
