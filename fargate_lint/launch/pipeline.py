"""What Fluent Bit makes of a configuration: sections, what is wrong with them, who reaches whom."""

from __future__ import annotations

from fargate_lint.launch import routing
from fargate_lint.launch.configuration import Configuration, load
from fargate_lint.launch.generator import SOCKET
from fargate_lint.launch.sections import Entry, Section
from fargate_lint.launch.startup import section_kind
from fargate_lint.launch.variables import Variables
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch.configuration import Configuration
    from fargate_lint.launch.parsers import Parser
    from fargate_lint.launch.problem import Problem
    from fargate_lint.launch.rewriting import Line
    from fargate_lint.launch.routing import Route
    from fargate_lint.launch.startup import Circumstances
    from fargate_lint.source.document import Document, Path

    Sender = tuple[Container, str]

# Tags end in the task's id, which nobody can know: any id will do to see what matches.
SOME_TASK_ID = "0123456789abcdef0123456789abcdef"


class Flow:
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

    `path` leads to the router in `lens`; it is empty for a configuration that stands alone.
    `senders` are the containers that log to FireLens, each with the tag that its log driver gives
    its records. `version` is the one whose tables were used, `sure` whether it is the router's own.
    `complete` is False where parts of the configuration are not known: includes that are not given
    (their names are in `unseen`), words that a template writes.
    """

    __slots__ = (
        "_lines", "_routed", "complete", "files", "filters", "inputs", "lens", "outputs",
        "parser_files", "path", "problems", "sections", "senders", "service", "sure", "tables",
        "unseen", "variables", "version",
    )  # fmt: skip

    def __init__(
        self,
        lens: Definition | Document,
        configuration: Configuration,
        circumstances: Circumstances,
        *,
        path: Path = (),
        senders: Sequence[Sender] = (),
        lines: Callable[[], list[Line]] | None = None,
    ) -> None:
        self.lens = lens
        self.path = path
        self.senders = senders
        self.version = circumstances.version
        self.sure = circumstances.sure
        #: Private plugins of Fluent Bit.
        self.tables = circumstances.tables
        self.complete = configuration.complete
        self.unseen = configuration.unseen
        self._lines: Callable[[], list[Line]] | list[Line] | None = lines
        self.problems: list[Problem] = []
        self.sections = configuration.sections
        self.inputs: list[Section] = []
        self.filters: list[Section] = []
        self.outputs: list[Section] = []
        self.service: list[Section] = []
        self.variables = Variables(
            circumstances.environment,
            version=circumstances.version,
            complete=circumstances.environment_complete,
        )
        self.variables.settings = configuration.settings
        self.files = circumstances.files
        #: The files of parsers that the command line names (-R).
        self.parser_files = circumstances.parser_files
        #: What filters and outputs match, with their variables replaced.
        self._routed: tuple[list[routing.Selector], list[routing.Selector]] | None = None
        self._sort()

    def _sort(self) -> None:
        groups = {
            "input": self.inputs,
            "filter": self.filters,
            "output": self.outputs,
            "service": self.service,
        }
        for section in self.sections:
            group = groups.get(section_kind(section.name, self.version))
            if group is not None:
                group.append(section)

    @property
    def lines(self) -> list[Line] | None:
        """The lines of the main file, None when it is not known."""
        if callable(self._lines):
            self._lines = self._lines()
        return self._lines

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
            filters, outputs = self.expanded(self.filters), self.expanded(self.outputs)
            self._routed = (
                [routing.Selector(section, self.version) for section in filters],
                routing.output_selectors(
                    self.inputs, filters, outputs, self.version, self.settings
                ),
            )
        return routing.route(tag, *self._routed)

    def flows(self) -> list[Flow]:
        """For each container that logs to FireLens, where its records go."""
        return [self.flow(container, tag) for container, tag in self.senders]

    def flow(self, container: Container, tag: str) -> Flow:
        """Where records go that a container's log driver sends with this tag."""
        at = self._socket()
        if at is None and self.complete:
            return Flow(container, tag, routing.Route(tag, [], [], [], []))
        if at is not None:
            section = self.expanded([self.inputs[at]])[0]
            tag = routing.incoming_tag(section, tag, self.version) or tag
        return Flow(container, tag, self.route(tag), at)

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

    def other_flows(self) -> list[Flow]:
        """For each input that gives its records a tag of its own, where they go."""
        found = []
        names = routing.instance_names(self.inputs)
        for at, section in enumerate(self.expanded(self.inputs)):
            if routing.name_of(section) == "forward":
                continue
            entry = section.last("tag")
            tag = names[at] if entry is None else entry.value
            if isinstance(tag, str):
                found.append(Flow(None, tag, self.route(tag), at))
        return found
