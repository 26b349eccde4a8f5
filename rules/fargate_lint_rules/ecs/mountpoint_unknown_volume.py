from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.similar import similar
from fargate_lint_rules._subjects import member_of
from fargate_lint_rules.ecs._shape import clip, is_partial
from fargate_lint_rules.ecs._volumes import mounts, names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task


class MountpointUnknownVolume(Rule):
    """A container mounts a volume that the task doesn't have.

    ## Why it matters
    `sourceVolume` is the name of an entry of `volumes` of the task, letter by letter. ECS refuses a
    definition that mounts anything else.

    ## Example
    ```json bad base=plain
    {"volumes": [{"name": "data"}],
     "containerDefinitions": [{"name": "web", "mountPoints": [
       {"sourceVolume": "data", "containerPath": "/data"},
       {"sourceVolume": "cache", "containerPath": "/cache"}]}]}
    ```
    ```json fixed base=plain
    {"volumes": [{"name": "data"}, {"name": "cache"}],
     "containerDefinitions": [{"name": "web", "mountPoints": [
       {"sourceVolume": "data", "containerPath": "/data"},
       {"sourceVolume": "cache", "containerPath": "/cache"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
    """

    code = "ECS312"
    name = "mountpoint-unknown-volume"
    severity = "error"
    outranks = ("volume-unused",)
    places_are_one = True
    members = ("mountPoints",)

    def check_task(self, task: Task) -> None:
        users = [each for each in task.containers if each.value.get("mountPoints")]
        known = names(task) if users else None
        if known is None:
            return
        strangers: dict[str, list[tuple[Container, int]]] = {}
        for container in users:
            for index, mount in mounts(container):
                name = mount.get("sourceVolume")
                if isinstance(name, str) and name not in known:
                    strangers.setdefault(name, []).append((container, index))
                elif name is None:
                    self._report_nameless(container, index)
        for name, places in strangers.items():
            self._report(name, places, known)

    def _report_nameless(self, container: Container, index: int) -> None:
        if not is_partial(container, "mountPoints", index):
            self.report(
                container,
                f"mount {index + 1} of `{container.title}` has no `sourceVolume`",
                at=("mountPoints", index),
                subject=[
                    (*container.path, "mountPoints", index, "sourceVolume"),
                    member_of("sourceVolume"),
                ],
                help="add \"sourceVolume\"; ECS would answer: Unknown volume 'null'.",
            )

    def _report(self, name: str, places: list[tuple[Container, int]], known: set[str]) -> None:
        container, index = places[0]
        self.report(
            container,
            f"`{container.title}` mounts the volume `{clip(name)}`, which the task doesn't have",
            at=("mountPoints", index, "sourceVolume"),
            related=[
                (other, ("mountPoints", at, "sourceVolume"), f"`{other.title}` mounts it too")
                for other, at in places[1:]
            ],
            subject=[
                *((*each.path, "mountPoints", at, "sourceVolume") for each, at in places),
                member_of("volumes"),
                ("volumes",),
            ],
            help=f"{_remedy(name, known)}; ECS would answer: Unknown volume '{name}'.",
        )


def _remedy(name: str, known: set[str]) -> str:
    near = similar(name, sorted(known), 0.6)
    return f'write "{near}"' if near else f'add {{"name": "{name}"}} to `volumes` of the task'
