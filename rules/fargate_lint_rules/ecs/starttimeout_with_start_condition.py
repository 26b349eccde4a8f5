from __future__ import annotations

from fargate_lint.launch.order import order_of
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task

TIMED = frozenset({"COMPLETE", "SUCCESS", "HEALTHY", ""})


class StarttimeoutWithStartCondition(Rule):
    """`startTimeout` has no effect, because nobody waits for this container in a way that takes time.

    ## Why it matters
    `startTimeout` bounds how long *others* wait for this container to end (`COMPLETE`, `SUCCESS`)
    or to become healthy (`HEALTHY`). It doesn't bound the start of the container itself, and
    `START` is met as soon as the container runs. On a container that nobody waits for, or only with
    `START`, it does nothing.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "startTimeout": 60}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router", "startTimeout": null}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    - https://github.com/aws/amazon-ecs-agent/blob/master/agent/engine/dependencygraph/graph.go
    """

    code = "ECS417"
    name = "starttimeout-with-start-condition"
    severity = "info"
    members = ("startTimeout",)

    def check_task(self, task: Task) -> None:
        timed = [one for one in task.containers if isinstance(one.number("startTimeout"), int)]
        if not timed:
            return
        order = order_of(task)
        if not order.certain:
            return
        for container in timed:
            waits = order.after(container)
            if not any(wait.condition in TIMED for wait in waits):
                names: dict[str, Container] = {wait.waiter.title: wait.waiter for wait in waits}
                self.report(
                    container,
                    f"`startTimeout` of `{container.title}` has no effect: "
                    + (
                        f"`{next(iter(names))}` waits only for its start"
                        if names
                        else "nobody waits for it"
                    ),
                    at=("startTimeout",),
                    help="remove it, or wait for the container with `HEALTHY`, `COMPLETE` or `SUCCESS`",
                )
