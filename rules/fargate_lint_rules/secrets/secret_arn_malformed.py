from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import clip
from fargate_lint_rules.secrets._references import is_region, references

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint_rules.secrets._references import Reference

FORMS = (
    "write arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME, arn:aws:ssm:REGION:ACCOUNT:parameter/NAME, "
    "or the name of a parameter in the same region"
)


class SecretArnMalformed(Rule):
    """`valueFrom` is neither the ARN of a secret or parameter nor the name of a parameter.

    ## Why it matters
    ECS looks in two places: Secrets Manager, by the full ARN, and Parameter Store, by the full ARN or
    by the name when the parameter is in the task's region. Anything else, such as the value itself, a
    URL, an ARN without account or of another service, ends in `ResourceInitializationError: unable to
    pull secrets or registry auth` when the task starts.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "secrets": [{"name": "DB_PASSWORD",
      "valueFrom": "arn:aws:ssm:us-east-1:111122223333:db-password"}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "secrets": [{"name": "DB_PASSWORD",
      "valueFrom": "arn:aws:ssm:us-east-1:111122223333:parameter/db-password"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
    """

    code = "SEC102"
    name = "secret-arn-malformed"
    severity = "error"
    members = (
        "secrets",
        "secretOptions",
        "repositoryCredentials",
    )

    def check_container(self, container: Container) -> None:
        for reference in references(container):
            if not reference.kind:
                self.report(
                    container,
                    f"{_called(reference)} {_fault(reference)}",
                    at=reference.path,
                    help=FORMS,
                )


def _called(reference: Reference) -> str:
    return f"`valueFrom` of `{clip(reference.name)}`" if reference.name else "`valueFrom`"


def _fault(reference: Reference) -> str:
    text = reference.text
    if text != text.strip():
        return "has a blank before or after it"
    service, region, account = reference.service, reference.region, reference.account
    if not service:
        return (
            "isn't a whole ARN" if text.startswith("arn:") else "is no ARN and no parameter's name"
        )
    if service not in {"secretsmanager", "ssm"}:
        return f"is an ARN of `{clip(service)}`, where no secrets are kept"
    if not region:
        return "has no region in it"
    if len(account) != 12:
        return (
            f"has an account of {len(account)} digits, not 12"
            if account
            else "has no account in it"
        )
    if not is_region(region):
        return f"has a region that isn't one: `{clip(region)}`"
    if service == "ssm":
        return "isn't a parameter's ARN, which ends in `parameter/` and a name"
    return "isn't a secret's ARN, which ends in `secret:` and a name"
