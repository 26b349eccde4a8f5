from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import clip
from fargate_lint_rules.secrets._references import references

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

ROLES = ("executionRoleArn", "taskRoleArn")
#: What the ARNs of roles and of task definitions name, behind the account.
KINDS = ("role/", "task-definition/")


class SecretSsmCrossAccount(Rule):
    """A parameter of Systems Manager belongs to another account than the task.

    ## Why it matters
    ECS reads parameters only in the account in which the task definition is registered, which is
    also that of its roles. For a secret of another account use Secrets Manager, whose resource policy
    can allow it, or a copy of the parameter.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "secrets": [{"name": "DB_PASSWORD",
      "valueFrom": "arn:aws:ssm:us-east-1:444455556666:parameter/db-password"}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "secrets": [{"name": "DB_PASSWORD",
      "valueFrom": "arn:aws:ssm:us-east-1:111122223333:parameter/db-password"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
    """

    code = "SEC105"
    name = "secret-ssm-cross-account"
    severity = "error"
    members = (
        "secrets",
        "secretOptions",
        "repositoryCredentials",
    )

    def check_task(self, task: Task) -> None:
        found = [
            each
            for container in task.containers
            for each in references(container)
            if each.kind == "parameter"
        ]
        if not found:
            return
        accounts: dict[str, str] = {}
        for key in ("taskDefinitionArn", *ROLES):
            value = task.value.get(key)
            parts = value.split(":", 5) if isinstance(value, str) else []
            if len(parts) == 6 and len(parts[4]) == 12 and parts[5].startswith(KINDS):
                accounts.setdefault(parts[4], key)
        if len(accounts) != 1:
            return
        ((account, key),) = accounts.items()
        for each in found:
            if each.account != account:
                named = f"the parameter for `{clip(each.name)}`" if each.name else "the parameter"
                self.report(
                    each.container,
                    f"{named} is in account {each.account}, the task in {account}",
                    at=each.path,
                    related=[(task, (key,), "the account of the task")],
                    help="copy the parameter, or use a secret of Secrets Manager; ECS would answer: The "
                    "Systems Manager parameter ARN has a different account ID than the current account. The "
                    f"current account ID is {account} and the ARN account ID is {each.account}. Cross-account "
                    "access for ARNs is not currently supported.",
                )
