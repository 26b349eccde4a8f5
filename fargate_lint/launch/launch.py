"""The whole launch: FireLens, the launcher, Fluent Bit's command line, its configuration, routes.

Each stage is worked out when it is first asked for, and once.
"""

from __future__ import annotations

import posixpath

from fargate_lint.data.images import NEWEST_TABLE
from fargate_lint.launch.arguments import IN_CONFIG, RUN_PATH
from fargate_lint.launch.environment import environment, is_whole
from fargate_lint.launch.images import table_of
from fargate_lint.launch.launcher import RECOMMENDED, arguments_of, starts_launcher
from fargate_lint.launch.sections import Entry, Origin, Section
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.launch.start_words import words_of
from fargate_lint.source.once import once
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.launch.command_line import CommandLine
    from fargate_lint.launch.files import Files
    from fargate_lint.launch.firelens import Generated, Settings
    from fargate_lint.launch.pipeline import Pipeline
    from fargate_lint.launch.rewriting import Written
    from fargate_lint.launch.sections import Item
    from fargate_lint.source.document import Document, Path

    Word = tuple[str | Unknown, Origin]

# Options that FireLens keeps for itself: they don't reach the output plug-in.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
FIRELENS_OPTIONS = frozenset({"include-pattern", "exclude-pattern", "log-driver-buffer-limit"})
VARIABLE = lazily(r"\$\{([^}]*)\}")


class Spot:
    """A place in a definition or a document, in the form in which rules report nodes."""

    __slots__ = ("lens", "path")

    def __init__(self, lens: Definition | Document, path: Path) -> None:
        self.lens = lens
        self.path = path


class Output:
    """A destination: an [OUTPUT] section and who asked for it.

    `container` is the application whose log options made it, or the router when its command did;
    `from_options` tells which. Entries carry the path of the option or word that made them.
    """

    __slots__ = ("container", "from_options", "plugin", "section")

    def __init__(self, container: Container, section: Section, *, from_options: bool) -> None:
        self.container = container
        self.section = section
        self.from_options = from_options
        name = section.first("Name")
        #: The plug-in's name in lower case, "" when there is none or it can't be known.
        self.plugin = name.value.lower() if name is not None and isinstance(name.value, str) else ""


