"""Who waits for whom: what `dependsOn` and `volumesFrom` say about the order of start."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fargate_lint.ecs.task import Container, Task


def dependencies(container: Container) -> Iterator[tuple[int, str, str]]:
    """Index, container and condition (in capitals) of each entry of `dependsOn` that is known."""
    for index, item in container.objects("dependsOn"):
        name, condition = item.get("containerName"), item.get("condition")
        if isinstance(name, str):
            yield index, name, condition.upper() if isinstance(condition, str) else ""


def volume_sources(container: Container) -> Iterator[tuple[int, str]]:
    """Index and container of each entry of `volumesFrom` that is known."""
    for index, item in container.objects("volumesFrom"):
        name = item.get("sourceContainer")
        if isinstance(name, str):
            yield index, name


def certain(container: Container, key: str = "dependsOn") -> bool:
    """Whether all entries of `dependsOn` (or `volumesFrom`) can be known from the file."""
    member = "containerName" if key == "dependsOn" else "sourceContainer"
    value = container.get(key)
    return value is None or (
        isinstance(value, list)
        and all(isinstance(item, dict) and isinstance(item.get(member), str) for item in value)
    )


def waits_for(container: Container, name: str) -> bool:
    """Whether a container itself waits for another one."""
    return any(
        isinstance(item, dict) and item.get("containerName") == name
        for item in container.list("dependsOn")
    )


def followers(task: Task, name: str) -> set[str]:
    """The containers that start only after another, and those of which that can't be known."""
    after: dict[str, list[str]] = {}
    unsure = []
    for container in task.containers:
        for _, awaited, _ in dependencies(container):
            after.setdefault(awaited, []).append(container.title)
        if not certain(container):
            unsure.append(container.title)
    return set(unsure) | _reachable(after, [name, *unsure])


def leaders(container: Container) -> set[str]:
    """The containers that come before one, by `dependsOn` or because it takes their volumes."""
    before: dict[str, list[str]] = {}
    for other in container.task.containers:
        names = before.setdefault(other.title, [])
        names += [name for _, name, _ in dependencies(other)]
        names += [name for _, name in volume_sources(other)]
    return _reachable(before, [container.title])


def _reachable(edges: dict[str, list[str]], start: Iterable[str]) -> set[str]:
    found: set[str] = set()
    pending = list(start)
    while pending:
        for name in edges.get(pending.pop(), ()):
            if name not in found:
                found.add(name)
                pending.append(name)
    return found
