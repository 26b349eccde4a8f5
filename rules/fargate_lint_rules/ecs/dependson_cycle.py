from __future__ import annotations

from fargate_lint.launch.order import order_of
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._limits import SKELETON

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task
    from fargate_lint.launch.order import Wait

#: Containers of a circle that a message names one by one.
NAMED = 4


class DependsonCycle(Rule):
    """Containers wait for each other in a circle, so that none of them ever starts.

    ## Why it matters
    A container waits for those in its `dependsOn`, and also for those whose volumes it takes with
    `volumesFrom` and those in its `links`. When the way leads back to where it began, ECS refuses
    the definition: there is no first container. Circles with `volumesFrom` are easily overlooked,
    since nothing in it speaks of order.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "al-agent",
      "dependsOn": [{"containerName": "log_router", "condition": "START"}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "al-agent", "dependsOn": null}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
    - https://github.com/aws/amazon-ecs-agent/blob/master/agent/engine/dependencygraph/graph.go
    """

    code = "ECS412"
    name = "dependson-cycle"
    severity = "error"
    places_are_one = True
    members = (
        "dependsOn",
        "volumesFrom",
        "links",
    )

    def check_task(self, task: Task) -> None:
        order = order_of(task)
        if not order.waits:
            return
        for found in order.circles():
            # The entry that one would remove: what is taken from another is needed more often.
            at = next((at for at, wait in enumerate(found) if wait.member == "dependsOn"), 0)
            circle = found[at:] + found[:at]
            first = circle[0]
            if first.waiter.name in SKELETON:
                continue
            self.report(
                first.waiter,
                _message(circle),
                at=first.path,
                related=[
                    (
                        wait.waiter,
                        wait.path,
                        f"`{wait.waiter.title}` waits for `{wait.awaited.title}`",
                    )
                    for wait in circle[1:]
                ],
                help="remove this entry"
                if len(circle) == 1
                else f"remove one of the entries, so that `{first.waiter.title}` or another can be the first",
            )


def _message(circle: list[Wait]) -> str:
    waiter, awaited = circle[0].waiter.title, circle[0].awaited.title
    if len(circle) == 1:
        return f"`{waiter}` waits for itself"
    if len(circle) > NAMED:
        return f"`{waiter}` waits for `{awaited}`, and over {len(circle) - 1} others for itself"
    rest = ", which waits for ".join(f"`{wait.awaited.title}`" for wait in circle)
    return f"`{waiter}` waits for {rest}"
