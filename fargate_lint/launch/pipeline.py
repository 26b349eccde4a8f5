"""What Fluent Bit makes of a configuration: sections, what is wrong with them, who reaches whom."""

from __future__ import annotations

import posixpath

from fargate_lint.launch import routing
from fargate_lint.launch.command_line import combine
from fargate_lint.launch.configuration import Configuration, load, load_lines
from fargate_lint.launch.files import Files
from fargate_lint.launch.generator import SOCKET
from fargate_lint.launch.launcher import IN_CONFIG
from fargate_lint.launch.plain import sections_of
from fargate_lint.launch.reach import review
from fargate_lint.launch.rewriting import lines_of, lines_of_text
from fargate_lint.launch.sections import Entry, Section
from fargate_lint.launch.startup import Circumstances, judge, section_kind
from fargate_lint.launch.variables import Variables
from fargate_lint.source.later import later
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import yaml_format
    from fargate_lint.launch.parsers import Parser
    from fargate_lint.launch.problem import Problem
    from fargate_lint.launch.rewriting import Line
    from fargate_lint.launch.routing import Route
    from fargate_lint.launch.sections import Origin
    from fargate_lint.launch.simulation import Launch
    from fargate_lint.source.document import Document, Path
else:
    yaml_format = later("fargate_lint.launch.yaml_format")

# Tags end in the task's id, which nobody can know: any id will do to see what matches.
SOME_TASK_ID = "0123456789abcdef0123456789abcdef"


class Way:
    """Records and the route that they take: those of a container, or those of an input's own tag.

    `container` is None for the latter, and `listened` False when no input takes what the container
    sends.
    """

    __slots__ = ("container", "input", "listened", "route", "tag")

    def __init__(
        self,
        container: Container | None,
        tag: str,
        route: Route,
        input: int | None = None,  # noqa: A002  (the word for it)
    ) -> None:
        self.container = container
        self.tag = tag
        self.route = route
        #: The input, counted as in the pipeline.
        self.input = input
        self.listened = input is not None


class Pipeline:
    """Fluent Bit with its configuration, as it would start.

    `launch` is None for a file that stands alone. `version` is the one whose tables were used,
    `sure` whether it is the router's own. `complete` says that nothing of the configuration is out
    of sight: includes that are not given, words that a template writes; `unseen` names these
    includes.
    """

    __slots__ = (
        "_lines", "_routed", "complete", "facts", "files", "filters", "inputs", "launch", "lens",
        "outputs", "parser_files", "path", "problems", "sections", "service", "sure",
        "unseen", "variables", "version",
    )  # fmt: skip

    def __init__(self, lens: Definition | Document, version: str, *, sure: bool) -> None:
        self.lens = lens
        self.path: Path = ()
        self.launch: Launch | None = None
        self.version = version
        self.sure = sure
        self.complete = True
        self.unseen: list[tuple[str, Origin]] = []
        self._lines: Callable[[], list[Line]] | list[Line] | None = None
        self.problems: list[Problem] = []
        self.sections: list[Section] = []
        self.inputs: list[Section] = []
        self.filters: list[Section] = []
        self.outputs: list[Section] = []
        self.service: list[Section] = []
        self.variables = Variables(complete=False)
        self.files = Files()
        #: Those of the command line (-R).
        self.parser_files: list[str] = []
        #: What others have worked out about it, by name.
        self.facts: dict[str, Any] = {}
        #: Filters and outputs with their variables replaced.
        self._routed: tuple[list[Section], list[Section]] | None = None

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
    def lines(self) -> list[Line] | None:
        """The lines of the main file, None when it is not known."""
        if callable(self._lines):
            self._lines = self._lines()
        return self._lines

    def read(self, lines: Callable[[], list[Line]] | list[Line]) -> None:
        """Set the lines of the main file, or what makes them when they are asked for."""
        self._lines = lines

    @property
    def text(self) -> str | None:
        """The text of the main file."""
        return None if self.lines is None else "".join(line.text for line in self.lines)

    @property
    def starts(self) -> bool:
        """Whether Fluent Bit starts, as far as that can be told."""
        return not any(problem.fatal for problem in self.problems)

    @property
    def settings(self) -> Section:
        """All SERVICE sections as the one that they are: the last value of a key counts."""
        last: dict[str, Entry] = {}
        for section in self.service:
            last.update((entry.key.lower(), entry) for entry in section.entries)
        return Section("SERVICE", list(last.values()))

    def expanded(self, sections: Iterable[Section]) -> list[Section]:
        """The sections as the plugins get them, with `${VAR}` replaced."""
        found = []
        for section in sections:
            entries = [
                Entry(entry.key, self.variables.expand(entry.value), entry.origin, entry.gap)
                for entry in section.entries
            ]
            found.append(Section(section.name, entries, section.origin))
        return found

    def parsers(self) -> dict[str, Parser] | None:
        """The parsers that its files define; None when some of those files are not known."""
        from fargate_lint.launch.parsers import registry  # noqa: PLC0415  (only to follow a record)

        paths = [
            self.variables.expand(entry.value)
            for section in self.service
            for entry in section.all("parsers_file")
        ]
        found: dict[str, Parser] = {}
        for path in (*self.parser_files, *paths):
            text = self.files.find(path) if isinstance(path, str) else path
            if isinstance(text, Unknown):
                return None
            if text is not None:
                file = load(text, version=self.version, name=text_of(path), files=self.files)
                sections = [one for one in file.sections if one.name.upper() == "PARSER"]
                for name, parser in registry(self.expanded(sections), self.version)[0].items():
                    found.setdefault(name, parser)
        return found

    def route(self, tag: str) -> Route:
        """Where records with this tag go."""
        if self._routed is None:
            self._routed = self.expanded(self.filters), self.expanded(self.outputs)
        filters, outputs = self._routed
        return routing.routes(tag, self.inputs, filters, outputs, self.version, self.settings)

    def ways(self) -> list[Way]:
        """For each container that logs to FireLens, where its records go."""
        if self.launch is None:
            return []
        task_id = self.launch.settings.task_id if self.launch.settings else None
        end = task_id if isinstance(task_id, str) else SOME_TASK_ID
        return [
            self.way(container, f"{container.name}-firelens-{end}")
            for container in self.launch.task.containers
            if container.driver == "awsfirelens" and container.name
        ]

    def way(self, container: Container, tag: str) -> Way:
        """Where records go that a container's log driver sends with this tag."""
        at = self._socket()
        if at is None and self.complete:
            return Way(container, tag, routing.Route(tag, [], [], [], []))
        if at is not None:
            section = self.expanded([self.inputs[at]])[0]
            tag = routing.incoming_tag(section, tag, self.version) or tag
        return Way(container, tag, self.route(tag), at)

    def _socket(self) -> int | None:
        """The input to which log drivers send, None when there is none."""
        for at, section in enumerate(self.inputs):
            path = section.last("unix_path")
            if (
                routing.name_of(section) == "forward"
                and path is not None
                and (isinstance(path.value, Unknown) or path.value == SOCKET)
            ):
                return at
        return None

    def other_ways(self) -> list[Way]:
        """For each input that gives its records a tag of its own, where they go."""
        found = []
        names = routing.instance_names(self.inputs)
        for at, section in enumerate(self.expanded(self.inputs)):
            if routing.name_of(section) == "forward":
                continue
            entry = section.last("tag")
            tag = names[at] if entry is None else entry.value
            if isinstance(tag, str):
                found.append(Way(None, tag, self.route(tag), at))
        return found


