from __future__ import annotations

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown
from fargate_lint_rules.ecs._shape import is_skeleton

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

EFS = "efsVolumeConfiguration"


class EfsIamNeedsTls(Rule):
    """A file system of EFS is mounted with IAM or an access point, but without encryption.

    ## Why it matters
    IAM authorization and a port for TLS mean nothing without TLS, and ECS refuses them when
    `transitEncryption` isn't `ENABLED`; it is off when it isn't written. For access points AWS
    documents the same.

    ## Example
    ```json bad base=plain
    {"volumes": [{"name": "data", "efsVolumeConfiguration": {
       "fileSystemId": "fs-0123456789abcdef0", "authorizationConfig": {"iam": "ENABLED"}}}],
     "containerDefinitions": [{"name": "web", "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}]}
    ```
    ```json fixed base=plain
    {"taskRoleArn": "arn:aws:iam::111122223333:role/shop-task",
     "volumes": [{"name": "data", "efsVolumeConfiguration": {
       "fileSystemId": "fs-0123456789abcdef0", "transitEncryption": "ENABLED",
       "authorizationConfig": {"iam": "ENABLED"}}}],
     "containerDefinitions": [{"name": "web", "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html
    """

    code = "ECS316"
    name = "efs-iam-needs-tls"
    severity = "error"
    fixable = "safe"
    members = ("efsVolumeConfiguration",)

    def check_task(self, task: Task) -> None:
        if not task.value.get("volumes") or is_skeleton(task):
            return
        for index, _ in task.objects("volumes"):
            at = ("volumes", index, EFS)
            encryption = task.get(*at, "transitEncryption")
            if not task.get(*at) or encryption == "ENABLED" or isinstance(encryption, Unknown):
                continue
            severity = ""
            if task.get(*at, "authorizationConfig", "iam") == "ENABLED":
                below: tuple[str, ...] = ("authorizationConfig", "iam")
                message = "IAM authorization of EFS needs `transitEncryption`"
                answer = "EFS IAM authorization requires TransitEncryption to be enabled."
            elif isinstance(task.number(*at, "transitEncryptionPort"), int):
                below = ("transitEncryptionPort",)
                message = "`transitEncryptionPort` needs `transitEncryption`"
                answer = "TransitEncryptionPort requires that TransitEncryption is enabled"
            elif isinstance(task.get(*at, "authorizationConfig", "accessPointId"), str):
                below = ("authorizationConfig", "accessPointId")
                message = "an access point of EFS needs `transitEncryption`"
                answer, severity = "", "warning"
            else:
                continue
            self.report(
                task,
                message,
                at=(*at, *below),
                help='add "transitEncryption": "ENABLED"'
                + (f"; ECS would answer: {answer}" if answer else ""),
                severity=severity,
                fix=Fix('write "transitEncryption": "ENABLED"', safe=bool(answer)).set(
                    task, (*at, "transitEncryption"), "ENABLED"
                ),
            )
