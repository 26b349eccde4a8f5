from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.iam._roles import role_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class SameRoleBoth(Rule):
    """The task role and the execution role are the same.

    ## Why it matters
    Every container of the task can then do what only ECS needs to do: read all secrets of the
    task, pull from the private registry. Two roles keep these apart. The vendor's troubleshooting
    example uses one role for both, to be short.

    ## Example
    ```json bad base=cloudwatch
    {"executionRoleArn": "arn:aws:iam::111122223333:role/shop-task"}
    ```
    ```json fixed base=cloudwatch
    {"executionRoleArn": "arn:aws:iam::111122223333:role/shop-execution"}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    """

    code = "IAM105"
    name = "same-role-both"
    severity = "info"

    def check_task(self, task: Task) -> None:
        role = task.get("taskRoleArn")
        if isinstance(role, str) and role and role == task.get("executionRoleArn"):
            self.report(
                task,
                f"`{role_name(role)}` is both the task role and the execution role",
                at=("taskRoleArn",),
                related=[(task, ("executionRoleArn",), "the same role")],
                help="make one role for ECS and one for your containers",
            )
