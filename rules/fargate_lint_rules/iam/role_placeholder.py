from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of
from fargate_lint_rules.ecs._placeholder import is_instruction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


EXAMPLES = frozenset({"role-with-cloudwatch-access", "..."})


class RolePlaceholder(Rule):
    """A role is still the placeholder of an example.

    ## Why it matters
    The vendor's examples have `<role-with-cloudwatch-access>` where the name or ARN of your own
    role belongs. ECS refuses the definition with `Role is not valid`. The two roles differ: the
    task role is what Fluent Bit uses to write to CloudWatch, the execution role what ECS itself
    uses for `awslogs`, images and secrets.

    ## Example
    ```json bad base=cloudwatch
    {"taskRoleArn": "<role-with-cloudwatch-access>"}
    ```
    ```json fixed base=cloudwatch
    {"taskRoleArn": "arn:aws:iam::111122223333:role/shop-task"}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    """

    code = "IAM101"
    name = "role-placeholder"
    severity = "error"

    def check_task(self, task: Task) -> None:
        for key in ("taskRoleArn", "executionRoleArn"):
            value = task.get(key)
            if is_instruction(value) or (isinstance(value, str) and value.strip("<>") in EXAMPLES):
                from fargate_lint.launch.needs import Home  # noqa: PLC0415  (only for a finding)

                arn = f"arn:{Home(task).printed}:iam::<account>:role/<name>"
                self.report(
                    task,
                    f"`{text_of(value)}` is the placeholder of an example, not a role",
                    at=(key,),
                    help=f"write the ARN of your role: {arn}; ECS would answer: Role is not valid",
                )
