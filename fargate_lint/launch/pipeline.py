"""What Fluent Bit makes of a configuration: sections, what is wrong with them, who reaches whom."""

from __future__ import annotations

from fargate_lint.launch import routing
from fargate_lint.launch.command_line import combine
from fargate_lint.launch.configuration import Configuration, load, load_items
from fargate_lint.launch.files import Files
from fargate_lint.launch.launcher import IN_CONFIG
from fargate_lint.launch.startup import Circumstances, judge, section_kind
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch.problem import Problem
    from fargate_lint.launch.routing import Route
    from fargate_lint.launch.sections import Section
    from fargate_lint.launch.simulation import Launch
    from fargate_lint.source.document import Document, Path

# Tags end in the task's id, which nobody can know: any id will do to see what matches.
SOME_TASK_ID = "0123456789abcdef0123456789abcdef"


class Way:
    """The records of one container: their tag, and the route that it takes."""

    __slots__ = ("container", "route", "tag")

    def __init__(self, container: Container, tag: str, route: Route) -> None:
        self.container = container
        self.tag = tag
        self.route = route


class Pipeline:
    """Fluent Bit with its configuration, as it would start.

    `launch` is None for a file that stands alone. `version` is the one whose tables were used,
    `sure` whether it is the router's own. `complete` says that nothing of the configuration is out
    of sight: includes that are not given, words that a template writes.
    """

    __slots__ = (
        "complete", "document", "filters", "inputs", "launch", "outputs", "path", "problems",
        "sections", "service", "sure", "text", "version",
    )  # fmt: skip

    def __init__(self, document: Document, version: str, *, sure: bool) -> None:
        self.document = document
        self.path: Path = ()
        self.launch: Launch | None = None
        self.version = version
        self.sure = sure
        self.complete = True
        self.text: str | None = None
        self.problems: list[Problem] = []
        self.sections: list[Section] = []
        self.inputs: list[Section] = []
        self.filters: list[Section] = []
        self.outputs: list[Section] = []
        self.service: list[Section] = []

    def take(self, sections: list[Section]) -> None:
        """Sort the sections by what they are."""
        self.sections = sections
        groups = {
            "input": self.inputs,
            "filter": self.filters,
            "output": self.outputs,
            "service": self.service,
        }
        for section in sections:
            group = groups.get(section_kind(section.name, self.version))
            if group is not None:
                group.append(section)

    @property
    def starts(self) -> bool:
        """Whether Fluent Bit starts, as far as that can be told."""
        return not any(problem.fatal for problem in self.problems)

    def route(self, tag: str) -> Route:
        """Where records with this tag go."""
        service = self.service[-1] if self.service else None
        return routing.routes(tag, self.inputs, self.filters, self.outputs, self.version, service)

    def ways(self) -> list[Way]:
        """For each container that logs to FireLens, where its records go."""
        if self.launch is None:
            return []
        task_id = self.launch.settings.task_id if self.launch.settings else None
        found = []
        for container in self.launch.task.containers:
            if container.driver == "awsfirelens" and container.name:
                end = task_id if isinstance(task_id, str) else SOME_TASK_ID
                tag = f"{container.name}-firelens-{end}"
                incoming = (
                    routing.incoming_tag(self.inputs[0], tag, self.version) if self.inputs else tag
                )
                found.append(Way(container, incoming or tag, self.route(incoming or tag)))
        return found


def of_launch(launch: Launch) -> Pipeline:
    """The pipeline of a launch."""
    version = launch.table
    pipeline = Pipeline(launch.document, version, sure=bool(launch.version))
    pipeline.launch = launch
    pipeline.path = launch.router.path if launch.router is not None else launch.path
    files = Files({path: text for path, (_, text) in launch.includes.items()})
    configuration = _configuration(launch, pipeline, files)
    line = launch.line
    if not launch.argv or line.unknown is not None:
        pipeline.complete = False
    image = launch.sidecars.router_image
    circumstances = Circumstances(
        version,
        sure=pipeline.sure,
        aws=image.kind == "aws",
        go=launch.go_plugins,
        environment=launch.environment,
        environment_complete=image.kind in {"aws", "upstream"} and _environment_known(launch),
        files=files,
        parser_files=[text_of(path) for kind, _, path in line.loads if kind == "parsers"],
        complete=pipeline.complete,
    )
    configuration.sections = combine(line, configuration.sections)
    pipeline.take(configuration.sections)
    pipeline.complete = pipeline.complete and configuration.complete
    pipeline.problems = [*line.problems, *judge(configuration, circumstances)]
    return pipeline


def _environment_known(launch: Launch) -> bool:
    router = launch.router
    return (
        router is not None
        and not router.get("environmentFiles")
        and isinstance(router.get("environment"), (list, type(None)))
        and isinstance(router.get("secrets"), (list, type(None)))
    )


def _configuration(launch: Launch, pipeline: Pipeline, files: Files) -> Configuration:
    """The file that Fluent Bit reads, with its includes; an empty one where it isn't known."""
    config = launch.line.config
    path = text_of(config[1]) if config is not None else IN_CONFIG
    made, rewritten = launch.generated, launch.rewritten
    arguments = launch.arguments
    if arguments is not None and path == text_of(arguments.out_config.value):
        if rewritten is not None and rewritten.error is None:
            pipeline.text = rewritten.text
            return load_items(rewritten.items, version=pipeline.version, files=files)
    elif path == IN_CONFIG and made is not None and made.text is not None:
        pipeline.text = made.text
        return load_items(made.items, version=pipeline.version, files=files)
    elif path in launch.includes:
        name, text = launch.includes[path]
        pipeline.text = text
        return load(text, version=pipeline.version, name=name, files=files)
    pipeline.complete = False
    return Configuration()
