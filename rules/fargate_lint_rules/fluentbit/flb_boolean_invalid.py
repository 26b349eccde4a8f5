from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbBooleanInvalid(ProblemRule):
    """The value of a switch is neither on nor off.

    ## Why it matters
    Fluent Bit takes `on`, `true` and `yes`, `off`, `false` and `no`, in any case. `1` and `0` are
    no such words, and neither is `on # comment`: there are no comments behind a value. A plugin
    refuses another word with exit status 255; SERVICE and `tls` silently leave the switch off.

    ## Example
    ```conf bad
    [INPUT]
        Name tail
        Path /var/log/app.log
        Skip_Long_Lines 1
    ```
    ```conf fixed
    [INPUT]
        Name tail
        Path /var/log/app.log
        Skip_Long_Lines on
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/format-schema
    - https://docs.fluentbit.io/manual/pipeline/outputs
    """

    code = "FLB206"
    name = "flb-boolean-invalid"
    severity = "error"
