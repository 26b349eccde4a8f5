from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbVariableUndefined(ProblemRule):
    """A variable is used in the configuration that nothing sets, so it is empty.

    ## Why it matters
    Fluent Bit replaces `${NAME}` with what `@SET` or the environment of the router says. What is in
    neither becomes an empty text, with one line in the log. A tag or a limit that is empty ends the
    start, an empty `Match` matches nothing, and a host falls back to its default.

    In a task definition this is only a note, since whatever deploys it may fill in such a text
    before Fluent Bit sees it.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"log_group_name": "/shop/${STAGE}"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [
      {"name": "log_router", "environment": [{"name": "STAGE", "value": "test"}]},
      {"name": "web", "logConfiguration": {"options": {"log_group_name": "/shop/${STAGE}"}}}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/variables
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "FLB402"
    name = "flb-variable-undefined"
    severity = "warning"
