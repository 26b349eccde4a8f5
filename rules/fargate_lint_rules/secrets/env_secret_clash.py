from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._limits import SKELETON
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class EnvSecretClash(Rule):
    """A variable is set both in `environment` and in `secrets`.

    ## Why it matters
    A container gets one value for each name, and which of the two isn't documented. Mostly one of
    them was left when the other was added. If the plain one is the left-over it may still hold the
    password.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "environment": [{"name": "DB_PASSWORD", "value": ""}],
      "secrets": [{"name": "DB_PASSWORD",
        "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-db-AbCdEf"}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "secrets": [{"name": "DB_PASSWORD",
      "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-db-AbCdEf"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
    """

    code = "SEC106"
    name = "env-secret-clash"
    severity = "warning"
    members = ("secrets",)

    def check_container(self, container: Container) -> None:
        if not container.value.get("secrets") or not container.value.get("environment"):
            return
        environment = container.environment
        for name, at in container.secrets.items():
            if name in environment and name not in SKELETON:
                self.report(
                    container,
                    f"`{clip(name)}` of `{container.title}` is in `environment` and in `secrets`",
                    at=environment[name][1],
                    related=[(container, (*at, "name"), "the secret")],
                    help="remove it from `environment`; if the secret stands there, change it",
                )
