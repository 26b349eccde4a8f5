from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import RunRule


class FlbIndentation(RunRule):
    """A line is indented in another way than the first indented line of its file, and Fluent
    Bit does not start.

    ## Why it matters
    The first indented line of a file, a comment too, sets the indentation for all of it. A line
    with fewer blanks, with more (unless exactly twice as many) or with a tab instead ends the start
    with `invalid indentation level` and exit status 1. Editors that turn blanks into tabs, and
    sections pasted from elsewhere, are the usual causes. Each included file has an indentation of
    its own.

    ## Example
    ```conf bad
    [FILTER]
        Name grep
        Match *

    [OUTPUT]
      Name stdout
      Match *
    ```
    ```conf fixed
    [FILTER]
        Name grep
        Match *

    [OUTPUT]
        Name stdout
        Match *
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/format-schema
    """

    code = "FLB102"
    name = "flb-indentation"
    severity = "error"