class Launch:
    """What happens when a task starts, as far as its file tells.

    `router` is None when the file shows none. `version` is the version of Fluent Bit whose tables
    describe the router, "" when that can't be told; `arguments` are the launcher's, None when the
    router doesn't start it. `includes` maps paths in the router to (name, text) of files that are
    known, a path that ends in `/` to (name, "") of a folder that holds no others; `settings` holds
    what only the running task would tell.
    """

    __slots__ = (
        "_argv", "_environment", "_generated", "_line", "_outputs", "_pipeline", "_rewritten",
        "arguments", "fluentd", "includes", "lens", "path", "router", "settings", "sidecars",
        "task", "version",
    )  # fmt: skip

    def __init__(
        self,
        task: Task,
        *,
        fluent_bit: str | None = None,
        includes: Mapping[str, tuple[str, str]] | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.task = task
        self.lens = task.lens
        self.path = task.path
        self.sidecars = sidecars(task)
        self.router = self.sidecars.router
        self.includes = {
            posixpath.normpath(path).rstrip("/") + "/" * path.endswith("/"): file
            for path, file in (includes or {}).items()
        }
        self.settings = settings
        self.version = table_of(fluent_bit) if fluent_bit else self.sidecars.router_image.table
        self.fluentd = (
            self.router is not None
            and text_of(self.router.get("firelensConfiguration", "type")) == "fluentd"
        )
        self.arguments = arguments_of(self.router) if self.router is not None else None
        self._argv: list[Word] | None = None
        self._environment: dict[str, str | Unknown] | None = None
        self._outputs: list[Output] | None = None
        self._generated: Generated | None = None
        self._rewritten: Written | None = None
        self._line: tuple[CommandLine, list[Origin]] | None = None
        self._pipeline: Pipeline | None = None

    @property
    def as_recommended(self) -> bool:
        """Whether the launcher gets the vendor's own words, plug-ins to load aside.

        Also when there is no launcher, but never when applications send syslog by themselves.
        https://github.com/alertlogic/al-agent-container/tree/master/fargate
        """
        if any(output.from_options and output.plugin == "syslog" for output in self.outputs):
            return False
        if self.arguments is None:
            return True
        words = list(self.arguments.words)
        dashes = self.arguments.dashes or 0
        while "-e" in words[dashes:]:
            at = words.index("-e", dashes)
            del words[at : at + 2]
        return words == RECOMMENDED

    @property
    def table(self) -> str:
        """The version whose tables are used: the newest where the router's isn't known."""
        return self.version or NEWEST_TABLE

    @property
    def generated(self) -> Generated | None:
        """What FireLens writes; None without a router that has a firelensConfiguration."""
        router = self.task.router
        if self._generated is None and router is not None:
            from fargate_lint.launch.firelens import generate  # noqa: PLC0415  (only with a router)

            self._generated = generate(self.task, router, self.settings)
            self._resolve_variables(self._generated.items)
        return self._generated

    def _resolve_variables(self, items: list[Item]) -> None:
        """Take `${X}` for Fluent Bit's own reference where the router has a variable X.

        In a file such a text may as well be a template's, which is why it is unknown until then.
        """
        names = self.environment.keys()
        for item in items:
            for entry in item.entries if isinstance(item, Section) else ():
                if isinstance(entry.value, Unknown):
                    used = VARIABLE.findall(entry.value.text)
                    rest = VARIABLE.sub("", entry.value.text)
                    if used and names >= set(used) and "{" not in rest and "<" not in rest:
                        entry.value = entry.value.text

    @property
    def environment(self) -> dict[str, str | Unknown]:
        """The variables that Fluent Bit can see, values of secrets being unknown."""
        if self._environment is None:
            router, containers = self.router, self.task.containers
            self._environment = environment(router, containers) if router is not None else {}
        return self._environment

    @property
    def rewritten(self) -> Written | None:
        """What the launcher makes of the configuration; None when it isn't started or can't be."""
        arguments, router, made = self.arguments, self.router, self.generated
        if arguments is None or router is None or self._rewritten is not None:
            return self._rewritten
        from fargate_lint.launch.rewriting import rewrite  # noqa: PLC0415  (only for launchers)

        source = arguments.in_config.value
        if source == IN_CONFIG and made is not None:
            if made.error is not None:
                return None
            self._rewritten = rewrite(made.items, arguments, router)
        else:
            given = self.includes.get(posixpath.normpath(text_of(source)))
            if given is not None:
                self._rewritten = rewrite(given[1], arguments, router)
            elif text_of(source).lower().endswith((".yaml", ".yml")):
                self._rewritten = rewrite("", arguments, router)
        return self._rewritten

    @property
    def argv(self) -> list[Word]:
        """The words with which Fluent Bit is started, each with what made it; [] when unknown."""
        if self._argv is None:
            router = self.router
            self._argv = (
                []
                if router is None
                else words_of(router, self.sidecars.router_image, self.arguments)
            )
        return self._argv

    def _read_line(self) -> tuple[CommandLine, list[Origin]]:
        """The command line as Fluent Bit reads it, with the origins of its words."""
        if self._line is None:
            from fargate_lint.launch.command_line import read as read_line  # noqa: PLC0415

            words = self.argv
            origins = [origin for _, origin in words[1:]]
            program = text_of(words[0][0]) if words else RUN_PATH
            line = read_line([word for word, _ in words[1:]], self.table, program, origins)
            self._line = line, origins
        return self._line

    @property
    def line(self) -> CommandLine:
        """Fluent Bit's command line; sections and problems have the places that made them."""
        return self._read_line()[0]

    def word_origin(self, index: int) -> Origin | None:
        """The place of a word of the command line, counted without the program."""
        origins = self._read_line()[1]
        return origins[index] if index < len(origins) else None

    @property
    def pipeline(self) -> Pipeline | None:
        """What Fluent Bit makes of it all; None when there is nothing it could be given."""
        if self._pipeline is None and self.router is not None and not self.fluentd:
            self._pipeline = self._start(self.router)
        return self._pipeline

    def _start(self, router: Container) -> Pipeline:
        # All of these are needed for a task with a router only.
        from fargate_lint.launch.invocation import Invocation  # noqa: PLC0415
        from fargate_lint.launch.pipeline import SOME_TASK_ID, Pipeline  # noqa: PLC0415
        from fargate_lint.launch.reach import review  # noqa: PLC0415
        from fargate_lint.launch.startup import Circumstances  # noqa: PLC0415

        line, origins = self._read_line()
        image, made = self.sidecars.router_image, self.generated
        known = bool(self.argv) and line.unknown is None
        started = Invocation(
            line,
            Circumstances(
                self.table,
                sure=bool(self.version),
                aws=image.kind == "aws",
                go=() if known else None,
                environment=self.environment,
                environment_complete=image.kind in {"aws", "upstream"} and is_whole(router),
                files=self._files(line),
                tables=self.task.tables,
            ),
            origins=origins,
            written=self._written(),
            main="" if known else IN_CONFIG,
        )
        task_id = self.settings.task_id if self.settings is not None else None
        end = task_id if isinstance(task_id, str) else SOME_TASK_ID
        found = Pipeline(
            self.lens,
            started.configuration,
            started.circumstances,
            path=router.path,
            senders=[
                (container, f"{container.name}-firelens-{end}")
                for container in self.task.containers
                if container.driver == "awsfirelens" and container.name
            ],
            lines=started.lines,
        )
        certain = made is not None and not made.unknown
        found.problems = started.problems
        found.problems += review(found, router, certain=certain, closed=self.task.closed)
        return found

    def _files(self, line: CommandLine) -> Files:
        """The router's files, as far as they are known."""
        from fargate_lint.launch.files import Files  # noqa: PLC0415  (only with a router)

        texts = {path: text for path, (_, text) in self.includes.items() if not path.endswith("/")}
        made = self.generated
        # Nothing but an include or a word of the command can lead to it once more.
        if made is not None and (
            self.includes
            or made.include is not None
            or any(kind == "parsers" for kind, _, _ in line.loads)
        ):
            texts[IN_CONFIG] = made.text or ""
        return Files(texts, whole=tuple(path for path in self.includes if path.endswith("/")))

    def _written(self) -> dict[str, Callable[[], Written | None]]:
        """The files that FireLens and the launcher write."""
        from fargate_lint.launch.plain import sections_of  # noqa: PLC0415  (only with a router)
        from fargate_lint.launch.rewriting import Written, lines_of  # noqa: PLC0415  (the same)

        made, arguments = self.generated, self.arguments
        found: dict[str, Callable[[], Written | None]] = {}
        if made is not None and made.error is None:
            items = made.items
            found[IN_CONFIG] = lambda: Written(lambda: lines_of(items), None, sections_of(items))
        if arguments is not None:
            path = posixpath.normpath(text_of(arguments.out_config.value))
            found[path] = lambda: self.rewritten
        return found

    @property
    def outputs(self) -> list[Output]:
        """All destinations that the task definition names, in the order of the file."""
        if self._outputs is None:
            self._outputs = [] if self.fluentd else [*self._from_options(), *self._from_words()]
        return self._outputs

    @property
    def words(self) -> Sequence[tuple[int, str | Unknown]]:
        """The words of the router's command that reach Fluent Bit, with their indices.

        A flag and its value are two words here, also where they are written as one: `--match=*`.
        """
        return self.arguments.separated if self.arguments is not None else ()

    def spot(self, thing: Entry | Section) -> Spot:
        """Where an entry or a section comes from, for a rule to report."""
        origin = thing.origin
        return Spot(self.lens, origin.path if origin and origin.path is not None else self.path)

    def word(self, index: int) -> Path:
        """The path from the router to one of the words that `words` counts."""
        return self.arguments.path(index) if self.arguments is not None else ("command", index)

    def plugins_loaded(self) -> list[tuple[int, str | Unknown]]:
        """Values of `-e`, the shared objects that Fluent Bit is to load, with their indices."""
        words = self.words
        return [
            words[at + 1] for at, (_, word) in enumerate(words[:-1]) if word in {"-e", "--plugin"}
        ]

    def _from_options(self) -> Iterator[Output]:
        for container in self.task.containers:
            if container.driver != "awsfirelens":
                continue
            entries = []
            for key in container.options:
                value = container.text("logConfiguration", "options", key)
                if value is not None and key not in FIRELENS_OPTIONS:
                    path = (*container.path, "logConfiguration", "options", key)
                    entries.append(Entry(key, value, Origin(self.lens.document.name, path)))
            # FireLens stops at another case; what the options mean is plain all the same.
            if any(entry.key.lower() == "name" for entry in entries):
                origin = Origin(self.lens.document.name, (*container.path, "logConfiguration"))
                section = Section("OUTPUT", entries, origin)
                yield Output(container, section, from_options=True)

    def _from_words(self) -> Iterator[Output]:
        if self.router is not None and self.arguments is not None:
            for section in self.line.of("OUTPUT"):
                yield Output(self.router, section, from_options=False)


def concerns(task: Task) -> bool:
    """Whether there is anything to launch: a router, a launcher, or somebody's FireLens logs."""
    return any(
        "firelensConfiguration" in container.value
        or container.driver == "awsfirelens"
        or starts_launcher(container)
        for container in task.containers
    )


@once
def launch_of(task: Task, fluent_bit: str | None) -> Launch:
    """The launch of a task with nothing but its file (see `simulate`)."""
    return Launch(task, fluent_bit=fluent_bit)
