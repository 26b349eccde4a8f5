"""FireLens: what ECS makes of a task's log options before anything runs.

Proven for the ECS agent on EC2 (1.105), whose source is public. Fargate's is not: there the
network mode, the drivers and the refusals are documented, the rest is taken to be the same.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
"""

from __future__ import annotations

from fargate_lint.launch import generator
from fargate_lint.launch.generator import Plan, Refusal, Source
from fargate_lint.launch.sections import Include, Origin, render
from fargate_lint.launch.wiring import (
    BUFFER_LIMIT,
    CONFIGURATION,
    DRIVER,
    EXTERNAL,
    Wiring,
    name_of,
    network_mode,
    option_text,
    secret_options,
    wire,
)
from fargate_lint.source.later import later
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.launch import fluentd
    from fargate_lint.launch.sections import Item
else:
    fluentd = later("fargate_lint.launch.fluentd")

TRUE = frozenset({"1", "t", "T", "TRUE", "true", "True"})
S3_OBJECT = lazily(r"arn:([^:]+):s3:::([^/]+)/(.+)")


class Settings:
    """What the file does not say; what is not given becomes a placeholder.

    `task_definition` is `family:revision`. `mem_buf_limit` is False for agents before 1.89, which
    write no Mem_Buf_Limit. `ec2_instance_id` counts only where ECS knows it.
    """

    __slots__ = ("cluster", "ec2_instance_id", "mem_buf_limit", "task_arn", "task_definition")

    def __init__(
        self,
        *,
        cluster: str | None = None,
        task_arn: str | None = None,
        task_definition: str | None = None,
        mem_buf_limit: bool = True,
        ec2_instance_id: str = "",
    ) -> None:
        self.cluster = cluster
        self.task_arn = task_arn
        self.task_definition = task_definition
        self.mem_buf_limit = mem_buf_limit
        self.ec2_instance_id = ec2_instance_id

    @property
    def task_id(self) -> str | Unknown:
        """The last part of the task's ARN."""
        if self.task_arn is None:
            return Unknown("<task-id>")
        return self.task_arn.rpartition("/")[2]


class Generated:
    """What FireLens makes of a task.

    `kind` is `fluentbit` or `fluentd` (which has no `items`). `error` is FireLens' own word on why
    there is no text, `stopped_reason` what ECS says about a task that can't start, `error_origin`
    the place that both are about. `unknown` lists the places that would decide more than the file
    tells. `wiring` holds what each container gets, by its index in the task definition.
    """

    __slots__ = (
        "_make_wiring", "_text", "_wiring", "error", "error_origin", "items", "kind",
        "stopped_reason", "unknown",
    )  # fmt: skip

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.items: list[Item] = []
        self.error: str | None = None
        self.error_origin: Origin | None = None
        self.stopped_reason: str | None = None
        self.unknown: list[Origin] = []
        self._text: str | None = None
        self._wiring: dict[int, Wiring] | None = None
        self._make_wiring: Callable[[], dict[int, Wiring]] = dict

    @property
    def text(self) -> str | None:
        """The configuration that is written, None when there is an `error`."""
        if self._text is None and self.error is None:
            self._text = render(self.items)
        return self._text

    @property
    def wiring(self) -> dict[int, Wiring]:
        """What each container gets, by its index; empty when there is an `error`."""
        if self._wiring is None:
            self._wiring = self._make_wiring()
        return self._wiring

    def write(self, text: str) -> None:
        """Set a text that is not made of items."""
        self._text = text

    def wire_by(self, make: Callable[[], dict[int, Wiring]]) -> None:
        """Set how `wiring` is worked out, should anybody ask for it."""
        self._make_wiring = make

    @property
    def include(self) -> Include | None:
        """The external configuration that the text includes."""
        return next((item for item in self.items if isinstance(item, Include)), None)


def generate(task: Task, router: Container, settings: Settings | None = None) -> Generated:
    """The configuration that FireLens writes for a task and its router. Never raises."""
    return _Generation(task, router, settings or Settings()).run()


