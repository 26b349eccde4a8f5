from __future__ import annotations

from fargate_lint.launch.values import FALSE
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.output._cloudwatch import outputs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class AutoCreateGroupAdvice(Rule):
    """A CloudWatch output does not create its log group, so that has to be there already.

    ## Why it matters
    Without `auto_create_group` the plugins write only to a group that exists. While it doesn't,
    every chunk fails with `ResourceNotFoundException`, is tried again, and is lost. A group that is
    made beside the task, by Terraform or CloudFormation, is as good, and has a retention.

    ## Example
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"auto_create_group": null}}}]}
    ```
    ```json fixed base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"auto_create_group": "true"}}}]}
    ```

    ## References
    - https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit
    - https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch
    """

    code = "OUT302"
    name = "auto-create-group-advice"
    severity = "info"

    def check_launch(self, launch: Launch) -> None:
        for output in outputs(launch):
            entry = output.section.last("auto_create_group")
            group = output.section.first("log_group_name")
            if (
                group is None
                or group.text in self.context.log_groups
                or (
                    entry is not None
                    and not (isinstance(entry.value, str) and entry.value.lower() in FALSE)
                )
            ):
                continue
            self.report(
                launch.spot(entry or group),
                f"nothing creates the log group `{group.text}`: it has to exist",
                help='add "auto_create_group": "true", with logs:CreateLogGroup for the task role, or '
                "create the group beside the task",
            )
