from __future__ import annotations

from fargate_lint.launch.order import ENDED, order_of
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._waits import by_awaited, runs_on, subject

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class DependsonCompleteOnEssential(Rule):
    """A container waits for the end of an essential one, whose end is the end of the task.

    ## Why it matters
    `COMPLETE` and `SUCCESS` are met when the other container has ended. If that one is essential
    (every container is, unless it says otherwise), the whole task stops at that moment, and nothing
    is left to be started. ECS refuses the definition. A container that prepares something and ends
    has to say `"essential": false`.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [
      {"name": "web", "dependsOn": [{"containerName": "migrate", "condition": "SUCCESS"}]},
      {"name": "migrate", "image": "migrate:1.0.3"}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [
      {"name": "web", "dependsOn": [{"containerName": "migrate", "condition": "SUCCESS"}]},
      {"name": "migrate", "image": "migrate:1.0.3", "essential": false}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
    """

    code = "ECS413"
    name = "dependson-complete-on-essential"
    severity = "error"
    members = ("dependsOn",)

    def check_task(self, task: Task) -> None:
        order = order_of(task)
        if not order.waits:
            return
        for awaited, waits in by_awaited(order, ENDED):
            if awaited.essential is not True:
                continue
            first = waits[0]
            self.report(
                first.waiter,
                f"`{first.waiter.title}` waits until `{awaited.title}` has ended, which ends the task: "
                "it is essential",
                at=(*first.path, "condition"),
                related=[
                    (awaited, ("essential",), "essential"),
                    *((wait.waiter, wait.path, "waits for the same") for wait in waits[1:]),
                ],
                help=(
                    'write "condition": "START"'
                    if runs_on(awaited)
                    else f'write "essential": false in `{awaited.title}`'
                )
                + "; ECS would answer: A dependency container with SUCCESS or COMPLETE condition cannot "
                "be an essential container",
                subject=[subject(first)],
                data=(awaited.written_name, *sorted(wait.waiter.written_name for wait in waits)),
            )
