from __future__ import annotations

import json

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class EntrypointNotArray(Rule):
    """`entryPoint` or `command` is a string where ECS takes a list of strings.

    ## Why it matters
    RegisterTaskDefinition refuses a string here before it looks at anything else. In `docker run`
    and in Compose a string is split into words; ECS has no such form.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "entryPoint": "/usr/local/bin/web"}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "entryPoint": ["/usr/local/bin/web"]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """

    code = "LCH107"
    name = "entrypoint-not-array"
    severity = "error"
    fixable = "safe"
    outranks = ("command-joined-string", "wrong-type")

    def check_container(self, container: Container) -> None:
        for key in ("entryPoint", "command"):
            value = container.value.get(key)
            if isinstance(value, str):
                words = _words(container, value)
                self.report(
                    container,
                    f"`{key}` is a string, but ECS takes a list of strings",
                    at=(key,),
                    help=f'write "{key}": {json.dumps(words)}',
                    fix=Fix(f"write `{key}` as a list").set(container, (key,), words),
                )


def _words(container: Container, text: str) -> list[str]:
    """What was meant by a command in one string."""
    from fargate_lint.launch.flags import command, split  # noqa: PLC0415  (for faulty files only)

    return command(text) if "firelensConfiguration" in container.value else split(text)
