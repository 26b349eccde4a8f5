from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbParserUndefined(ProblemRule):
    """A parser is used that no file defines.

    ## Why it matters
    A filter or an input names its parser, and parsers come from the files that `Parsers_File` of
    SERVICE or `-R` names. FireLens' own configuration names none, so without such a line in your
    file even `json` does not exist. Fluent Bit ends with `requested parser 'json' not found` and
    exit status 255.

    ## Example
    ```conf bad
    [SERVICE]
        Flush 1

    [INPUT]
        Name dummy
        Tag app

    [FILTER]
        Name parser
        Match *
        Key_Name log
        Parser json

    [OUTPUT]
        Name stdout
        Match *
    ```
    ```conf fixed
    [SERVICE]
        Parsers_File /fluent-bit/parsers/parsers.conf

    [INPUT]
        Name dummy
        Tag app

    [FILTER]
        Name parser
        Match *
        Key_Name log
        Parser json

    [OUTPUT]
        Name stdout
        Match *
    ```

    ## When not to
    A file that stands alone may be started with `-R`, which it does not show: then this is a
    warning that you can ignore.

    ## References
    - https://docs.fluentbit.io/manual/pipeline/parsers/configuring-parser
    - https://docs.fluentbit.io/manual/pipeline/filters/parser
    """

    code = "FLB401"
    name = "flb-parser-undefined"
    severity = "error"
