"""A start of Fluent Bit on paper: what it is started with, and what has come of it so far."""

from __future__ import annotations

from fargate_lint.launch import plugins
from fargate_lint.launch.files import Files
from fargate_lint.launch.problem import Problem
from fargate_lint.launch.variables import Variables
from fargate_lint.source.similar import MOST_GUESSES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from fargate_lint.data.private import Tables
    from fargate_lint.launch.sections import Entry, Section
    from fargate_lint.launch.startup.instance import Instance
    from fargate_lint.source.unknown import Unknown

OLD = "1.9.10"
NEW = "5.0.9"


class Circumstances:
    """What Fluent Bit is started with, besides its configuration.

    `version` is one that has tables; with `sure` false it stands for one that is not known, and
    nothing is said about plugins and options that it lacks. `aws` adds what AWS for Fluent Bit 2.x
    has. `go` are the names of the loaded Go plugins, None when it is not known which are.
    `environment` maps variables to values (Unknown for secrets); with `environment_complete` false
    there may be others. `parser_files` are those of the command line (-R). `complete` is false when
    the sections are only a part of the configuration, such as a file that another one includes.
    `tables` have private plugins.
    """

    __slots__ = (
        "aws", "complete", "environment", "environment_complete", "files", "go", "parser_files",
        "sure", "tables", "version",
    )  # fmt: skip

    def __init__(
        self,
        version: str,
        *,
        sure: bool = True,
        aws: bool = False,
        go: Collection[str] | None = (),
        environment: Mapping[str, str | Unknown] | None = None,
        environment_complete: bool = True,
        files: Files | None = None,
        parser_files: Sequence[str] = (),
        complete: bool = True,
        tables: Tables | None = None,
    ) -> None:
        self.version = version
        self.sure = sure
        self.aws = aws
        self.go = go
        self.environment = environment or {}
        self.environment_complete = environment_complete
        self.files = files or Files()
        self.parser_files = parser_files
        self.complete = complete
        self.tables = tables


class Start:
    """What has come of a start so far; `problems` are in the order in which they are met."""

    __slots__ = (
        "aws", "complete", "emitters", "files", "filters", "go", "input_names", "inputs",
        "multiline_parsers", "new", "old", "outputs", "parsers", "parsers_known", "ports",
        "problems", "service", "storage_path", "sure", "tables", "unnamed", "variables", "version",
    )  # fmt: skip

    def __init__(self, circumstances: Circumstances) -> None:
        self.version = circumstances.version
        #: Whether this is Fluent Bit 1.9, or 5.
        self.old = self.version == OLD
        self.new = self.version == NEW
        self.sure = circumstances.sure
        self.aws = circumstances.aws
        self.tables = circumstances.tables
        self.complete = circumstances.complete
        self.files = circumstances.files
        self.go = circumstances.go
        self.variables = Variables(
            circumstances.environment,
            version=circumstances.version,
            complete=circumstances.environment_complete,
        )
        self.problems: list[Problem] = []
        #: SERVICE by lower-case key; the last value wins.
        self.service: dict[str, tuple[Entry, str | Unknown]] = {}
        self.storage_path: str | Unknown | None = None
        self.parsers: set[str] = set()
        self.multiline_parsers: set[str] = set()
        self.parsers_known = True
        self.inputs: list[Instance] = []
        self.filters: list[Instance] = []
        self.outputs: list[Instance] = []
        #: Sections whose plugin can't be known.
        self.unnamed = 0
        #: The inputs that filters make to send their records from: how many have a name.
        self.emitters: dict[str, int] = {}
        #: The names and labels of inputs, once a filter asks.
        self.input_names: set[str] = set()
        #: (address, port, protocol) to the instance that listens there.
        self.ports: dict[tuple[str, int, str], Instance] = {}

    def expand(
        self, value: str | Unknown, section: Section | None = None, entry: Entry | None = None
    ) -> str | Unknown:
        """The value with its variables replaced; an unset one is noted."""
        if value.__class__ is str and "${" not in value:
            return value
        unset: list[str] = []
        expanded = self.variables.expand(value, unset)
        for name in unset:
            self.warning(
                "undefined-variable",
                f"the variable `{name}` is not set",
                said=f"[env] variable ${{{name}}} is used but not set",
                help="set it in `environment`, in `secrets` or with @SET",
                section=section,
                entry=entry,
            )
        return expanded

    def suggest(self, word: str, candidates: Iterable[str]) -> str:
        """The candidate that a word was probably meant to be, "" where there is none.

        Behind very many problems none is looked for.
        """
        return plugins.suggest(word, candidates) if len(self.problems) < MOST_GUESSES else ""

    def fatal(
        self, kind: str, message: str, said: str = "", *, exit: int = 255, help: str = "",  # noqa: A002  (the words for it)
        section: Section | None = None, entry: Entry | None = None, suggestion: str = "",
        options: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Note something that ends the start."""
        self.problems.append(
            Problem(
                kind, "fatal", message, said=said, exit=exit, help=help, section=section,
                entry=entry, suggestion=suggestion, options=options,
            )
        )  # fmt: skip

    def warning(
        self, kind: str, message: str, said: str = "", *, loss: bool = False, help: str = "",  # noqa: A002  (the word for it)
        section: Section | None = None, entry: Entry | None = None, suggestion: str = "",
    ) -> None:  # fmt: skip
        """Note something that does not end the start; `loss` when logs go nowhere."""
        self.problems.append(
            Problem(
                kind, "loss" if loss else "warning", message, said=said, help=help,
                section=section, entry=entry, suggestion=suggestion,
            )
        )  # fmt: skip
