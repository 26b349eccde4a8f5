from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of
from fargate_lint_rules.ecs._shape import clip, is_skeleton
from fargate_lint_rules.ecs._volumes import kinds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class VolumeMultipleConfigs(Rule):
    """A volume is of two kinds at once, or two volumes are to be configured at launch.

    ## Why it matters
    A volume is a folder, a Docker volume, a file system of EFS, S3 Files or FSx, or is configured
    at launch; with two of these ECS can't know which is meant. Only one volume of a definition may
    be configured at launch.

    ## Example
    ```json bad base=plain
    {"volumes": [{"name": "data", "configuredAtLaunch": true,
       "efsVolumeConfiguration": {"fileSystemId": "fs-0123456789abcdef0"}}],
     "containerDefinitions": [{"name": "web", "mountPoints": [
       {"sourceVolume": "data", "containerPath": "/data"}]}]}
    ```
    ```json fixed base=plain
    {"volumes": [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-0123456789abcdef0"}}],
     "containerDefinitions": [{"name": "web", "mountPoints": [
       {"sourceVolume": "data", "containerPath": "/data"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html
    """

    code = "ECS315"
    name = "volume-multiple-configs"
    severity = "error"
    members = ("volumes",)

    def check_task(self, task: Task) -> None:
        if not task.value.get("volumes") or is_skeleton(task):
            return
        at_launch = []
        for index, volume in task.objects("volumes"):
            found = kinds(volume)
            if "configuredAtLaunch" in found:
                at_launch.append(index)
            if len(found) > 1:
                name = volume.get("name")
                title = f"`{clip(name)}`" if isinstance(name, str) else str(index + 1)
                listed = " and ".join(f"`{key}`" for key in found[:2])
                self.report(
                    task,
                    f"volume {title} has {listed}, of which it can have one",
                    at=("volumes", index, found[1]),
                    key=True,
                    related=[(task, ("volumes", index, found[0]), "the other kind")],
                    help=f"remove `{found[0]}` or `{found[1]}`",
                    data=(text_of(name),),
                )
        if len(at_launch) > 1:
            self.report(
                task,
                f"{len(at_launch)} volumes are configured at launch, and a task can have one",
                at=("volumes", at_launch[1], "configuredAtLaunch"),
                key=True,
                related=[(task, ("volumes", at_launch[0], "configuredAtLaunch"), "the first one")],
                help="leave it with one of them",
                data=("configuredAtLaunch",),
            )
