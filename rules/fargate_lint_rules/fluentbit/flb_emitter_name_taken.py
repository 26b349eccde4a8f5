from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbEmitterNameTaken(ProblemRule):
    """A filter wants to give the input that it makes a name which is taken already.

    ## Why it matters
    `rewrite_tag` and `multiline` put records back through an input of their own, `Emitter_Name`.
    Two inputs can't have one name: the start ends with `emitter_name already exists` and exit
    status 255.

    ## Example
    ```conf bad
    [FILTER]
        Name rewrite_tag
        Match web.*
        Rule $log error errors.$TAG false
        Emitter_Name again

    [FILTER]
        Name rewrite_tag
        Match jobs.*
        Rule $log error errors.$TAG false
        Emitter_Name again
    ```
    ```conf fixed
    [FILTER]
        Name rewrite_tag
        Match web.*
        Rule $log error errors.$TAG false
        Emitter_Name again_web

    [FILTER]
        Name rewrite_tag
        Match jobs.*
        Rule $log error errors.$TAG false
        Emitter_Name again_jobs
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/filters/rewrite-tag
    """

    code = "FLB307"
    name = "flb-emitter-name-taken"
    severity = "error"
