"""What the rules about volumes share."""

from __future__ import annotations

from fargate_lint.source.unknown import Unknown
from fargate_lint_rules.ecs._shape import is_excerpt, is_partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from fargate_lint.ecs.task import Container, Task

#: The members of a volume that each say of what kind it is.
KINDS = (
    "host",
    "dockerVolumeConfiguration",
    "efsVolumeConfiguration",
    "s3filesVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration",
    "configuredAtLaunch",
)


def names(task: Task) -> set[str] | None:
    """The names of all volumes, None when the file doesn't tell all of them."""
    if task.scope != "task" or is_excerpt(task) or is_partial(task) or is_partial(task, "volumes"):
        return None
    volumes = task.get("volumes")
    if volumes is None:
        return set()
    if not isinstance(volumes, list) or not all(isinstance(item, dict) for item in volumes):
        return None
    found = [item.get("name") for item in volumes]
    if any(isinstance(name, Unknown) for name in found):
        return None
    return {name for name in found if isinstance(name, str)}


def mounts(container: Container) -> Iterator[tuple[int, dict[str, Any]]]:
    """The mounts of a container, with their indices."""
    return container.objects("mountPoints")


def used(task: Task) -> set[str] | None:
    """The names of all volumes that are mounted, None when the file doesn't tell."""
    found = set()
    if not task.closed or is_partial(task, "containerDefinitions"):
        return None
    for container in task.containers:
        points = container.get("mountPoints")
        if points is None:
            continue
        if not isinstance(points, list) or is_partial(container, "mountPoints"):
            return None
        for item in points:
            name = item.get("sourceVolume") if isinstance(item, dict) else item
            if isinstance(name, Unknown):
                return None
            if isinstance(name, str):
                found.add(name)
    return found


def kinds(volume: dict[str, Any]) -> list[str]:
    """The members that say of what kind a volume is; an empty `host` says nothing."""
    return [key for key in KINDS if volume.get(key) and not isinstance(volume[key], Unknown)]
