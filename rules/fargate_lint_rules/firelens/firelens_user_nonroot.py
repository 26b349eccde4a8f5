from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.patterns import lazily
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

ROOT = frozenset({"", "0", "root", "0:0", "root:root", "0:root", "root:0"})
NUMBER = lazily(r"\d+(?::[\w-]+)?")


class FirelensUserNonroot(Rule):
    """The log router runs as a user other than root.

    ## Why it matters
    The socket and the configuration that FireLens makes belong to root. Newer agents on EC2 take a
    numeric user, with or without a group; a name is refused there, older ones refuse everything but
    root (`If 'user' field is specified on firelens container, then 'UID' has to be '0'.`), and what
    Fargate does isn't documented.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router", "user": "fluent"}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "log_router", "user": "0"}]}
    ```

    ## When not to
    The task has run with this user.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://github.com/aws/amazon-ecs-agent/blob/master/CHANGELOG.md
    """

    code = "FLN306"
    name = "firelens-user-nonroot"
    severity = "warning"
    members = ("firelensConfiguration",)

    def check_container(self, container: Container) -> None:
        if "user" not in container.value or not container.get("firelensConfiguration"):
            return
        user = container.text("user")
        if isinstance(user, str) and user not in ROOT:
            self.report(
                container,
                f"the log router `{container.title}` runs as `{clip(user)}`, not as root",
                at=("user",),
                related=[(container, ("firelensConfiguration",), "what makes it the log router")],
                help='write "0", or try it first'
                if NUMBER.fullmatch(user)
                else 'write "0", the number of root: FireLens refuses names',
            )
