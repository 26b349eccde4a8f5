from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbFileMissing(ProblemRule):
    """A file that the configuration names does not exist.

    ## Why it matters
    A file that `@INCLUDE` names must be there, else Fluent Bit ends, mostly without saying which
    one it missed. The same is true of scripts, certificates and libraries; parser files that are
    missing only give a line in the log, and the parsers are missed later. The path of `@INCLUDE` is
    the whole rest of the line: quotes, comments and `${VAR}` are part of it.

    ## Example
    ```conf bad
    @INCLUDE outputs.conf
    ```
    ```conf fixed
    @INCLUDE /fluent-bit/etc/outputs.conf
    ```

    ## When not to
    Of a file that stands alone nobody knows where it will be in the image. That there is no such
    file beside it is only a note.

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/commands
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/configuration-file
    """

    code = "FLB403"
    name = "flb-file-missing"
    severity = "error"
