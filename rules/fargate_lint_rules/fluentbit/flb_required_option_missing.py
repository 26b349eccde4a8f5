from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbRequiredOptionMissing(ProblemRule):
    """An option that the plugin can't do without is missing.

    ## Why it matters
    Some plugins refuse to start without certain options: the AWS ones without `region` (they don't
    take the task's), `cloudwatch_logs` without `log_group_name`, `s3` without `bucket`, `datadog`
    without `apikey`, the input `tail` without `Path`. Fluent Bit ends with exit status 255. A
    secret belongs into `secretOptions`, which counts like `options`.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"region": null}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"region": "us-east-1"}}}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/outputs
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "FLB204"
    name = "flb-required-option-missing"
    severity = "error"
