from __future__ import annotations

from fargate_lint.data.fargate_refusals import CAPABILITY
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.fargate._refusals import answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class FargateCapabilities(Rule):
    """A container adds a Linux capability that Fargate doesn't give.

    ## Why it matters
    `SYS_PTRACE` is the only capability that may be added on Fargate, spelled without `CAP_`. ECS
    refuses a definition with any other. Dropping capabilities is always allowed.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "linuxParameters": {
      "capabilities": {"add": ["NET_ADMIN"]}}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "linuxParameters": {
      "capabilities": {"add": ["SYS_PTRACE"], "drop": ["NET_RAW"]}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
    """

    code = "FGT203"
    name = "fargate-capabilities"
    severity = "error"
    members = ("capabilities",)

    def check_container(self, container: Container) -> None:
        if "linuxParameters" not in container.value or container.task.fargate is not True:
            return
        added = container.get("linuxParameters", "capabilities", "add")
        for index, item in enumerate(added if isinstance(added, list) else ()):
            if isinstance(item, str) and item != CAPABILITY:
                near = item.upper().removeprefix("CAP_") == CAPABILITY
                self.report(
                    container,
                    f"`{item}` has to be written `{CAPABILITY}`"
                    if near
                    else f"the capability `{item}` can't be added on Fargate",
                    at=("linuxParameters", "capabilities", "add", index),
                    help=answer(
                        f"{item} is not allowed on Fargate.",
                        f'write "{CAPABILITY}"' if near else "remove it",
                    ),
                )
