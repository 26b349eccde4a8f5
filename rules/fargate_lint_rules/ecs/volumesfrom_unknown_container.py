from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.firelens._order import volume_sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class VolumesfromUnknownContainer(Rule):
    """`volumesFrom` names a container that the task doesn't have.

    ## Why it matters
    `volumesFrom` shows the volumes of another container of the same task. A name that no container
    has is refused when the task definition is registered. Names are compared letter by letter, so
    `al_agent` is not `al-agent`.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "volumesFrom": [{"sourceContainer": "al_agent"}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router", "volumesFrom": [{"sourceContainer": "al-agent"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_VolumeFrom.html
    """

    code = "ECS101"
    name = "volumesfrom-unknown-container"
    severity = "error"
    outranks = ("launcher-without-volumesfrom",)
    members = ("volumesFrom",)

    def check_container(self, container: Container) -> None:
        task = container.task
        if not container.list("volumesFrom") or not task.closed:
            return
        # A name that can't be known could be the one.
        if "" in task.names:
            return
        for index, name in volume_sources(container):
            if name in task.names:
                continue
            from fargate_lint_rules.ecs._containers import remedy  # noqa: PLC0415  (only when something is wrong)

            self.report(
                container,
                f"`volumesFrom` names `{name}`, but no container has this name",
                at=("volumesFrom", index, "sourceContainer"),
                subject=[(*container.path, "volumesFrom")],
                help=f"{remedy(name, task)}; ECS would answer: Invalid 'volumesFrom' setting. Unknown "
                f"container: '{name}'.",
            )
