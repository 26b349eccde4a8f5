from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbUnknownOption(ProblemRule):
    """The plugin has no option of this name.

    ## Why it matters
    Plugins written in C check their options: an unknown one ends the start with `unknown
    configuration property` and exit status 255, and the task stops with its router. AWS's Go
    plugins and SERVICE look only for what they know, so there a misspelled option is as good as
    absent, and nothing says so. FireLens adds log options to the output as they are.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "log_group_name": null, "log_group": "/shop/web"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"log_group_name": "/shop/web"}}}]}
    ```
    ```conf bad
    [INPUT]
        Name tail
        Path /var/log/app.log
        Mem_Buffer_Limit 5M
    ```
    ```conf fixed
    [INPUT]
        Name tail
        Path /var/log/app.log
        Mem_Buf_Limit 5M
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/outputs
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://github.com/aws/aws-for-fluent-bit/blob/mainline/troubleshooting/debugging.md
    """

    code = "FLB202"
    name = "flb-unknown-option"
    severity = "error"
    fixable = "unsafe"
    outranks = ("flb-required-option-missing", "flb-stream-name-and-prefix")
