from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import clip
from fargate_lint_rules.ecs.family_name import BLANKS, LONGEST, is_allowed, strange

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task


class ContainerName(Rule):
    """A container's name is taken already, is too long, or has characters that ECS doesn't take.

    ## Why it matters
    Containers are told apart by their names: `dependsOn`, `volumesFrom`, log streams and the tags
    of FireLens all use them. A name has letters, digits, hyphens and underscores, 255 at most, and
    is there once in a task. Names are compared letter by letter, so `web` and `Web` are two.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web"}, {"name": "shop.jobs", "image": "jobs:1.0.3"}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web"}, {"name": "shop-jobs", "image": "jobs:1.0.3"}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """

    code = "ECS404"
    name = "container-name"
    severity = "error"

    def check_task(self, task: Task) -> None:
        first: dict[str, Container] = {}
        for container in task.containers:
            name = container.name
            if not name:
                continue
            if name in first:
                self.report(
                    container,
                    f"two containers are called `{clip(name, 60)}`",
                    at=("name",),
                    related=[(first[name], ("name",), "the first one")],
                    help="give each its own name; ECS would answer: Container names must be unique within "
                    "a task definition",
                )
                continue
            first[name] = container
            if len(name) > LONGEST:
                self.report(
                    container,
                    f"the name has {len(name)} characters, but ECS takes {LONGEST} at most",
                    at=("name",),
                    help="shorten it",
                )
            elif not is_allowed(name) and BLANKS.isdisjoint(name):
                self.report(
                    container,
                    f"the name `{clip(name, 60)}` has {strange(name)}",
                    at=("name",),
                    help="write letters, digits, `-` and `_` only",
                )
