from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import is_partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class S3filesTaskRole(Rule):
    """A volume of S3 Files is mounted, but the task has no `taskRoleArn`.

    ## Why it matters
    S3 Files are read with the task's role, so a definition with `s3filesVolumeConfiguration` has to
    have one. The execution role isn't used for it.

    ## Example
    ```json bad base=plain
    {"volumes": [{"name": "data", "s3filesVolumeConfiguration": {
       "fileSystemArn": "arn:aws:s3files:us-east-1:111122223333:file-system/fs-0123456789abcdef0"}}],
     "containerDefinitions": [{"name": "web", "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}]}
    ```
    ```json fixed base=plain
    {"taskRoleArn": "arn:aws:iam::111122223333:role/shop-task",
     "volumes": [{"name": "data", "s3filesVolumeConfiguration": {
       "fileSystemArn": "arn:aws:s3files:us-east-1:111122223333:file-system/fs-0123456789abcdef0"}}],
     "containerDefinitions": [{"name": "web", "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_S3FilesVolumeConfiguration.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    """

    code = "IAM202"
    name = "s3files-task-role"
    severity = "error"
    members = ("s3filesVolumeConfiguration",)

    def check_task(self, task: Task) -> None:
        if not task.value.get("volumes") or task.get("taskRoleArn") not in (None, ""):
            return
        for index, volume in task.objects("volumes"):
            if volume.get("s3filesVolumeConfiguration") and not is_partial(task):
                self.report(
                    task,
                    "a volume of S3 Files needs a `taskRoleArn`, and the task has none",
                    at=("volumes", index, "s3filesVolumeConfiguration"),
                    key=True,
                    help='add "taskRoleArn" with a role that may use the file system',
                )
                return
