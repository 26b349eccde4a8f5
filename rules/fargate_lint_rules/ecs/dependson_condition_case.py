from __future__ import annotations

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

CONDITIONS = ("START", "COMPLETE", "SUCCESS", "HEALTHY")
#: What Compose and people call the conditions.
MEANT = {
    "started": "START",
    "service_started": "START",
    "running": "START",
    "completed": "COMPLETE",
    "service_completed_successfully": "SUCCESS",
    "succeeded": "SUCCESS",
    "service_healthy": "HEALTHY",
}


class DependsonConditionCase(Rule):
    """A condition of `dependsOn` is none of those that ECS knows, or isn't in capitals.

    ## Why it matters
    There are four: `START`, `COMPLETE`, `SUCCESS` and `HEALTHY`, in capitals. ECS refuses anything
    else. Compose has the same idea under other names (`service_healthy`).

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "web",
      "dependsOn": [{"containerName": "log_router", "condition": "start"}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "web",
      "dependsOn": [{"containerName": "log_router", "condition": "START"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
    """

    code = "ECS415"
    name = "dependson-condition-case"
    severity = "error"
    fixable = "safe"
    outranks = ("value-not-allowed",)
    members = ("dependsOn",)

    def check_container(self, container: Container) -> None:
        for index, item in container.objects("dependsOn"):
            condition = item.get("condition")
            if not isinstance(condition, str) or not condition or condition in CONDITIONS:
                continue
            folded = condition.strip().lower()
            meant = next((word for word in CONDITIONS if word.lower() == folded), MEANT.get(folded))
            self.report(
                container,
                f"`{clip(condition)}` is no condition that ECS knows",
                at=("dependsOn", index, "condition"),
                help=f'write "{meant}"'
                if meant
                else "write `START`, `COMPLETE`, `SUCCESS` or `HEALTHY`",
                fix=Fix(f'write "{meant}"', safe=meant.lower() == folded).set(
                    container, ("dependsOn", index, "condition"), meant
                )
                if meant
                else None,
            )
