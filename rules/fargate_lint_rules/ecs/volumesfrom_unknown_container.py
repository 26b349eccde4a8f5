from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.firelens._order import volume_sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


def _remedy(name: str, names: list[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  (only when something is wrong)

    near = get_close_matches(name, names, n=1, cutoff=0.6)
    return f'write "{near[0]}"' if near else "remove the entry, or add the container"


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
        names = [each.name for each in task.containers]
        for index, name in volume_sources(container):
            # A name that can't be known could be this one.
            if name in names or "" in names:
                continue
            self.report(
                container,
                f"`volumesFrom` names `{name}`, but no container has this name",
                at=("volumesFrom", index, "sourceContainer"),
                subject=[(*container.path, "volumesFrom")],
                help=f"{_remedy(name, names)}; ECS would answer: Invalid 'volumesFrom' setting. Unknown "
                f"container: '{name}'.",
            )
