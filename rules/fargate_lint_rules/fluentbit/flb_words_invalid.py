from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbWordsInvalid(ProblemRule):
    """A value has more words or fewer than the option takes.

    ## Why it matters
    Some options take several words: `Record` a key and a value, `Rule` of rewrite_tag four, `Regex`
    of grep a key and a pattern. With too few, the plugin ends the start. With too many, `Record`
    drops the line, and operations of `modify` quietly turn into another one. A value with blanks
    belongs into double quotes.

    ## Example
    ```conf bad
    [FILTER]
        Name record_modifier
        Match *
        Record team
    ```
    ```conf fixed
    [FILTER]
        Name record_modifier
        Match *
        Record team shop
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/filters/record-modifier
    - https://docs.fluentbit.io/manual/pipeline/filters/modify
    """

    code = "FLB209"
    name = "flb-words-invalid"
    severity = "error"
