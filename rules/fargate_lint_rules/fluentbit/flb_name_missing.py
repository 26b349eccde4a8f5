from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbNameMissing(ProblemRule):
    """A section does not say with `Name` which plugin it is for.

    ## Why it matters
    Every `[INPUT]`, `[FILTER]` and `[OUTPUT]` names its plugin. Without `Name` Fluent Bit ends with
    `section 'output' is missing the 'name' property` and exit status 1. Mostly the key is there,
    but spelled `Name:` or `Name=`: the classic format has no sign between key and value.

    ## Example
    ```conf bad
    [OUTPUT]
        Match *
        Host logs.example.com
    ```
    ```conf fixed
    [OUTPUT]
        Name forward
        Match *
        Host logs.example.com
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/configuration-file
    """

    code = "FLB106"
    name = "flb-name-missing"
    severity = "error"
