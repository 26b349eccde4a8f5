"""What becomes of `fluent-bit WORDS…`: command line, files, configuration, start.

The order is the program's: words are read one by one, `-e` and `-R` load their files where they
stand, then the configuration is read and started. The program ends at the first fatal problem; here
all are reported.
"""

from __future__ import annotations

import posixpath

from fargate_lint.launch import command_line
from fargate_lint.launch.configuration import Configuration, load, load_lines
from fargate_lint.launch.problem import Problem
from fargate_lint.launch.rewriting import lines_of_text
from fargate_lint.launch.sections import Origin
from fargate_lint.launch.startup import judge, parser_files
from fargate_lint.launch.startup.state import Start
from fargate_lint.source.later import later
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fargate_lint.launch import yaml_format
    from fargate_lint.launch.command_line import CommandLine
    from fargate_lint.launch.rewriting import Line, Written
    from fargate_lint.launch.sections import Section
    from fargate_lint.launch.startup import Circumstances
else:
    yaml_format = later("fargate_lint.launch.yaml_format")

RUNNING = "running"
ELF = b"\x7fELF"
# What a dry run of 5.0 finds in addition: it looks at the properties of all plugins.
DRY_RUN_KINDS = frozenset({"unknown-option", "duplicate-option", "filter-without-match"})


class Invocation:
    """One start with this command line, under these circumstances.

    `origins` are the places of its words. `written` makes the files that other programs have
    written by then, by path, None for one that can't be known. `main` is the file that is read
    where the words don't tell: "" for none. `cwd` is where the program begins.

    `lines` makes the lines of the main file, None when they can't be known. `problems` are in the
    order of the program.
    """

    __slots__ = (
        "_early", "_origins", "_written", "circumstances", "configuration", "cwd", "line", "lines",
        "problems",
    )  # fmt: skip

    def __init__(
        self,
        line: CommandLine,
        circumstances: Circumstances,
        *,
        origins: Sequence[Origin] = (),
        written: Mapping[str, Callable[[], Written | None]] | None = None,
        main: str = "",
        cwd: str = "/",
    ) -> None:
        self.line = line
        self.circumstances = circumstances
        self.cwd = cwd
        self._origins = origins
        self._written = written or {}
        self.lines: Callable[[], list[Line]] | None = list
        self.configuration = Configuration()
        self.configuration.complete = line.unknown is None and not main
        self._load()
        self.configuration.problems += line.problems
        # What the program meets even if it ends before it reads a file.
        self._early = list(self.configuration.problems)
        self._move()
        if line.config is not None:
            self._read(*line.config)
        elif main:
            self._read(None, main)
        self.configuration.sections = command_line.combine(line, self.configuration.sections)
        self.problems: list[Problem] = judge(self.configuration, circumstances)

    @property
    def sections(self) -> list[Section]:
        """What the program works with: the command line's sections, then the file's."""
        return self.configuration.sections

    @property
    def exit(self) -> int | str:
        """How the program ends: `running` when it does not, else its exit status."""
        line = self.line
        if line.ending is not None:
            first = next((one for one in self._early if one.fatal), None)
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
        """Load what `-e` and `-R` name."""
        parsers: list[str] = []
        if self.circumstances.go is not None:
            self.circumstances.go = command_line.go_plugins(self.line)
        for kind, index, path in self.line.loads:
            if isinstance(path, Unknown):
                self._unsure(kind)
            elif kind == "plugin":
                self._plugin(path, index)
            else:
                parsers.append(self._path(path))
                self._parsers(path, index)
        self.circumstances.parser_files = parsers

    def _unsure(self, kind: str) -> None:
        if kind == "plugin":
            self.circumstances.go = None
        else:
            self.configuration.complete = False

    def _plugin(self, path: str, index: int) -> None:
        # A name without a slash is looked for among the system's libraries only.
        files = self.circumstances.files
        text = files.read(self._path(path)) if "/" in path else None
        if isinstance(text, Unknown) or (text is None and not files.complete):
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
        text = self.circumstances.files.read(self._path(path)) if path else None
        if text is None:
            said = "could not open parser configuration file, aborting."
            message = f"there is no parser file `{path}`"
            self._fatal("parsers-missing", message, index, said if path.startswith("/") else "")
        elif self.line.version.startswith("1.") and not isinstance(text, Unknown):
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
        elif self.circumstances.files.folder_exists(self._path(path)) is False:
            message = f"there is no folder `{path}` to work in"
            said = "errno=2] No such file or directory"
            self._fatal("workdir-missing", message, index, said, status=255)
        else:
            self.cwd = self._path(path)

    def _read(self, index: int | None, path: str | Unknown) -> None:
        """Read the main file."""
        whole = self._path(text_of(path))
        known = self.circumstances.files
        files = self.circumstances.files = known.beside(posixpath.dirname(whole))
        version = self.line.version
        text: str | bytes | Unknown | None = None
        if isinstance(path, Unknown):
            text = path
        elif whole in self._written:
            written = self._written[whole]()
            if written is not None and written.error is None:
                self._take_written(written, posixpath.basename(whole))
                return
            text = Unknown()
        elif path:
            text = known.read(whole)
        if isinstance(text, Unknown):
            self.lines = None
            self.configuration.complete = False
        elif text is None:
            said = "could not open configuration file, aborting."
            message = f"there is no configuration file `{path}`"
            self.lines = None
            self._fatal("config-missing", message, index or 0, said)
        else:
            decoded = text if isinstance(text, str) else text.decode("utf-8", "replace")
            self.lines = lambda: lines_of_text(decoded, whole)
            if yaml_format.is_yaml(whole):
                self._take(yaml_format.load(decoded, version=version, name=whole))
            else:
                self._take(load(text, version=version, name=whole, files=files))

    def _take_written(self, written: Written, name: str) -> None:
        """Take a written file, as its sections where that is the same."""
        self.lines = lambda: written.lines
        if written.sections is not None:
            self.configuration.sections = written.sections
        else:
            version, files = self.line.version, self.circumstances.files
            self._take(load_lines(written.lines, version=version, name=name, files=files))

    def _take(self, read: Configuration) -> None:
        read.problems = [*self.configuration.problems, *read.problems]
        read.complete = read.complete and self.configuration.complete
        self.configuration = read

    def _fatal(self, kind: str, message: str, index: int, said: str, status: int = 1) -> None:
        origin = self._origins[index] if self._origins else Origin("", (index,))
        self.configuration.problems.append(
            Problem(kind, "fatal", message, said=said, exit=status, origin=origin)
        )


def _status(fatal: Sequence[Problem], otherwise: int | str) -> int | str:
    if not fatal:
        return otherwise
    return fatal[0].exit if fatal[0].exit is not None else 1
