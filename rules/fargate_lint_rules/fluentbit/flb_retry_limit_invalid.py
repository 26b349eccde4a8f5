from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbRetryLimitInvalid(ProblemRule):
    """`Retry_Limit` is not a number above 0 nor one of the words for no limit, so one retry is
    made.

    ## Why it matters
    After a failed delivery Fluent Bit tries again as often as `Retry_Limit` says, then drops the
    chunk. `False`, `off` and `no_limits` mean for ever, `no_retries` never. Any other word, `0` and
    `-1` too, gives a warning in the log and the default of one retry, so that a destination which
    is away for a minute loses logs.

    ## Example
    ```conf bad
    [OUTPUT]
        Name stdout
        Match *
        Retry_Limit unlimited
    ```
    ```conf fixed
    [OUTPUT]
        Name stdout
        Match *
        Retry_Limit no_limits
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/scheduling-and-retries
    """

    code = "FLB212"
    name = "flb-retry-limit-invalid"
    severity = "warning"