def of_launch(launch: Launch) -> Pipeline:
    """The pipeline of a launch."""
    version = launch.table
    pipeline = Pipeline(launch.lens, version, sure=bool(launch.version))
    pipeline.launch = launch
    pipeline.path = launch.router.path if launch.router is not None else launch.path
    line = launch.line
    if not launch.argv or line.unknown is not None:
        pipeline.complete = False
    main = IN_CONFIG if line.config is None and not pipeline.complete else ""
    if line.config is not None:
        main = posixpath.normpath(text_of(line.config[1]))
    pipeline.files = _files(launch, posixpath.dirname(main))
    configuration = _configuration(launch, pipeline, main)
    pipeline.parser_files = [text_of(path) for kind, _, path in line.loads if kind == "parsers"]
    image = launch.sidecars.router_image
    circumstances = Circumstances(
        version,
        sure=pipeline.sure,
        aws=image.kind == "aws",
        go=launch.go_plugins,
        environment=launch.environment,
        environment_complete=image.kind in {"aws", "upstream"} and _environment_known(launch),
        files=pipeline.files,
        parser_files=pipeline.parser_files,
        complete=pipeline.complete,
    )
    pipeline.variables = Variables(
        circumstances.environment, version=version, complete=circumstances.environment_complete
    )
    pipeline.variables.settings = configuration.settings
    configuration.sections = combine(line, configuration.sections)
    pipeline.take(configuration.sections)
    pipeline.complete = pipeline.complete and configuration.complete
    pipeline.unseen = configuration.unseen
    pipeline.problems = [*line.problems, *judge(configuration, circumstances)]
    pipeline.problems += review(pipeline, SOME_TASK_ID)
    return pipeline


def _environment_known(launch: Launch) -> bool:
    router = launch.router
    return (
        router is not None
        and not router.get("environmentFiles")
        and isinstance(router.get("environment"), (list, type(None)))
        and isinstance(router.get("secrets"), (list, type(None)))
    )


def _files(launch: Launch, folder: str) -> Files:
    """The router's files, as far as they are known."""
    texts = {path: text for path, (_, text) in launch.includes.items() if not path.endswith("/")}
    made = launch.generated
    # Nothing but an include or a word of the command can lead to it once more.
    if made is not None and (
        launch.includes
        or made.include is not None
        or any(kind == "parsers" for kind, _, _ in launch.line.loads)
    ):
        texts[IN_CONFIG] = made.text or ""
    whole = tuple(path for path in launch.includes if path.endswith("/"))
    return Files(texts, folder=folder or posixpath.dirname(IN_CONFIG), whole=whole)


def _configuration(launch: Launch, pipeline: Pipeline, main: str) -> Configuration:
    """The file that Fluent Bit reads, with its includes; an empty one where it isn't known."""
    made, rewritten, arguments = launch.generated, launch.rewritten, launch.arguments
    name, version, files = posixpath.basename(main), pipeline.version, pipeline.files
    if not main:
        # Without `-c` no file is read.
        pipeline.read([])
        return Configuration()
    sections: list[Section] | None = None
    if arguments is not None and main == posixpath.normpath(text_of(arguments.out_config.value)):
        if rewritten is not None and rewritten.error is None:
            pipeline.read(lambda: rewritten.lines)
            sections = rewritten.sections
    elif main == IN_CONFIG and made is not None and made.error is None:
        pipeline.read(lambda: lines_of(made.items))
        sections = sections_of(made.items)
    elif main in launch.includes:
        text = launch.includes[main][1]
        pipeline.read(lines_of_text(text, main))
        if yaml_format.is_yaml(main):
            return yaml_format.load(text, version=version, name=main)
        return load(text, version=version, name=main, files=files)
    configuration = Configuration()
    if sections is not None:
        configuration.sections = sections
    elif pipeline.lines is not None:
        return load_lines(pipeline.lines, version=version, name=name, files=files)
    else:
        pipeline.complete = False
    return configuration
