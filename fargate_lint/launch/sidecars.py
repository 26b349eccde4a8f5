"""Who is who in a task: the agent, the log router, the launcher, the applications."""

from __future__ import annotations

from fargate_lint.ecs.image import Image
from fargate_lint.launch.images import RouterImage, kind_of
from fargate_lint.launch.launcher import starts_launcher
from fargate_lint.source.once import once
from fargate_lint.source.unknown import MARKS, Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task

#: The port on which the agent collects syslog, TCP and UDP.
SYSLOG_PORT = 1514
#: The hosts that are the task itself.
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
#: The port on which FireLens' Fluent Bit takes records from the task's containers.
FORWARD_PORT = 24224
#: The port of FireLens' health check.
HEALTH_PORT = 8877


class Sidecars:
    """The parts that containers play. Each is None when nobody plays it.

    `agent` runs the al-agent image, `router` has the firelensConfiguration (or, without one, starts
    the launcher), `launcher` starts the launcher: of several, the one with the first name.
    `applications` are all others. `alert_logic` says whether the task shows that it means to be
    watched by Alert Logic. `certain` is False when an image that can't be known, or a container
    that the file doesn't show, could play a part too.
    """

    __slots__ = (
        "agent",
        "alert_logic",
        "applications",
        "certain",
        "launcher",
        "router",
        "router_image",
    )

    def __init__(self, task: Task) -> None:
        self.router = task.router
        self.agent: Container | None = None
        self.launcher: Container | None = None
        self.certain = task.closed
        for container in task.containers:
            image = container.text("image")
            if image is None or (isinstance(image, Unknown) and "/" not in image.known):
                self.certain = False
            elif kind_of(Image.of(image), task.tables) == "agent":
                self.agent = _first_by_name(self.agent, container)
            if starts_launcher(container):
                self.launcher = _first_by_name(self.launcher, container)
        if self.router is None:
            self.router = self.launcher
        reference = self.router.text("image") if self.router is not None else None
        self.router_image = RouterImage(reference if reference is not None else "", task.tables)
        self.alert_logic = (
            self.agent is not None
            or self.launcher is not None
            or any(sends_to_agent(container) for container in task.containers)
        )
        self.applications = [
            container
            for container in task.containers
            if container is not self.router and container is not self.agent
        ]


@once
def sidecars(task: Task) -> Sidecars:
    """Who is who in a task."""
    return Sidecars(task)


def _first_by_name(one: Container | None, other: Container) -> Container:
    """Of two that play one part the one that plays it wherever they stand in the file."""
    return other if one is None or other.written_name < one.written_name else one


def sends_to_agent(container: Container) -> bool:
    """Whether a container's log options or command have a syslog output to the agent's port."""
    options = {key.lower(): value for key, value in container.options.items()}
    if text_of(options.get("name")).lower() == "syslog" and str(options.get("port")) == "1514":
        return may_be_here(options.get("host"))
    words = [text_of(word).lower().replace(" ", "") for word in container.words("command")]
    hosts = [word.removeprefix("host=") for word in words if word.startswith("host=")]
    return (
        "syslog" in words
        and "port=1514" in words
        and (not hosts or any(may_be_here(host) for host in hosts))
    )


def may_be_here(host: object) -> bool:
    """Whether a host is the task itself; other collectors listen on the agent's port too."""
    return not isinstance(host, str) or host in LOCAL or MARKS.search(host) is not None
