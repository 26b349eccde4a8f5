from __future__ import annotations

import re

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._key import KEY, misnamed
from fargate_lint_rules.secrets._values import holds_a_secret, is_credential, is_example

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task

#: What is a credential by its form, whatever the variable is called.
BY_FORM = re.compile(
    r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"
    r"|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[abprs]-\d[\w-]{10,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
# Bounded, so that a long text takes no longer than others of its length.
URL = re.compile(
    r"://(?P<user>[^\s/@:\"']{0,100}):(?P<word>[^\s/@\"']{1,200})@(?P<host>[\w.-]{1,255})"
)
# A database of the task itself, for tests, has a password that protects nothing.
OWN = frozenset({"localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal"})  # noqa: S104


class EnvPlaintextSecret(Rule):
    """A password, key or token stands in the environment of a container for everyone to read.

    ## Why it matters
    Plain variables can be read by everybody who may describe the task definition or look at it in
    the console. They stay in each old revision, and in the history of the repository that this file
    is in. ECS puts a value from Secrets Manager or Parameter Store into the same variable when it
    stands under `secrets`; the program doesn't notice the difference, and the value can be changed
    without a new revision.

    The value is judged too: what looks like an example, a reference, a file or a template isn't
    reported. The value is never shown.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "environment": [{"name": "DB_PASSWORD", "value": "kV7#pq2Lw9"}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "secrets": [{"name": "DB_PASSWORD",
      "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-db-AbCdEf"}]}]}
    ```

    ## When not to
    The value protects nothing, as in a test, or is public by design.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html
    """

    code = "SEC101"
    name = "env-plaintext-secret"
    severity = "warning"
    members = ("environment",)

    def check_container(self, container: Container) -> None:
        if not container.value.get("environment"):
            return
        own_rules: set[str] | None = None
        for name, (value, at) in container.environment.items():
            if not isinstance(value, str) or not value:
                continue
            if holds_a_secret(name):
                if not is_credential(value) and not _by_form(value):
                    continue
            elif not _by_form(value):
                continue
            if own_rules is None:
                own_rules = _of_the_agent(container)
            if name not in own_rules:
                self.report(
                    container,
                    f"`{name}` of `{container.title}` is a secret in plain text",
                    at=at,
                    help=f'move it to Secrets Manager or Parameter Store and write "secrets": '
                    f'[{{"name": "{name}", "valueFrom": "<ARN>"}}]; change it, since it was shown',
                )


def _by_form(value: str) -> bool:
    found = BY_FORM.search(value)
    if found is not None:
        return not is_example(found[0])
    if "://" not in value:
        return False
    match = URL.search(value)
    return (
        match is not None
        and match["host"] not in OWN
        and match["word"] != match["user"]
        and not is_example(match["word"])
    )


def _of_the_agent(container: Container) -> set[str]:
    """The names of the registration key, of which rules of their own tell."""
    task: Task = container.task
    if sidecars(task).agent is None:
        return set()
    return {KEY, *(name for name, _ in misnamed(container))}
