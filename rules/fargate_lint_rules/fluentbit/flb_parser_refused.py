from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbParserRefused(ProblemRule):
    """A parser is not defined as Fluent Bit wants it, so neither it nor those below it exist.

    ## Why it matters
    A parser needs a name that is not taken, a format (`json`, `regex`, `ltsv`, `logfmt`) and, for
    `regex`, an expression that can be compiled. Fluent Bit stops reading the file at the first
    parser that is wrong, prints one line and goes on; what uses the missing parsers fails later
    with `requested parser not found`.

    ## Example
    ```conf bad
    [PARSER]
        Name app
        Format grok
    ```
    ```conf fixed
    [PARSER]
        Name app
        Format json
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/parsers/configuring-parser
    """

    code = "FLB405"
    name = "flb-parser-refused"
    severity = "error"
