from __future__ import annotations

import re

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of
from fargate_lint_rules.ecs._placeholder import is_instruction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


EXAMPLE = re.compile(r"\.\.\.|\u2026|application_container_?\d*")


class ContainerNamePlaceholder(Rule):
    """A container still has the name that an example gave it.

    ## Why it matters
    Examples have names such as `<application_container_1>` where yours belong. ECS refuses the
    brackets, and a name without them would go on into log streams and tags, where nobody
    recognises it. It is also a sign that more of the example is still to be filled in.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "<application_container_1>", "image": "web:1.4.2",
      "dependsOn": [{"containerName": "log_router", "condition": "START"}],
      "logConfiguration": {"logDriver": "awsfirelens"}}]}
    ```
    ```json good
    {"containerDefinitions": [{"name": "web"}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """

    code = "ECS102"
    name = "container-name-placeholder"
    severity = "error"
    outranks = ("container-name",)

    def check_container(self, container: Container) -> None:
        value = container.get("name")
        if is_instruction(value) or (isinstance(value, str) and EXAMPLE.fullmatch(value)):
            self.report(
                container,
                f"the name `{text_of(value)}` is the placeholder of an example",
                at=("name",),
                help="write the container's name: letters, digits, `-` and `_`",
            )
