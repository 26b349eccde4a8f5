from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbIncludeTwice(ProblemRule):
    """A file is included a second time, or includes itself.

    ## Why it matters
    Fluent Bit reads each file once: a second `@INCLUDE` of it ends the start. A file that includes
    itself makes version 1.9 run out of stack. A pattern such as `*.conf` also matches the file that
    it stands in.

    ## Example
    ```conf bad
    @INCLUDE /fluent-bit/etc/outputs.conf
    @INCLUDE /fluent-bit/etc/outputs.conf
    ```
    ```conf fixed
    @INCLUDE /fluent-bit/etc/outputs.conf
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/commands
    """

    code = "FLB404"
    name = "flb-include-twice"
    severity = "error"
