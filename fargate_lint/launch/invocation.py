"""What becomes of `fluent-bit WORDS…`: command line, files, configuration, start.

The order is the program's: words are read one by one, `-e` and `-R` load their files where they
stand, then the configuration is read and started.
"""

from __future__ import annotations

import posixpath

from fargate_lint.launch import command_line, yaml_format
from fargate_lint.launch.configuration import Configuration, load
from fargate_lint.launch.files import Files
from fargate_lint.launch.problem import Problem
from fargate_lint.launch.sections import Origin
from fargate_lint.launch.startup import Circumstances, judge, parser_files
from fargate_lint.launch.startup.state import Start
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fargate_lint.launch.sections import Section

RUNNING = "running"
ELF = b"\x7fELF"
# What a dry run of 5.0 finds in addition: it looks at the properties of all plugins.
DRY_RUN_KINDS = frozenset({"unknown-option", "duplicate-option", "filter-without-match"})


class Invocation:
    """One start with these words. `files` are those of the container, `cwd` is where it begins."""

    __slots__ = ("circumstances", "configuration", "cwd", "files", "line", "problems")

    def __init__(
        self,
        words: Sequence[str | Unknown],
        version: str,
        *,
        files: Files | None = None,
        environment: Mapping[str, str | Unknown] | None = None,
        environment_complete: bool = True,
        aws: bool = False,
        cwd: str = "/",
    ) -> None:
        self.files = files or Files()
        self.cwd = cwd
        self.line = command_line.read(words, version)
        self.configuration = Configuration()
        self.configuration.complete = self.line.unknown is None
        self.circumstances = Circumstances(
            version,
            aws=aws,
            environment=environment,
            environment_complete=environment_complete,
            files=self.files,
        )
        self._load()
        self.configuration.problems += self.line.problems
        ended = self.line.ending is not None
        if not ended:
            self._move()
            self._read()
        sections = command_line.combine(self.line, self.configuration.sections)
        self.configuration.sections = sections
        #: In the order of the program, which ends at the first fatal one.
        self.problems: list[Problem] = self.configuration.problems
        if not ended:
            self.problems = judge(self.configuration, self.circumstances)

    @property
    def sections(self) -> list[Section]:
        """What the program works with: the command line's sections, then the file's."""
        return self.configuration.sections

    @property
    def exit(self) -> int | str:
        """How the program ends: `running` when it does not, else its exit status."""
        line = self.line
        if line.ending is not None:
            first = next((one for one in self.problems if one.fatal), None)
            return line.ending[1] if first is None or first.exit is None else first.exit
        fatal = [one for one in self.problems if one.fatal]
        # All that ends with status 1 comes before the engine starts.
        early = [one for one in fatal if one.exit != 255 or one.kind == "workdir-missing"]
        if line.dry_run and not line.version.startswith(("1.", "4.")):
            early = early or [one for one in fatal if one.kind in DRY_RUN_KINDS]
            return 1 if early and early[0].exit == 255 else _status(early, 0)
        if line.dry_run or line.daemon:
            return _status(early, 0)
        if line.support:
            return 1
        return _status(fatal, RUNNING)

    def _path(self, path: str) -> str:
        return posixpath.normpath(posixpath.join(self.cwd, path))

    def _load(self) -> None:
        """Load what `-e` and `-R` name, up to the first that cannot be."""
        parsers: list[str] = []
        for kind, index, path in self.line.loads:
            if isinstance(path, Unknown):
                self._unsure(kind)
            elif kind == "plugin":
                self._plugin(path, index)
            else:
                parsers.append(self._path(path))
                self._parsers(path, index)
        self.circumstances.parser_files = parsers
        if self.circumstances.go is not None:
            self.circumstances.go = command_line.go_plugins(self.line)

    def _unsure(self, kind: str) -> None:
        if kind == "plugin":
            self.circumstances.go = None
        else:
            self.configuration.complete = False

    def _plugin(self, path: str, index: int) -> None:
        # A name without a slash is looked for among the system's libraries only.
        text = self.files.read(self._path(path)) if "/" in path else None
        if isinstance(text, Unknown):
            return
        content = text.encode() if isinstance(text, str) else text
        if content is not None and content.startswith(ELF):
            return
        why = "cannot open shared object file: No such file or directory"
        if content is not None:
            why = "invalid ELF header" if len(content) > len(ELF) else "file too short"
        said = f"[proxy] error opening plugin {path}: '{path}: {why}'"
        if posixpath.basename(path).startswith("flb-"):
            said = f"[plugin] error loading DSO C plugin: {path}"
        message = f"the plugin `{path}` cannot be loaded"
        self._fatal("plugin-not-loaded", message, index, said)

    def _parsers(self, path: str, index: int) -> None:
        text = self.files.read(self._path(path)) if path else None
        if isinstance(text, Unknown):
            self.configuration.complete = False
        elif text is None:
            said = "could not open parser configuration file, aborting."
            message = f"there is no parser file `{path}`"
            self._fatal("parsers-missing", message, index, said if path.startswith("/") else "")
        elif self.line.version.startswith("1."):
            # Newer versions print the fault and go on.
            faults = parser_files.read(Start(self.circumstances), text, path)
            if faults:
                message = f"the parser file `{path}` is refused"
                self._fatal("parsers-refused", message, index, faults[0])

    def _move(self) -> None:
        """`-w`: the program goes there before it looks for its configuration."""
        if self.line.workdir is None:
            return
        index, path = self.line.workdir
        if isinstance(path, Unknown):
            self.configuration.complete = False
        elif self.files.folder_exists(self._path(path)) is False:
            message = f"there is no folder `{path}` to work in"
            said = "errno=2] No such file or directory"
            self._fatal("workdir-missing", message, index, said, status=255)
        else:
            self.cwd = self._path(path)

    def _read(self) -> None:
        """Read the file of `-c`, if there is one."""
        if self.line.config is None:
            return
        index, path = self.line.config
        text = Unknown() if isinstance(path, Unknown) else self.files.read(self._path(path))
        if path == "" or text is None:
            said = "could not open configuration file, aborting."
            message = f"there is no configuration file `{path}`"
            self._fatal("config-missing", message, index, said)
            return
        if isinstance(path, Unknown) or isinstance(text, Unknown):
            self.configuration.complete = False
            self.circumstances.complete = False
            return
        folder = posixpath.dirname(self._path(path))
        files = Files(self.files.texts, folder=folder, complete=self.files.complete)
        if yaml_format.is_yaml(path):
            decoded = text if isinstance(text, str) else text.decode("utf-8", "replace")
            read = yaml_format.load(decoded, version=self.line.version, name=path)
        else:
            read = load(text, version=self.line.version, name=path, files=files)
        self.circumstances.files = files
        self.configuration.sections = read.sections
        self.configuration.settings = read.settings
        self.configuration.problems += read.problems
        self.configuration.complete = self.configuration.complete and read.complete

    def _fatal(self, kind: str, message: str, index: int, said: str, status: int = 1) -> None:
        self.configuration.problems.append(
            Problem(
                kind, "fatal", message, said=said, exit=status, origin=Origin("", (index,))
            )
        )  # fmt: skip


def _status(fatal: Sequence[Problem], otherwise: int | str) -> int | str:
    if not fatal:
        return otherwise
    return fatal[0].exit if fatal[0].exit is not None else 1
