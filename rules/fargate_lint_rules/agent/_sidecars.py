"""What the rules about agent and router share."""

from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task


def pair(task: Task) -> list[Container]:
    """The agent and the router of a task that Alert Logic watches, as far as it has them."""
    roles = sidecars(task)
    if not roles.alert_logic:
        return []
    return [part for part in (roles.agent, roles.router) if part is not None]


def role(container: Container) -> str:
    """What a sidecar is, in words."""
    return "the agent" if container is sidecars(container.task).agent else "the log router"
