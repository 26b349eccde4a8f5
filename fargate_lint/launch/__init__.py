"""The task, launched on paper: FireLens, the launcher, Fluent Bit."""

from __future__ import annotations

from fargate_lint.launch.images import table_of
from fargate_lint.launch.launcher import arguments_of, read
from fargate_lint.launch.sections import Entry, Origin, Section
from fargate_lint.launch.sidecars import sidecars, starts_launcher
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.launch.launcher import Arguments
    from fargate_lint.source.document import Document, Path

# Options that FireLens keeps for itself: they don't reach the output plug-in.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
FIRELENS_OPTIONS = frozenset({"include-pattern", "exclude-pattern", "log-driver-buffer-limit"})


class Spot:
    """A place in the user's document, in the form in which rules report nodes."""

    __slots__ = ("document", "path")

    def __init__(self, document: Document, path: Path) -> None:
        self.document = document
        self.path = path


class Output:
    """A destination: an [OUTPUT] section and who asked for it.

    `container` is the application whose log options made it, or the router when its command did;
    `from_options` tells which. Entries carry the path of the option or word that made them.
    """

    __slots__ = ("container", "from_options", "section")

    def __init__(self, container: Container, section: Section, *, from_options: bool) -> None:
        self.container = container
        self.section = section
        self.from_options = from_options

    @property
    def plugin(self) -> str:
        """The plug-in's name in lower case, "" when there is none or it can't be known."""
        entry = self.section.first("Name")
        return entry.value.lower() if entry is not None and isinstance(entry.value, str) else ""


class Launch:
    """What happens when a task starts, as far as its file tells.

    `router` is None when the file shows none. `version` is the version of Fluent Bit whose tables
    describe the router, "" when that can't be told. `arguments` are the launcher's, None when the
    router doesn't start it.
    """

    __slots__ = (
        "_outputs",
        "arguments",
        "document",
        "fluentd",
        "path",
        "router",
        "sidecars",
        "task",
        "version",
    )

    def __init__(self, task: Task, fluent_bit: str | None = None) -> None:
        self.task = task
        self.document = task.document
        self.path = task.path
        self.sidecars = sidecars(task)
        self.router = self.sidecars.router
        self.version = table_of(fluent_bit) if fluent_bit else self.sidecars.router_image.table
        self.fluentd = (
            self.router is not None
            and text_of(self.router.get("firelensConfiguration", "type")) == "fluentd"
        )
        self.arguments: Arguments | None = None
        if self.router is not None:
            self.arguments = arguments_of(self.router)
            if self.arguments is None and starts_launcher(self.router):
                self.arguments = read(self.router.words("command"))
        self._outputs: list[Output] | None = None

    @property
    def outputs(self) -> list[Output]:
        """All destinations that the task definition names, in the order of the file."""
        if self._outputs is None:
            self._outputs = [] if self.fluentd else [*self._from_options(), *self._from_words()]
        return self._outputs

    @property
    def words(self) -> list[tuple[int, str | Unknown]]:
        """The words of the router's command that reach Fluent Bit, with their indices."""
        return self.arguments.fluent_bit if self.arguments is not None else []

    def spot(self, thing: Entry | Section) -> Spot:
        """Where an entry or a section comes from, for a rule to report."""
        origin = thing.origin
        return Spot(self.document, origin.path if origin and origin.path is not None else self.path)

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
                    entries.append(Entry(key, value, Origin(self.document.name, path)))
            # FireLens reads this one key with regard to case.
            if any(entry.key == "Name" for entry in entries):
                origin = Origin(self.document.name, (*container.path, "logConfiguration"))
                section = Section("OUTPUT", entries, origin)
                yield Output(container, section, from_options=True)

    def _from_words(self) -> Iterator[Output]:
        if self.router is None:
            return
        section: Section | None = None
        words = self.words
        for at, (index, word) in enumerate(words):
            flag = word if isinstance(word, str) else ""
            if at + 1 == len(words):
                break
            following, value = words[at + 1]
            origin = Origin(self.document.name, (*self.router.path, *self.word(following)))
            if flag in {"-o", "--output"}:
                name = Entry("Name", value, origin)
                start = Origin(self.document.name, (*self.router.path, *self.word(index)))
                section = Section("OUTPUT", [name], start)
                yield Output(self.router, section, from_options=False)
            elif flag in {"-i", "--input", "-F", "--filter"}:
                section = None
            elif section is not None and flag in {"-m", "--match"}:
                section.entries.append(Entry("Match", value, origin))
            elif section is not None and flag in {"-p", "--prop"}:
                key, _, rest = text_of(value).partition("=")
                known = isinstance(value, str)
                section.entries.append(Entry(key, rest if known else Unknown(rest), origin))


def concerns(task: Task) -> bool:
    """Whether there is anything to launch: a router, a launcher, or somebody's FireLens logs."""
    return any(
        "firelensConfiguration" in container.value
        or container.driver == "awsfirelens"
        or starts_launcher(container)
        for container in task.containers
    )


def launch_of(task: Task, fluent_bit: str | None = None) -> Launch:
    """The launch of a task, worked out once."""
    found: Launch | None = task.facts.get("launch")
    if found is None:
        found = task.facts["launch"] = Launch(task, fluent_bit)
    return found
