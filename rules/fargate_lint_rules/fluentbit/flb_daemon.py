from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbDaemon(ProblemRule):
    """Fluent Bit is told to go to the background, which ends its container.

    ## Why it matters
    With `Daemon on` Fluent Bit starts a second process and ends the first one with status 0. A
    container ends with its first process: the router stops, and as an essential container it stops
    the task.

    ## Example
    ```conf bad
    [SERVICE]
        Daemon on
    ```
    ```conf fixed
    [SERVICE]
        Daemon off
    ```

    ## When not to
    On a machine of its own Fluent Bit may well run in the background; for a file that stands alone
    this is a warning.

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/configuration-file
    """

    code = "FLB408"
    name = "flb-daemon"
    severity = "error"
