"""What the rules share that look for a container by its name."""

from __future__ import annotations

from fargate_lint.source.once import once

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

# A task has ten containers at most: no more are looked through for a name that was meant.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
LOOKED_THROUGH = 20


@once
def names(task: Task) -> frozenset[str] | None:
    """The names of a task's containers; None where one can't be known, which may be any."""
    found = frozenset(each.name for each in task.containers)
    return None if "" in found else found


def remedy(name: str, task: Task) -> str:
    """What to write instead of a name that no container has."""
    from difflib import get_close_matches  # noqa: PLC0415  (only when something is wrong)

    known = [each.name for each in task.containers[:LOOKED_THROUGH]]
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    return f'write "{near[0]}"' if near else "remove the entry, or add the container"
