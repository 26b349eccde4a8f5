from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbSectionMisplaced(ProblemRule):
    """A section stands in a file where Fluent Bit does not accept it.

    ## Why it matters
    Parsers belong into a file of their own, which `Parsers_File` of SERVICE names. In the main
    file, or in one that it includes, a `[PARSER]` or `[MULTILINE_PARSER]` ends the start with exit
    status 1. The same is true of `[PLUGINS]`, whose keys newer versions try to load as if they were
    libraries.

    ## Example
    ```conf bad
    [PARSER]
        Name json
        Format json

    [FILTER]
        Name parser
        Match *
        Key_Name log
        Parser json
    ```
    ```conf fixed
    [SERVICE]
        Parsers_File /fluent-bit/etc/parsers.conf

    [FILTER]
        Name parser
        Match *
        Key_Name log
        Parser json
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/configuration-file
    - https://docs.fluentbit.io/manual/pipeline/parsers/configuring-parser
    """

    code = "FLB105"
    name = "flb-section-misplaced"
    severity = "error"
