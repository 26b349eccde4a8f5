from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.iam._roles import role_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class RolesSwapped(Rule):
    """The task role looks like an execution role, and the execution role like a task role.

    ## Why it matters
    ECS itself uses the execution role (to pull images, read secrets, write `awslogs`), your
    containers use the task role. Swapped, the task may still start, and then Fluent Bit is refused
    by CloudWatch, or ECS can't read a secret. The names of the two roles say that they are the
    wrong way round.

    ## Example
    ```json bad base=cloudwatch
    {"taskRoleArn": "arn:aws:iam::111122223333:role/ecsTaskExecutionRole",
     "executionRoleArn": "arn:aws:iam::111122223333:role/shop-task-role"}
    ```
    ```json fixed base=cloudwatch
    {"taskRoleArn": "arn:aws:iam::111122223333:role/shop-task-role",
     "executionRoleArn": "arn:aws:iam::111122223333:role/ecsTaskExecutionRole"}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    """

    code = "IAM104"
    name = "roles-swapped"
    severity = "warning"

    def check_task(self, task: Task) -> None:
        given = role_name(task.get("taskRoleArn"))
        execution = role_name(task.get("executionRoleArn"))
        if (
            "execution" in given.lower()
            and "task" in execution.lower()
            and "exec" not in execution.lower()
        ):
            self.report(
                task,
                f"the task role is `{given}`, the execution role `{execution}`: are they swapped?",
                at=("taskRoleArn",),
                related=[(task, ("executionRoleArn",), "the execution role")],
                help="swap them",
            )
