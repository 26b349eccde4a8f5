"""What the rules about port mappings share."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NamedTuple

    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.source.document import Path

    class Mapped(NamedTuple):
        """The ports of one mapping, from the first to the last, for one protocol."""

        first: int
        last: int
        protocol: str
        container: Container
        path: Path
else:
    from collections import namedtuple

    Mapped = namedtuple("Mapped", "first last protocol container path")

HIGHEST = 65535


def mapped(task: Task) -> Iterator[Mapped]:
    """All port mappings of a task that can be known and make sense, in the order of the file."""
    for container in task.containers:
        if "portMappings" not in container.value:
            continue
        for index, item in container.objects("portMappings"):
            ports = _ports(container, index, item.get("containerPortRange"))
            protocol = item.get("protocol")
            if ports is None or not (protocol is None or isinstance(protocol, str)):
                continue
            key = "containerPortRange" if "containerPortRange" in item else "containerPort"
            # What is not udp is taken for tcp.
            kind = "udp" if protocol == "udp" else "tcp"
            yield Mapped(*ports, kind, container, ("portMappings", index, key))


def _ports(container: Container, index: int, span: object) -> tuple[int, int] | None:
    if span is None:
        port = container.number("portMappings", index, "containerPort")
        return (port, port) if isinstance(port, int) and 0 < port <= HIGHEST else None
    found = ends(span) if isinstance(span, str) else None
    return found if found is not None and 0 < found[0] < found[1] <= HIGHEST else None


def ends(span: str) -> tuple[int, int] | None:
    """The two numbers of a range of ports, None when it hasn't two."""
    first, _, last = (part.strip() for part in span.partition("-"))
    # More digits than any port has: Python reads no number of unlimited length.
    plain = first.isdecimal() and last.isdecimal() and len(first) < 9 and len(last) < 9
    return (int(first), int(last)) if plain else None


def shares_network(task: Task) -> bool:
    """Whether all containers of a task share one network interface, as far as it says so."""
    return task.get("networkMode") == "awsvpc" or task.fargate is True
