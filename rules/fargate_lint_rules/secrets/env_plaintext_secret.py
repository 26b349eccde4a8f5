from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

#: A variable that holds a secret has one of these in its name, in small letters.
IN_NAMES = ("key", "passw", "pwd", "secret", "token", "credential", "connection", "dsn")
#: A value that is a credential by its form has one of these in it.
IN_VALUES = ("://", "AKIA", "ASIA", "gh", "xox", "PRIVATE KEY")


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
        for name, (value, at) in container.environment.items():
            if not isinstance(value, str) or not value or not _may_be(name, value):
                continue
            from fargate_lint_rules.secrets._values import is_secret  # noqa: PLC0415  (seldom)

            if is_secret(name, value) and not self._is_needless(container, name):
                self.report(
                    container,
                    f"`{name}` of `{container.title}` is a secret in plain text",
                    at=at,
                    help=f'move it to Secrets Manager or Parameter Store and write "secrets": '
                    f'[{{"name": "{name}", "valueFrom": "<ARN>"}}]; change it, since it was shown',
                )

    def _is_needless(self, container: Container, name: str) -> bool:
        """Whether it is a registration key of the agent on the platform that uses none."""
        if self.context.platform != "mdr" or sidecars(container.task).agent is None:
            return False
        from fargate_lint_rules.agent._key import KEY, misnamed  # noqa: PLC0415  (seldom)

        return name == KEY or any(name == other for other, _ in misnamed(container))


def _may_be(name: str, value: str) -> bool:
    """A quick look: False only when neither name nor value can be a secret's."""
    name = name.lower()
    return any(word in name for word in IN_NAMES) or any(mark in value for mark in IN_VALUES)
