from __future__ import annotations

from fargate_lint.data import fargate_refusals as refused
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.fargate._refusals import is_set, windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.task import Node, Task
    from fargate_lint.source.document import Path

CONTAINER = frozenset(refused.WINDOWS_CONTAINER)


class WindowsUnsupportedMember(Rule):
    """The task is for Windows on Fargate, and has a member that only Linux has there.

    ## Why it matters
    `linuxParameters`, `systemControls`, `ulimits`, `user`, `readonlyRootFilesystem`,
    `environmentFiles`, `pidMode` and volumes of Amazon EFS are documented for Linux only. Such a
    definition is refused, or what it asks for doesn't happen: a container that is meant to be read
    only can be written to.

    ## Example
    ```json bad base=plain
    {"cpu": "1024", "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"},
     "containerDefinitions": [{"name": "web", "readonlyRootFilesystem": true}]}
    ```
    ```json fixed base=plain
    {"cpu": "1024", "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/windows-considerations.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """

    code = "FGT305"
    name = "windows-unsupported-member"
    severity = "warning"
    members = ("operatingSystemFamily",)

    def check_task(self, task: Task) -> None:
        if task.fargate is not True or not windows(task):
            return
        found: list[tuple[Node, Path]] = [
            (task, (member,)) for member in refused.WINDOWS_TASK if task.value.get(member) == "task"
        ]
        for index, volume in task.objects("volumes"):
            found += [
                (task, ("volumes", index, member))
                for member in refused.WINDOWS_VOLUME
                if is_set(volume.get(member))
            ]
        for container in task.containers:
            if CONTAINER.isdisjoint(container.value):
                continue
            found += [
                (container, (member,))
                for member in refused.WINDOWS_CONTAINER
                if _asks(container.value.get(member))
            ]
        for node, path in found:
            self.report(
                node,
                f"Windows doesn't have `{path[-1]}` on Fargate",
                at=path,
                key=True,
                related=[
                    (task, ("runtimePlatform", "operatingSystemFamily"), "the operating system")
                ],
                subject=_subject(node, path),
                help="remove it",
            )


def _asks(value: object) -> bool:
    """Whether a member says anything, or anything in it does."""
    return (
        any(is_set(each) for each in value.values()) if isinstance(value, dict) else is_set(value)
    )


def _subject(node: Node, path: Path) -> Iterator[Path]:
    """A member, what it holds, and the system that it is for."""
    yield (*node.path, *path)
    for key, value in node.members(*path).items():
        if is_set(value):
            yield (*node.path, *path, key)
    yield ("runtimePlatform", "operatingSystemFamily")
