"""What the rules about the agent's presence share."""

from __future__ import annotations

from fargate_lint.data.images import AGENT
from fargate_lint.ecs.image import DOCKER_HUB, Image
from fargate_lint.launch.sidecars import sends_to_agent, sidecars
from fargate_lint_rules.firelens._order import certain, volume_sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.task import Container, Node, Task
    from fargate_lint.lint.context import Context
    from fargate_lint.source.document import Path

AGENT_IMAGE = AGENT + ":latest"
#: Where images are published under the names that we know; elsewhere people name their copies.
PUBLIC = frozenset({DOCKER_HUB, "public.ecr.aws", "ghcr.io", "quay.io"})
SOCKETS = ("docker.sock", "containerd.sock", "crio.sock")


def watched(task: Task, context: Context) -> bool:
    """Whether Alert Logic is to watch a task: it shows so itself, or the configuration says so."""
    return sidecars(task).alert_logic or context.require_agent


def means_fargate(task: Task) -> bool:
    """Whether a task is for Fargate: it says so, or says nothing and is built like one."""
    if task.fargate is not None:
        return task.fargate
    return task.get("networkMode") == "awsvpc" or sidecars(task).launcher is not None


def without_agent(task: Task) -> Container | None:
    """The container that relies on the agent, in a task that has none; None when all is well.

    A container that lends the launcher its volumes may run a copy of the agent's image under
    another name, unless its image is a public one.
    """
    who = sidecars(task)
    if who.agent is not None or not who.certain or not who.alert_logic:
        return None
    user = who.launcher
    if user is None:
        return next((each for each in task.containers if sends_to_agent(each)), None)
    if not certain(user, "volumesFrom"):
        return None
    for _, name in volume_sources(user):
        source = task.container(name)
        if source is not None:
            image = source.text("image")
            if image is None or Image.of(image).registry not in PUBLIC:
                return None
    return user


def host_volumes(task: Task) -> Iterator[tuple[int, str, str]]:
    """Index, name and path of each volume that is a folder or file of the host."""
    for index, volume in task.objects("volumes"):
        host, name = volume.get("host"), volume.get("name")
        path = host.get("sourcePath") if isinstance(host, dict) else None
        if isinstance(path, str) and isinstance(name, str):
            yield index, name, path


def is_socket(path: object) -> bool:
    """Whether a path is the socket of a container runtime."""
    return isinstance(path, str) and path.rstrip("/").endswith(SOCKETS)


def recipe(task: Task, agent: Container) -> list[tuple[Node, Path, str, bool]]:
    """The parts of the EC2 recipe that an agent has: places, a few words, whether it is a socket.

    https://github.com/alertlogic/al-agent-container/tree/master/ecs
    """
    found: list[tuple[Node, Path, str, bool]] = []
    if agent.flag("privileged") is True:
        found.append((agent, ("privileged",), "`privileged`", False))
    volumes = {name: (index, path) for index, name, path in host_volumes(task)}
    for index, mount in agent.objects("mountPoints"):
        name = mount.get("sourceVolume")
        if isinstance(name, str) and name in volumes:
            number, path = volumes[name]
            socket = is_socket(path)
            found.append((agent, ("mountPoints", index), f"mounts the host's `{path}`", socket))
            found.append((task, ("volumes", number), f"`{path}` of the host", socket))
    if task.get("networkMode") == "host":
        found.append((task, ("networkMode",), "`host` network", False))
    return found
