from __future__ import annotations

from fargate_lint.launch.order import order_of
from fargate_lint.launch.wiring import DRIVER
from fargate_lint.lint.rule import Rule
from fargate_lint_rules._subjects import ROUTER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.source.document import Path


class DependsonUnknownContainer(Rule):
    """A container waits for one that the task doesn't have.

    ## Why it matters
    `dependsOn` names other containers of the same task; services and other tasks can't be waited
    for. A name that no container has is refused when the definition is registered. Names are compared
    letter by letter, so `log-router` is not `log_router`.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "web",
      "dependsOn": [{"containerName": "log-router", "condition": "START"}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "web",
      "dependsOn": [{"containerName": "log_router", "condition": "START"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
    """

    code = "ECS411"
    name = "dependson-unknown-container"
    severity = "error"
    outranks = ("app-order-not-guaranteed", "router-no-dependson-agent")
    members = ("dependsOn",)

    def check_task(self, task: Task) -> None:
        missing = order_of(task).missing
        if not missing or not task.closed:
            return
        # A name that can't be known could be the one.
        if "" in task.names:
            return
        from fargate_lint_rules.ecs._containers import remedy  # noqa: PLC0415  (only when something is wrong)

        for container, index, name in missing:
            self.report(
                container,
                f"`{container.title}` waits for `{name}`, but no container has this name",
                at=("dependsOn", index, "containerName"),
                subject=_subject(container),
                help=f"{remedy(name, task)}; ECS would answer: Cannot depend on container + '{name}' "
                "because it does not exist",
            )


def _subject(container: Container) -> Iterator[Path]:
    """What a container waits for, and whether a log router is there that it may mean."""
    yield (*container.path, "dependsOn")
    if container.driver == DRIVER and container.task.router is None:
        yield ROUTER