class _Generation:
    """One task on its way through FireLens."""

    __slots__ = ("generated", "network_mode", "router", "settings", "task")

    def __init__(self, task: Task, router: Container, settings: Settings) -> None:
        self.task = task
        self.router = router
        self.settings = settings
        kind = router.text("firelensConfiguration", "type")
        self.generated = Generated("fluentbit" if isinstance(kind, Unknown) else kind or "")
        self.network_mode = network_mode(task)

    def run(self) -> Generated:
        made = self.generated
        prefix = ""
        try:
            self._check_kind()
            prefix = f"resource cannot be initialized for task {text_of(self._task_arn())}: "
            plan = self._plan()
            prefix = "unable to generate firelens config file: unable to generate firelens config: "
            if made.kind == "fluentd":
                made.write(fluentd.generate(plan))
            else:
                made.items = generator.generate(plan)
        except Refusal as refusal:
            made.error = refusal.text
            made.error_origin = refusal.origin
            made.stopped_reason = prefix + refusal.text
        else:
            self._download()
            task, kind, task_id = self.task, made.kind, self.settings.task_id
            external = self._option("config-file-type") == "s3"
            made.wire_by(lambda: wire(task, kind, task_id, external=external))
        return made

    def _check_kind(self) -> None:
        kind = self.generated.kind
        if kind not in CONFIGURATION:
            raise Refusal(
                f"invalid firelens configuration type: {kind}",
                self._origin(self.router, "firelensConfiguration", "type"),
            )

    def _plan(self) -> Plan:
        plan = Plan(self.network_mode, self._origin(self.router, "firelensConfiguration"))
        if self.settings.mem_buf_limit:
            plan.limit = self._memory()
        plan.include = self._include()
        if self._wants_metadata():
            plan.metadata = self._metadata()
        plan.sources = self._sources()
        return plan

    def _memory(self) -> tuple[int | Unknown, Origin]:
        for key in ("memoryReservation", "memory"):
            value = self.router.number(key)
            if isinstance(value, Unknown) or (value is not None and value > 0):
                return value, self._origin(self.router, key)
        return 0, self._origin(self.router, "firelensConfiguration")

    def _option(self, key: str) -> str | Unknown | None:
        return option_text(self.router.get("firelensConfiguration", "options", key))

    def _wants_metadata(self) -> bool:
        value = self._option("enable-ecs-log-metadata")
        if isinstance(value, Unknown):
            self._doubt(self.router, "firelensConfiguration", "options", "enable-ecs-log-metadata")
            return True
        return value is None or value in TRUE

    def _metadata(self) -> list[tuple[str, str | Unknown]]:
        settings = self.settings
        fields: list[tuple[str, str | Unknown]] = [
            ("ecs_cluster", Unknown("<cluster>") if settings.cluster is None else settings.cluster),
            ("ecs_task_arn", self._task_arn()),
            ("ecs_task_definition", self._task_definition()),
        ]
        platform = self.router.environment.get("AWS_EXECUTION_ENV")
        if settings.ec2_instance_id and platform is not None and platform[0] == "AWS_ECS_EC2":
            fields.insert(0, ("ec2_instance_id", settings.ec2_instance_id))
        return fields

    def _task_arn(self) -> str | Unknown:
        arn = self.settings.task_arn
        return Unknown("<task-arn>") if arn is None else arn

    def _task_definition(self) -> str | Unknown:
        if self.settings.task_definition is not None:
            return self.settings.task_definition
        family = text_of(self.task.get("family")) or "<family>"
        revision = self.task.number("revision")
        if isinstance(revision, int) and self.task.family:
            return f"{family}:{revision}"
        return Unknown(f"{family}:<revision>")

    def _include(self) -> tuple[str | Unknown, Origin] | None:
        kind = self._option("config-file-type")
        if kind is None:
            return None
        path = ("firelensConfiguration", "options", "config-file-type")
        prefix = "unable to initialize firelens resource: error parsing firelens options: "
        if isinstance(kind, Unknown):
            self._doubt(self.router, *path)
        elif kind not in {"file", "s3"}:
            raise Refusal(
                f"{prefix}invalid value {kind} is specified for option config-file-type",
                self._origin(self.router, *path),
            )
        value = self._option("config-file-value")
        if value is None:
            raise Refusal(
                f"{prefix}option config-file-type is specified but config-file-value is not "
                "specified",
                self._origin(self.router, *path),
            )
        origin = self._origin(self.router, "firelensConfiguration", "options", "config-file-value")
        return EXTERNAL[self.generated.kind] if kind == "s3" else value, origin

    def _download(self) -> None:
        """Look at the external configuration, which is fetched after the other is written."""
        arn = self._option("config-file-value")
        if self._option("config-file-type") != "s3" or not isinstance(arn, str):
            return
        if not S3_OBJECT.search(arn):
            path = ("firelensConfiguration", "options", "config-file-value")
            self.generated.error_origin = self._origin(self.router, *path)
            self.generated.stopped_reason = (
                "unable to download firelens s3 config file: unable to parse bucket and key from "
                f"s3 arn: invalid s3 arn: {arn}"
            )

    def _sources(self) -> list[Source]:
        """The containers with log options, in their order; last those with nothing but secrets.

        Secret options are taken from every container, whatever its log driver is.
        """
        sources: dict[int, Source] = {}
        for container in self.task.containers:
            if isinstance(container.driver, Unknown):
                self._doubt(container, "logConfiguration", "logDriver")
            elif container.driver == DRIVER:
                sources[container.index] = self._source(container)
        for container in self.task.containers:
            self._add_secrets(container, sources)
        return list(sources.values())

    def _source(self, container: Container) -> Source:
        source = Source(name_of(container), self._origin(container, "logConfiguration"))
        if isinstance(container.get("logConfiguration", "options"), Unknown):
            self._doubt(container, "logConfiguration", "options")
        for key, item in container.options.items():
            value = option_text(item)
            if value is not None and key != BUFFER_LIMIT:
                origin = self._origin(container, "logConfiguration", "options", key)
                source.options[key] = (value, origin)
        return source

    def _add_secrets(self, container: Container, sources: dict[int, Source]) -> None:
        if isinstance(container.get("logConfiguration", "secretOptions"), Unknown):
            self._doubt(container, "logConfiguration", "secretOptions")
        for index, name, variable in secret_options(container):
            if container.index not in sources:
                origin = self._origin(container, "logConfiguration", "secretOptions")
                sources[container.index] = Source(name_of(container), origin)
            reference = (
                f"\"#{{ENV['{variable}']}}\""
                if self.generated.kind == "fluentd"
                else f"${{{variable}}}"
            )
            origin = self._origin(container, "logConfiguration", "secretOptions", index)
            sources[container.index].options[name] = (reference, origin)

    def _origin(self, container: Container, *keys: str | int) -> Origin:
        return Origin(self.task.lens.document.name, (*container.path, *keys))

    def _doubt(self, container: Container, *keys: str | int) -> None:
        self.generated.unknown.append(self._origin(container, *keys))
