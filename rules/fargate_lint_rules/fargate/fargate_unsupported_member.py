from __future__ import annotations

from fargate_lint.data import fargate_refusals as refused
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown
from fargate_lint_rules.fargate._refusals import answer, is_set

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Node, Task
    from fargate_lint.source.document import Path

    #: Where a member stands, what it is, ECS's answer, and the remedy.
    Refused = tuple[Node, Path, str, str, str]

TASK_MEMBERS = frozenset({*refused.TASK, "pidMode", "volumes"})
SWAP = frozenset({"maxSwap", "swappiness"})
CONTAINER_MEMBERS = frozenset({path[0] for path in refused.CONTAINER} | {"resourceRequirements"})


class FargateUnsupportedMember(Rule):
    """The definition asks for something that belongs to a host, and Fargate has no host to offer.

    ## Why it matters
    On Fargate a task gets a machine of its own that nobody else sees: there is no host to mount
    folders or devices from, to share processes with, or to place tasks on. ECS refuses
    `privileged`, `dockerSecurityOptions`, devices, `sharedMemorySize`, swap, folders of the host,
    Docker volumes, placement constraints, `ipcMode`, `pidMode: host` and GPUs, one after the other.
    Most of these come from a definition that ran on EC2.

    A volume with nothing but a name is fine: its containers share it, and it goes with the task.
    For more room in `/dev/shm` there is `tmpfs`.

    ## Example
    ```json bad base=plain
    {"volumes": [{"name": "data", "host": {"sourcePath": "/srv/data"}}],
     "containerDefinitions": [{"name": "web", "privileged": true,
       "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}]}
    ```
    ```json fixed base=plain
    {"volumes": [{"name": "data"}],
     "containerDefinitions": [{"name": "web", "privileged": null,
       "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinuxParameters.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html
    """

    code = "FGT202"
    name = "fargate-unsupported-member"
    severity = "error"
    outranks = ("value-not-allowed", "windows-unsupported-member")
    fixable = "unsafe"
    aliases = (
        "fargate-privileged",
        "fargate-docker-security-options",
        "fargate-devices",
        "fargate-shm",
        "fargate-swap",
        "fargate-host-source-path",
        "docker-volume-on-fargate",
        "fargate-placement",
        "fargate-ipc",
        "fargate-pid-host",
        "fargate-gpu",
        "trusted-execution",
    )
    members = (
        "devices",
        "dockerSecurityOptions",
        "dockerVolumeConfiguration",
        "fsxWindowsFileServerVolumeConfiguration",
        "ipcMode",
        "maxSwap",
        "pidMode",
        "placementConstraints",
        "privileged",
        "resourceRequirements",
        "sharedMemorySize",
        "sourcePath",
        "swappiness",
        "trustedExecutionConfiguration",
    )

    def check_task(self, task: Task) -> None:
        if task.fargate is not True:
            return
        found: list[Refused] = []
        if not TASK_MEMBERS.isdisjoint(task.value):
            _of_task(task, found)
        for container in task.containers:
            if not CONTAINER_MEMBERS.isdisjoint(container.value):
                _of_container(container, found)
        for node, path, what, text, remedy in found:
            self.report(
                node,
                f"Fargate doesn't support {what}",
                at=path,
                key=True,
                help=answer(text, remedy),
                fix=Fix(f"remove {what}", safe=False).remove(node, path),
            )


def _of_task(task: Task, found: list[Refused]) -> None:
    for member, (text, remedy) in refused.TASK.items():
        if is_set(task.value.get(member)):
            found.append((task, (member,), f"`{member}`", text, remedy))
    if task.value.get("pidMode") == "host":
        what = "`pidMode` `host`"
        found.append((task, ("pidMode",), what, refused.PID_HOST, 'write "task" or remove it'))
    for index, volume in task.objects("volumes"):
        for path, (text, remedy) in refused.VOLUME.items():
            value = volume.get(path[0])
            if len(path) > 1:
                value = value.get(path[1]) if isinstance(value, dict) else None
            if value not in (None, "") and not isinstance(value, Unknown):
                at: Path = ("volumes", index, *path)
                found.append((task, at, f"`{path[-1]}` of a volume", text, remedy))


def _of_container(container: Container, found: list[Refused]) -> None:
    for path, (text, remedy) in refused.CONTAINER.items():
        value = container.get(*path)
        # Swap may be set to nothing at all, which is refused like any other amount.
        if is_set(value) or (value == 0 and path[-1] in SWAP):
            found.append((container, path, f"`{path[-1]}`", text, remedy))
    for index, item in container.objects("resourceRequirements"):
        kind = item.get("type")
        if isinstance(kind, str) and kind in refused.RESOURCES:
            at = ("resourceRequirements", index)
            found.append((container, at, f"`{kind}`", *refused.RESOURCES[kind]))
