from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._limits import is_skeleton

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

#: MiB that Docker wants at least, since version 20.10.
LEAST = 6


class ContainerMemoryMin(Rule):
    """A container has less memory than the 6 MiB without which Docker starts none.

    ## Why it matters
    `memory` and `memoryReservation` are in MiB. A single digit was usually meant as GB.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "memory": 2}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "memory": 256}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """

    code = "ECS524"
    name = "container-memory-min"
    severity = "error"
    members = ("memory", "memoryReservation")

    def check_container(self, container: Container) -> None:
        for key in ("memory", "memoryReservation"):
            if key not in container.value or is_skeleton(container):
                continue
            amount = container.number(key)
            # 0 is what some tools write for a value that isn't set.
            if isinstance(amount, int) and amount < LEAST and amount != 0:
                self.report(
                    container,
                    f"`{key}` of `{container.title}` is {amount} MiB, but a container needs {LEAST} at least",
                    at=(key,),
                    help=f'write "{key}": {amount * 1024} if {amount} GB were meant'
                    if amount > 0
                    else f'write "{key}": {LEAST} at least',
                )
                return
