from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import clip
from fargate_lint_rules.secrets._references import references

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

#: JSON key, version stage, version id.
PARTS = 3


class SecretJsonKeyFormat(Rule):
    """The ARN of a secret has some of its three additions, where ECS takes all or none.

    ## Why it matters
    After the ARN of a secret there may be `:json-key:version-stage:version-id`. Each of them can be
    empty, but none of the colons left out: to pick the key `password` write `:password::` behind the
    ARN. With one or two of the colons the task doesn't start: `ResourceInitializationError: ...
    unexpected ARN format with parameters when trying to retrieve ASM secret`.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "secrets": [{"name": "DB_PASSWORD",
      "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-db-AbCdEf:password"}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "secrets": [{"name": "DB_PASSWORD",
      "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-db-AbCdEf:password::"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
    """

    code = "SEC103"
    name = "secret-json-key-format"
    severity = "error"
    members = (
        "secrets",
        "secretOptions",
        "repositoryCredentials",
    )

    def check_container(self, container: Container) -> None:
        for reference in references(container):
            count = len(reference.parts)
            if not count or count == PARTS:
                continue
            named = f" of `{clip(reference.name)}`" if reference.name else ""
            self.report(
                container,
                f"`valueFrom`{named} has {count} of the {PARTS} parts behind the secret's name"
                if count < PARTS
                else f"`valueFrom`{named} has {count} parts behind the secret's name, not {PARTS}",
                at=reference.path,
                help=f'write "{reference.text}{":" * (PARTS - count)}"'
                if count < PARTS
                else "write :JSON-KEY:VERSION-STAGE:VERSION-ID behind the ARN, each of which may be empty",
            )
