from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of
from fargate_lint_rules.iam._policies import EXECUTION, is_of_groups, report_missing, shortages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class AwslogsCreateGroupPermission(Rule):
    """`awslogs-create-group` is on, but the execution role may not create log groups.

    ## Why it matters
    AWS's policy for execution roles, `AmazonECSTaskExecutionRolePolicy`, has no
    `logs:CreateLogGroup`. With the option on and the group not there yet, the task stops before
    its containers start: `ResourceInitializationError: failed to validate logger args ... failed to
    create Cloudwatch log group: AccessDeniedException`. Once somebody has created the group it
    works, until the next Region or stage.

    The rule compares the task definition with the policies given with `check
    --execution-role-policy FILE`.

    ## Example
    ```json bad base=plain given=execution-role-policy
    {"AttachedPolicies": [{"PolicyName": "AmazonECSTaskExecutionRolePolicy",
      "PolicyArn": "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"}]}
    ```
    ```json fixed base=plain given=execution-role-policy
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": ["ecr:*", "logs:CreateLogStream", "logs:PutLogEvents"],
       "Resource": "*"},
      {"Effect": "Allow", "Action": "logs:CreateLogGroup",
       "Resource": "arn:aws:logs:us-east-1:111122223333:log-group:/shop/web:*"}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    """

    code = "IAM304"
    name = "awslogs-create-group-permission"
    severity = "error"
    outranks = ("execution-role-actions",)
    places_are_one = True
    inputs = ("execution_role_policies",)

    def check_task(self, task: Task) -> None:
        # The driver creates a group only when it isn't there yet.
        found = [
            shortage
            for shortage in shortages(task, self.context, EXECUTION)
            if text_of(task.get(*shortage.need.path[:-1], "awslogs-group"))
            not in self.context.log_groups
        ]
        report_missing(self, task, found, is_of_groups)
