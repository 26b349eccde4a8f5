from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbValueUnknown(ProblemRule):
    """The value of an option is none of those that the plugin knows.

    ## Why it matters
    Options such as `Mode`, `Format`, `compression` or `storage.type` take one of a few words. Most
    plugins refuse another word with exit status 255; some take their default and say so in a line
    that nobody reads.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "Name": "syslog", "Host": "logs.example.com", "Mode": "tpc",
      "auto_create_group": null, "log_group_name": null, "region": null, "log_stream_prefix": null, "log_key": null}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "Name": "syslog", "Host": "logs.example.com", "Mode": "tcp",
      "auto_create_group": null, "log_group_name": null, "region": null, "log_stream_prefix": null, "log_key": null}}}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/outputs
    - https://docs.fluentbit.io/manual/pipeline/filters
    """

    code = "FLB208"
    name = "flb-value-unknown"
    severity = "error"
