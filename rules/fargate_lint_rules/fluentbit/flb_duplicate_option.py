from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbDuplicateOption(ProblemRule):
    """An option is given twice.

    ## Why it matters
    Keys are compared without regard to case, so `region` and `Region` are one option. Plugins
    refuse an option that is set twice, with exit status 255. Keys that belong to Fluent Bit itself,
    such as `Match` and `Port`, may be repeated, and the last one counts.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [
      {"name": "log_router", "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.14"},
      {"name": "web", "logConfiguration": {"options": {"Region": "us-west-2"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [
      {"name": "log_router", "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.14"},
      {"name": "web", "logConfiguration": {"options": {"region": "us-west-2"}}}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/format-schema
    - https://docs.fluentbit.io/manual/pipeline/outputs
    """

    code = "FLB205"
    name = "flb-duplicate-option"
    severity = "error"
