from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbLuaInvalid(ProblemRule):
    """The Lua code of a filter can't be loaded, or lacks the function that `call` names.

    ## Why it matters
    The code is compiled when the filter starts. A syntax error, or a `call` to a function that the
    code does not define, ends the start with exit status 255.

    ## Example
    ```conf bad
    [FILTER]
        Name lua
        Match *
        call mask
        code function hide(tag, time, record) return 2, time, record end
    ```
    ```conf fixed
    [FILTER]
        Name lua
        Match *
        call hide
        code function hide(tag, time, record) return 2, time, record end
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/filters/lua
    """

    code = "FLB407"
    name = "flb-lua-invalid"
    severity = "error"
