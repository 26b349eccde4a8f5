from __future__ import annotations

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

EFS = "efsVolumeConfiguration"


class EfsAccessPointRootDir(Rule):
    """An access point of EFS is used together with a root directory of the definition's own.

    ## Why it matters
    An access point brings its own root directory, and ECS refuses a second one. `rootDirectory` has
    to be absent or `/`, which then is the access point's directory.

    ## Example
    ```json bad base=plain
    {"volumes": [{"name": "data", "efsVolumeConfiguration": {
       "fileSystemId": "fs-0123456789abcdef0", "rootDirectory": "/web", "transitEncryption": "ENABLED",
       "authorizationConfig": {"accessPointId": "fsap-0123456789abcdef0"}}}],
     "containerDefinitions": [{"name": "web", "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}]}
    ```
    ```json fixed base=plain
    {"volumes": [{"name": "data", "efsVolumeConfiguration": {
       "fileSystemId": "fs-0123456789abcdef0", "transitEncryption": "ENABLED",
       "authorizationConfig": {"accessPointId": "fsap-0123456789abcdef0"}}}],
     "containerDefinitions": [{"name": "web", "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html
    - https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html
    """

    code = "ECS317"
    name = "efs-access-point-root-dir"
    severity = "error"
    fixable = "safe"
    members = ("efsVolumeConfiguration",)

    def check_task(self, task: Task) -> None:
        if not task.value.get("volumes"):
            return
        for index, _ in task.objects("volumes"):
            root = task.get("volumes", index, EFS, "rootDirectory")
            point = ("volumes", index, EFS, "authorizationConfig", "accessPointId")
            if isinstance(root, str) and root not in {"", "/", "string"} and task.get(*point):
                self.report(
                    task,
                    f"`rootDirectory` `{clip(root)}` stands beside an access point",
                    at=("volumes", index, EFS, "rootDirectory"),
                    related=[(task, point, "the access point")],
                    help="remove it; ECS would answer: When using an EFS access point, the root "
                    'directory must either be set to "/" or be omitted',
                    fix=Fix("remove `rootDirectory`").remove(
                        task, ("volumes", index, EFS, "rootDirectory")
                    ),
                )
