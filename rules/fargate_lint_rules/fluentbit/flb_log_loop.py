from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbLogLoop(ProblemRule):
    """Records go round in the log router.

    ## Why it matters
    The output `forward` sends to 127.0.0.1:24224 unless told otherwise, and there FireLens' own
    input listens: what it sends comes in again, with the same tag, and goes out again. Memory fills
    within minutes, and the router is killed. A `rewrite_tag` filter that matches `*` gets what it
    sends out itself, too.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "Name": "forward", "auto_create_group": null, "log_group_name": null, "region": null,
      "log_stream_prefix": null, "log_key": null}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "Name": "forward", "Host": "logs.example.com", "auto_create_group": null, "log_group_name": null,
      "region": null, "log_stream_prefix": null, "log_key": null}}}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/outputs/forward
    - https://docs.fluentbit.io/manual/pipeline/filters/rewrite-tag
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "FLB305"
    name = "flb-log-loop"
    severity = "error"
