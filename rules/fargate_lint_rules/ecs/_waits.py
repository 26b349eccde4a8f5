"""What the rules about `dependsOn` share."""

from __future__ import annotations

from fargate_lint.launch.order import ENDED
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.launch.wiring import DRIVER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container as Collection
    from collections.abc import Iterable

    from fargate_lint.ecs.task import Container
    from fargate_lint.launch.order import Order, Wait
    from fargate_lint.source.document import Path


def by_awaited(order: Order, conditions: Collection[str]) -> Iterable[tuple[Container, list[Wait]]]:
    """The waits of `dependsOn` with certain conditions, by whom they are for: one fault each.

    The waits of sidecars and for sidecars, which other rules know more about, stand alone.
    """
    found: dict[tuple[int, Path], tuple[Container, list[Wait]]] = {}
    for wait in order.waits:
        if wait.condition in conditions and wait.member == "dependsOn":
            alone = subject(wait) if is_of_sidecars(wait) else ()
            found.setdefault((wait.awaited.index, alone), (wait.awaited, []))[1].append(wait)
    return found.values()


def subject(wait: Wait) -> Path:
    """What a finding about a wait is about."""
    return (*wait.waiter.path, *wait.path, "condition")


def runs_on(container: Container) -> bool:
    """Whether this is a sidecar that runs as long as its task."""
    who = sidecars(container.task)
    return container is who.agent or container is who.router


def is_of_sidecars(wait: Wait) -> bool:
    """Whether the router waits for the agent, or a user of FireLens for the end of the router."""
    who = sidecars(wait.waiter.task)
    if wait.waiter is who.router and wait.awaited is who.agent:
        return True
    return wait.condition in ENDED and awaits_its_router(wait)


def awaits_its_router(wait: Wait) -> bool:
    """Whether a user of FireLens waits for the router of its logs."""
    return wait.waiter.driver == DRIVER and wait.awaited is wait.waiter.task.router
