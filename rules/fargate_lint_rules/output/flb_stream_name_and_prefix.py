from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch
    from fargate_lint.launch.problem import Problem


class FlbStreamNameAndPrefix(ProblemRule):
    """A CloudWatch output has both `log_stream_name` and `log_stream_prefix`, or neither.

    ## Why it matters
    The plugins name streams either by one name for all or by a prefix and the tag, and want exactly
    one of the two. With both or none they refuse to start: `Either 'log_stream_name' or
    'log_stream_prefix' is required`, exit status 255. A prefix is what keeps the containers apart.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"log_stream_name": "web"}}}]}
    ```
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"log_stream_prefix": null}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"log_stream_prefix": "web/"}}}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch
    - https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit
    """

    code = "OUT301"
    name = "flb-stream-name-and-prefix"
    severity = "error"
    outranks = ("flb-options-exclusive", "flb-required-option-missing")

    def sees(self, launch: Launch | None, problem: Problem) -> bool:
        """Whether a problem is about the two options."""
        del launch
        kinds = {"exclusive-options", "required-option"}
        return problem.kind in kinds and "log_stream_name" in problem.options
