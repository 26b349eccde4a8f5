from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

PLAIN, DOMAINLESS = "credentialspec:", "credentialspecdomainless:"


class CredentialSpecs(Rule):
    """`credentialSpecs` has more than one entry, or one without its prefix.

    ## Why it matters
    A container has one Active Directory account at most. The entry is the ARN of its description in
    S3 or SSM behind `credentialspec:`, or behind `credentialspecdomainless:` where the host isn't
    joined to the domain. On Fargate no host is, so the latter is needed there.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "credentialSpecs": [
      "arn:aws:s3:::shop-settings/web.json"]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "credentialSpecs": [
      "credentialspecdomainless:arn:aws:s3:::shop-settings/web.json"]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-linux-gmsa.html
    """

    code = "ECS319"
    name = "credential-specs"
    severity = "error"
    members = ("credentialSpecs",)

    def check_container(self, container: Container) -> None:
        specs = container.list("credentialSpecs")
        if len(specs) > 1:
            self.report(
                container,
                f"`{container.title}` has {len(specs)} credential specs, and can have one",
                at=("credentialSpecs", 1),
                help="remove the others",
            )
        for index, spec in enumerate(specs[:1]):
            if not isinstance(spec, str) or not spec or spec.startswith(DOMAINLESS):
                continue
            if not spec.startswith(PLAIN):
                self.report(
                    container,
                    f"the credential spec `{clip(spec)}` has no prefix",
                    at=("credentialSpecs", index),
                    help=f'write "{DOMAINLESS}ARN", or "{PLAIN}ARN" on a host in the domain',
                )
            elif container.task.fargate is True:
                self.report(
                    container,
                    "on Fargate a credential spec has to be domainless",
                    at=("credentialSpecs", index),
                    help=f'write "{DOMAINLESS}{clip(spec.removeprefix(PLAIN), 64)}"',
                    severity="warning",
                )
