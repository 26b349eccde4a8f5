from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.iam._policies import TASK, is_of_describe, report_missing, shortages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class TaskRoleActions(Rule):
    """The policies of the task role do not allow what the task's outputs do.

    ## Why it matters
    Fluent Bit writes to CloudWatch, Firehose, Kinesis or S3 with the task role, and the `init`
    images get their files with it. What the role may not do is answered with
    `AccessDeniedException`; Fluent Bit retries and then drops the logs, while the task goes on as
    if nothing had happened.

    The rule compares the task definition with the policies given with `check --task-role-policy
    FILE`. It knows each plug-in's actions, wildcards, `NotAction`, `NotResource`, and that a Deny
    beats every Allow. Conditions, permissions boundaries and policies of resources are not judged.
    `fargate-lint permissions` prints a policy that is enough. Below, the task logs to the group
    `/shop/web`, which it may create.

    ## Example
    ```json bad base=cloudwatch given=task-role-policy
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
      "Action": ["logs:DescribeLogStreams", "logs:PutLogEvents"],
      "Resource": "arn:aws:logs:us-east-1:111122223333:log-group:/shop/web:*"}}
    ```
    ```json fixed base=cloudwatch given=task-role-policy
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
      "Action": ["logs:CreateLogGroup", "logs:CreateLogStream",
                 "logs:DescribeLogStreams", "logs:PutLogEvents"],
      "Resource": "arn:aws:logs:us-east-1:111122223333:log-group:/shop/web:*"}}
    ```

    ## When not to
    The policy of a bucket or a domain lets the role in. What such a policy may allow is only a
    warning.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    - https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit#permissions
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "IAM301"
    name = "task-role-actions"
    severity = "error"
    places_are_one = True
    inputs = ("task_role_policies",)

    def check_task(self, task: Task) -> None:
        found = shortages(task, self.context, TASK)
        # One action alone is what another rule knows more about.
        alone = [each for each in found if is_of_describe(each)]
        for some in (alone, [each for each in found if each not in alone]):
            report_missing(self, task, some, lambda _: True)
