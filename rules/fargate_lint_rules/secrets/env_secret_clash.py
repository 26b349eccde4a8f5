from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._limits import SKELETON
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.source.document import Path


class EnvSecretClash(Rule):
    """A secret has the name of a variable in `environment`, or of another secret.

    ## Why it matters
    A container gets one value for each name, and ECS refuses a definition that leaves open which one.
    Mostly one of them was left when the other was added. If the plain one is the left-over it may
    still hold the password.

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
    - https://github.com/compose-x/ecs_composex/issues/707
    """

    code = "SEC106"
    name = "env-secret-clash"
    severity = "error"
    outranks = ("env-plaintext-secret",)
    members = ("secrets",)

    def check_container(self, container: Container) -> None:
        environment = container.environment if container.value.get("environment") else {}
        first: dict[str, Path] = {}
        for index, item in container.objects("secrets"):
            name = item.get("name")
            if not isinstance(name, str) or name in SKELETON:
                continue
            at = ("secrets", index, "name")
            if name in first:
                self.report(
                    container,
                    f"`{container.title}` has two secrets that are called `{clip(name)}`",
                    at=at,
                    related=[(container, first[name], "the first one")],
                    help=f"remove one of them; {_answer(name)}",
                )
                continue
            first[name] = at
            if name in environment:
                self.report(
                    container,
                    f"`{clip(name)}` of `{container.title}` is in `environment` and in `secrets`",
                    at=environment[name][1],
                    related=[(container, at, "the secret")],
                    help="remove it from `environment`, and if the secret stands there, change it; "
                    + _answer(name),
                )


def _answer(name: str) -> str:
    return (
        "ECS would answer: The secret name must be unique and not shared with any new or existing "
        f"environment variables set on the container, such as '{clip(name)}'."
    )
