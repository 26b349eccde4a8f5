"""What the rules about mapped ports share."""

from __future__ import annotations

from fargate_lint.lint.fix import Fix
from fargate_lint_rules.ecs._ports import ends

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.source.document import Path


def mappings(task: Task, port: int) -> Iterator[tuple[Container, Path]]:
    """The containers that map a port, alone or in a range, with the path of the mapping."""
    for container in task.containers:
        for index, item in container.objects("portMappings"):
            key = "containerPortRange" if "containerPortRange" in item else "containerPort"
            path: Path = ("portMappings", index, key)
            value = container.text(*path)
            if not isinstance(value, str):
                continue
            found = ends(value if "-" in value else f"{value}-{value}")
            if found is not None and found[0] <= port <= found[1]:
                yield container, path


def unmapped(container: Container, path: Path) -> Fix | None:
    """The fix that takes out a mapping, None for a range, which has other ports too."""
    if path[-1] != "containerPort":
        return None
    fix = Fix("remove the mapping", safe=False)
    alone = len(container.list("portMappings")) == 1
    return fix.remove(container, path[:1] if alone else path[:2])
