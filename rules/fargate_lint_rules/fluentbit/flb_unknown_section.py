from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbUnknownSection(ProblemRule):
    """A section has a name that Fluent Bit does not know, and is passed over with all its
    keys.

    ## Why it matters
    Fluent Bit knows SERVICE, INPUT, FILTER, OUTPUT and a few more, and takes any beginning of such
    a name for it. Every other section is skipped without a word: an output below `[OUPTUT]` does
    not exist, and what was meant for it goes nowhere.

    ## Example
    ```conf bad
    [OUPTUT]
        Name stdout
        Match *

    [OUTPUT]
        Name null
        Match firelens-healthcheck
    ```
    ```conf fixed
    [OUTPUT]
        Name stdout
        Match *

    [OUTPUT]
        Name null
        Match firelens-healthcheck
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/format-schema
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/configuration-file
    """

    code = "FLB104"
    name = "flb-unknown-section"
    severity = "warning"
