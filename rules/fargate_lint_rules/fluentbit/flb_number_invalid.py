from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbNumberInvalid(ProblemRule):
    """The value of an option is not a number, a size or a time that Fluent Bit takes.

    ## Why it matters
    Sizes are a number with nothing, `K`, `M`, `G`, `KB`, `MB` or `GB` behind it; ports and times
    are whole numbers. What is out of range stops some plugins; elsewhere a bad size is dropped by
    1.9, which then runs without a limit, and refused by newer versions. A time of 0 for `Flush`
    ends the start.

    ## Example
    ```conf bad
    [INPUT]
        Name tail
        Path /var/log/app.log
        Mem_Buf_Limit 50MiB
    ```
    ```conf fixed
    [INPUT]
        Name tail
        Path /var/log/app.log
        Mem_Buf_Limit 50M
    ```
    ```conf bad
    [SERVICE]
        Flush 0
    ```
    ```conf fixed
    [SERVICE]
        Flush 1
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/unit-sizes
    - https://docs.fluentbit.io/manual/administration/buffering-and-storage
    """

    code = "FLB207"
    name = "flb-number-invalid"
    severity = "error"
