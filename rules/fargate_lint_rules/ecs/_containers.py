"""What to write instead of the name of a container that isn't there."""

from __future__ import annotations

from fargate_lint.source.similar import similar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

# A task has ten containers at most: no more are looked through for a name that was meant.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
LOOKED_THROUGH = 20


def remedy(name: str, task: Task) -> str:
    """What to write instead of a name that no container has."""
    known = [each.name for each in task.containers[:LOOKED_THROUGH]]
    near = similar(name, known, 0.6)
    return f'write "{near}"' if near else "remove the entry, or add the container"
