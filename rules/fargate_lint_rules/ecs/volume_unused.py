from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._subjects import MOUNTS
from fargate_lint_rules.ecs._shape import clip, is_excerpt
from fargate_lint_rules.ecs._volumes import names, used

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class VolumeUnused(Rule):
    """A volume of the task is mounted by no container.

    ## Why it matters
    What was to be kept or shared is then written somewhere else, and gone when its container is
    gone: a `mountPoints` entry was forgotten, or is in another container. A volume that is
    configured at launch has to be mounted, else ECS refuses the definition.

    ## Example
    ```json bad base=plain
    {"volumes": [{"name": "data"}]}
    ```
    ```json fixed base=plain
    {"volumes": [{"name": "data"}],
     "containerDefinitions": [{"name": "web", "mountPoints": [
       {"sourceVolume": "data", "containerPath": "/data"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html
    """

    code = "ECS314"
    name = "volume-unused"
    severity = "warning"
    members = ("volumes",)

    def check_task(self, task: Task) -> None:
        if not task.value.get("volumes") or is_excerpt(task):
            return
        mounted = used(task)
        if mounted is None or names(task) is None:
            return
        for index, volume in task.objects("volumes"):
            name = volume.get("name")
            if not isinstance(name, str) or not name or name in mounted:
                continue
            at_launch = volume.get("configuredAtLaunch") is True
            remedy = "mount it with `mountPoints` of a container, or remove it"
            self.report(
                task,
                f"no container mounts the volume `{clip(name)}`",
                at=("volumes", index, "name"),
                subject=[("volumes", index, "name"), MOUNTS],
                help=f"{remedy}; ECS would answer: Volumes [{name}] are not referenced by any of the containers"
                if at_launch
                else remedy,
                severity="error" if at_launch else "",
            )
