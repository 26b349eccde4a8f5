"""What ECS puts around the containers of a task with FireLens: drivers, mounts, variables, order.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
https://github.com/aws/amazon-ecs-agent/blob/master/agent/api/task/task.go
"""

from __future__ import annotations

from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.source.document import Path

DRIVER = "awsfirelens"
BUFFER_LIMIT = "log-driver-buffer-limit"
CONFIGURATION = {
    "fluentbit": "/fluent-bit/etc/fluent-bit.conf",
    "fluentd": "/fluentd/etc/fluent.conf",
}
EXTERNAL = {
    "fluentbit": "/fluent-bit/etc/external.conf",
    "fluentd": "/fluentd/etc/external.conf",
}
STATE = "/var/lib/ecs/data/firelens"


class Wiring:
    """What ECS adds to one container for FireLens.

    `driver_options` is what its log driver (`fluentd` in truth) gets, `depends_on` are pairs of
    container and condition, `secrets` the variables with values of secretOptions, each with the
    path of its entry.
    """

    __slots__ = ("binds", "depends_on", "driver_options", "environment", "secrets")

    def __init__(self) -> None:
        self.driver_options: dict[str, str | Unknown] = {}
        self.environment: dict[str, str | Unknown] = {}
        self.depends_on: list[tuple[str, str]] = []
        self.binds: list[str] = []
        self.secrets: dict[str, Path] = {}


def wire(task: Task, kind: str, task_id: str | Unknown, *, external: bool) -> dict[int, Wiring]:
    """What ECS adds to each container of a task, by the container's index.

    `kind` is `fluentbit` or `fluentd`; `external` says that the router gets a file from S3.
    """
    wiring = {container.index: Wiring() for container in task.containers}
    for container in task.containers:
        found = wiring[container.index]
        if container.driver == DRIVER:
            found.driver_options = _driver_options(container, task_id)
            found.environment = _environment(network_mode(task))
        if isinstance(container.value.get("firelensConfiguration"), dict):
            found.binds = _binds(kind, text_of(task_id), external=external)
            found.secrets = _secrets(task)
            if kind == "fluentd":
                found.environment["FLUENT_UID"] = "0"
    for name, condition, container in start_order(task):
        wiring[container.index].depends_on.append((name, condition))
    return wiring


def _driver_options(container: Container, task_id: str | Unknown) -> dict[str, str | Unknown]:
    options = {
        "tag": _fill(name_of(container), "-firelens-", task_id),
        "fluentd-address": _fill(f"unix://{STATE}/", task_id, "/socket/fluent.sock"),
        "fluentd-sub-second-precision": "true",
        "fluentd-async": "true",
    }
    limit = option_text(container.options.get(BUFFER_LIMIT))
    if limit is not None:
        options["fluentd-buffer-limit"] = limit
    return options


def _environment(mode: str) -> dict[str, str | Unknown]:
    if mode == "awsvpc":
        return {"FLUENT_HOST": "127.0.0.1", "FLUENT_PORT": "24224"}
    if mode == "bridge":
        return {"FLUENT_HOST": Unknown("<address-of-the-router>"), "FLUENT_PORT": "24224"}
    return {}


def _binds(kind: str, task_id: str, *, external: bool) -> list[str]:
    state = f"{STATE}/{task_id}"
    binds = [
        f"{state}/config/fluent.conf:{CONFIGURATION[kind]}",
        f"{state}/socket/:/var/run/",
    ]
    if external:
        binds.append(f"{state}/config/external.conf:{EXTERNAL[kind]}")
    return binds


def _secrets(task: Task) -> dict[str, Path]:
    return {
        variable: (*container.path, "logConfiguration", "secretOptions", index)
        for container in task.containers
        for index, _, variable in secret_options(container)
    }


def network_mode(task: Task) -> str:
    """The task's network mode. Fargate has only `awsvpc`, so that is what a gap stands for."""
    mode = task.text("networkMode")
    if isinstance(mode, str):
        return mode or "bridge"
    platforms = task.list("requiresCompatibilities")
    if mode is None and platforms and not any(_may_be_fargate(name) for name in platforms):
        return "bridge"
    return "awsvpc"


def _may_be_fargate(platform: object) -> bool:
    return not isinstance(platform, str) or platform.upper() == "FARGATE"


def start_order(task: Task) -> list[tuple[str, str, Container]]:
    """The dependencies that ECS adds: the name to wait for, the condition, and who waits.

    Containers that log through FireLens wait for the router's start, unless they wait for it
    already. When the router itself depends on any container, nothing is added for anyone.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
    """
    routers = [
        container
        for container in task.containers
        if isinstance(container.value.get("firelensConfiguration"), dict)
    ]
    if not routers or not routers[-1].name or waits(routers[-1]):
        return []
    router = routers[-1]
    return [
        (router.name, "START", container)
        for container in task.containers
        if container.driver == DRIVER
        and container is not router
        and not waits(container, router.name)
    ]


def waits(container: Container, other: str | None = None) -> bool:
    """Whether a container depends on another, through any of the ways to say so."""
    for key in ("dependsOn", "volumesFrom", "links"):
        if isinstance(container.get(key), Unknown):
            return True
    names = [
        *(item.get("containerName") for _, item in container.objects("dependsOn")),
        *(item.get("sourceContainer") for _, item in container.objects("volumesFrom")),
        *(text_of(link).partition(":")[0] for link in container.list("links")),
    ]
    return bool(names) if other is None else other in names


def secret_options(container: Container) -> list[tuple[int, str, str]]:
    """A container's secretOptions: index and name of each, and the router's variable for it."""
    return [
        (index, item["name"], f"{item['name']}_{container.index}")
        for index, item in container.objects("logConfiguration", "secretOptions")
        if isinstance(item.get("name"), str)
    ]


def name_of(container: Container) -> str | Unknown:
    """A container's name; ECS would refuse one without."""
    name = container.text("name")
    return "" if name is None else name


def option_text(value: object) -> str | Unknown | None:
    """An option as ECS would pass it on; None when it is null."""
    if value is None or isinstance(value, (str, Unknown)):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (int, float)) else Unknown()


def _fill(*parts: str | Unknown) -> str | Unknown:
    text = "".join(text_of(part) for part in parts)
    return text if all(isinstance(part, str) for part in parts) else Unknown(text)
