"""The order of start and stop, for people: as text, and as a diagram of Mermaid."""

from __future__ import annotations

from fargate_lint.launch.order import order_of, stop_timeout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.launch.order import Order, Wait

#: What the awaited container has to have done, by condition.
DONE = {
    "CREATE": "is created",
    "START": "is started",
    "COMPLETE": "has ended",
    "SUCCESS": "has ended well",
    "HEALTHY": "is healthy",
}
#: What makes a container wait, when the definition itself doesn't say so.
ADDED = {"awsfirelens": "ECS adds it for FireLens"}
ESCAPED = str.maketrans({'"': "#quot;", "<": "#lt;", ">": "#gt;", "\n": " ", "\r": " "})


def as_text(task: Task) -> list[str]:
    """Lines with the order of start and its reasons, the stop and its times, and what is wrong."""
    order = order_of(task)
    width = max((len(one.title) for one in task.containers), default=0)
    lines = ["start"]
    for number, wave in enumerate(order.waves(), 1):
        for container in wave:
            reasons = "; ".join(_reason(wait) for wait in order.before(container))
            lines.append(_row(number, container, width, reasons))
    lines.append("stop")
    for number, wave in enumerate(order.stop_waves(), 1):
        for container in wave:
            seconds = stop_timeout(container)
            limit = "" if seconds is None else f"within {seconds} s"
            lines.append(_row(number, container, width, limit))
    return [*lines, *_remarks(order)]


def _row(number: int, container: Container, width: int, text: str) -> str:
    return f"  {number}  {container.title:{width}}  {text}".rstrip()


def _reason(wait: Wait) -> str:
    done = DONE.get(wait.condition, f"is {wait.condition or 'ready'}")
    return f"when {wait.awaited.title} {done} ({ADDED.get(wait.member, wait.member)})"


def _remarks(order: Order) -> Iterable[str]:
    stop = order.shutdown()
    if stop is not None and len(stop[0]) > 1:
        chain, seconds = stop
        yield f"one after the other, {_listed(chain)} may take {seconds} s to stop"
    for circle in order.circles():
        names = [wait.waiter.title for wait in circle]
        yield f"never: {' waits for '.join([*names, names[0]])}"
    for wait in order.endless():
        yield f"never: {wait.waiter.title} starts {_reason(wait)}"
    for container, _, name in order.missing:
        yield f"never: {container.title} waits for {name}, which isn't in this task"
    router = order.task.router
    if router is not None:
        for container in order.unordered():
            yield f"in no order: {container.title} and {router.title}, to which it logs"
    if not order.certain:
        yield "the file doesn't show all of it"


def _listed(containers: list[Container]) -> str:
    titles = [container.title for container in containers]
    return f"{', '.join(titles[:-1])} and {titles[-1]}"


def as_mermaid(task: Task) -> list[str]:
    """Lines of a flowchart: who waits for whom, with the first to start at the top.

    Solid arrows are written in the definition, dotted ones are what ECS adds. Users of FireLens
    that nothing orders are joined to the router by a line without a head.
    https://mermaid.js.org/syntax/flowchart.html
    """
    order = order_of(task)
    lines = [
        "flowchart TD",
        *(f'    c{one.index}["{one.title.translate(ESCAPED)}"]' for one in task.containers),
    ]
    for wait in order.waits:
        label = wait.condition.translate(ESCAPED) or "?"
        arrow = f'-->|"{label}"|' if wait.member == "dependsOn" else f'-.->|"{label}"|'
        lines.append(f"    c{wait.awaited.index} {arrow} c{wait.waiter.index}")
    router = task.router
    if router is not None:
        lines += [
            f'    c{container.index} -.-|"no order"| c{router.index}'
            for container in order.unordered()
        ]
    return lines
