from __future__ import annotations

import re

from fargate_lint.lint.rule import Rule
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


VALID = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]+|[\w+=,.@-]{1,64}")
# What an example has in the place of an account, or of the whole role.
BLANK = lazily(
    r"arn:[\w-]*:iam::[^:]*[^:\d][^:]*:role/.+|(?!arn:).*[\s{].*|.*(?:ACCOUNT|REPLACE|XXX|\*\*\*).*",
    re.IGNORECASE,
)


class RoleArnMalformed(Rule):
    """A role is neither the ARN of an IAM role nor a role's name.

    ## Why it matters
    ECS checks the form of `taskRoleArn` and `executionRoleArn` at registration and answers `Role
    is not valid`. Usual causes are an account id without its twelve digits, the ARN of a policy or
    of an instance profile, or a blank.

    ## Example
    ```json bad base=cloudwatch
    {"taskRoleArn": "arn:aws:iam::1111222233:role/shop-task"}
    ```
    ```json fixed base=cloudwatch
    {"taskRoleArn": "arn:aws:iam::111122223333:role/shop-task"}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    """

    code = "IAM106"
    name = "role-arn-malformed"
    severity = "error"

    def check_task(self, task: Task) -> None:
        for member in ("taskRoleArn", "executionRoleArn"):
            value = task.get(member)
            if not isinstance(value, str) or not value or VALID.fullmatch(value):
                continue
            if BLANK.fullmatch(value) or value.startswith("<") or "." * 3 in value:
                continue
            from fargate_lint.launch.needs import Home  # noqa: PLC0415  (only for a finding)

            self.report(
                task,
                f"`{member}` `{value}` is not a role",
                at=(member,),
                help=f"write arn:{Home(task).printed}:iam::ACCOUNT:role/NAME with the account's twelve digits; "
                "ECS would answer: Role is not valid",
            )
