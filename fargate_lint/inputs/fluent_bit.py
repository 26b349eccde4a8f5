"""Configurations of Fluent Bit that stand alone: main files, and what they include or name.

Nobody says for which version such a file is, so it is read as each version would read it. A file
that FireLens or another file includes has no inputs, or no outputs, and is right all the same.
Once a version is named, the file is taken for what that program is started with in its folder.
"""

from __future__ import annotations

import os
import re

from fargate_lint.data.images import GO_PLUGINS
from fargate_lint.launch import yaml_format
from fargate_lint.launch.configuration import load
from fargate_lint.launch.file_role import file_role
from fargate_lint.launch.files import Files, FolderFiles
from fargate_lint.launch.images import table_of
from fargate_lint.launch.pipeline import Pipeline
from fargate_lint.launch.plugins import VERSIONS, is_slip
from fargate_lint.launch.problem import Problem
from fargate_lint.launch.reach import review_alone
from fargate_lint.launch.startup import Circumstances, judge, section_kind
from fargate_lint.launch.startup.parser_files import faults
from fargate_lint.source.classic_document import is_yaml
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fargate_lint.data.private import Tables
    from fargate_lint.launch.configuration import Configuration
    from fargate_lint.source.document import Document

OLD = VERSIONS[0]
# A main file of its own has all of these; what is only included rarely has.
WHOLE = frozenset({"service", "input", "output"})
MAIN = frozenset({"input", "output"})
WEIGHTS = {"note": 0, "warning": 1, "loss": 2, "fatal": 3}
# Plugins that exist on Windows only.
# https://docs.fluentbit.io/manual/pipeline/inputs/windows-event-log
WINDOWS = frozenset({"etw", "winevtlog", "winlog", "winstat", "windows_exporter_metrics"})
# What a file shows that is not all there is: parsers may come from the command line, and a file
# that is not for a container may well go to the background.
DOUBTFUL = frozenset({"daemon", "undefined-parser"})
# A plugin that there is not, or not here.
OF_PLUGINS = frozenset({"go-plugin-not-loaded", "plugin-too-new", "unknown-plugin"})
# What newer versions than those with tables may have.
NEWEST_MAY_HAVE = frozenset({"unknown-option", "unknown-plugin"})
# What is missing from a file in which lines are left out may be in these.
MISSING = frozenset({
    "filter-without-match", "missing-name", "output-without-match", "required-option",
    "undefined-parser",
})  # fmt: skip
# Problems that there are when all of a text is indented.
MOVED = frozenset({"header-indented", "indentation", "pair-outside"})
LEFT_OUT = lazily(r"^[ \t]*(?:\.{1,3}|\u2026)[ \t\r]*$", re.MULTILINE)


def pipeline(
    document: Document,
    version: str | None = None,
    tables: Tables | None = None,
    *,
    beside: bool = True,
) -> Pipeline:
    """What Fluent Bit makes of a file, the problems being those of `version`, or of all versions.

    A problem that only some versions have names them. `tables` have private plugins. With `beside`,
    files that it includes are read from the folder that its name leads to. Never raises.
    """
    table = table_of(version) if version else ""
    versions = [table] if table else _versions(document)
    readings = [
        _Reading(document, one, tables, strict=bool(table), beside=beside) for one in versions
    ]
    newest = readings[-1]
    found = Pipeline(document, newest.configuration, newest.circumstances)
    found.complete = newest.complete
    found.problems = merged({reading.version: reading.problems for reading in readings})
    if not LEFT_OUT.search(document.text):
        found.problems += review_alone(found)
    for problem in found.problems:
        known = bool(table or problem.versions)
        doubtful = problem.kind in DOUBTFUL and not (table and found.complete)
        if problem.fatal and (doubtful or (not known and _may_be_newer(problem))):
            problem.severity = "warning"
        elif problem.severity == "loss" and problem.kind != "parser-file":
            # The program starts; what becomes of the logs, only the whole task would tell.
            problem.severity = "warning"
    return found


def _versions(document: Document) -> Sequence[str]:
    """The versions that may be meant: the YAML of 1.9 is another language than that of the rest."""
    if document.syntax == "classic":
        return VERSIONS
    return VERSIONS[:1] if yaml_format.is_old(document.value) else VERSIONS[1:]


def _may_be_newer(problem: Problem) -> bool:
    """Whether a version newer than all that have tables may take what these refuse."""
    if problem.kind not in NEWEST_MAY_HAVE or problem.entry is None:
        return False
    word = problem.entry.text if problem.kind in OF_PLUGINS else problem.entry.key
    return not problem.suggestion or not is_slip(word, problem.suggestion)


class _Reading:
    """A file as one version reads it."""

    def __init__(
        self,
        document: Document,
        version: str,
        tables: Tables | None,
        *,
        strict: bool,
        beside: bool,
    ) -> None:
        self.document = document
        self.version = version
        self.strict = strict
        folder = os.path.dirname(document.name)
        self.beside = beside
        self.files = _Beside(folder) if beside else Files(folder=folder or ".")
        self.problems: list[Problem] = []
        if document.syntax == "yaml":
            self.configuration = yaml_format.of_document(document, version=version)
        else:
            self.configuration = self._classic()
        kinds = {section_kind(one.name, version) for one in self.configuration.sections}
        self.complete = self.configuration.complete and kinds >= (MAIN if strict else WHOLE)
        self.circumstances = Circumstances(
            version,
            # What AWS added to 1.9 is what most images with 1.9 on Fargate have.
            aws=version == OLD,
            go=tuple(GO_PLUGINS) if strict else None,
            environment_complete=False,
            files=self.files,
            complete=self.complete,
            tables=tables,
        )
        role = file_role(section.name for section in self.configuration.sections)
        if document.syntax == "yaml" or role in {"main", ""}:
            self.problems = judge(self.configuration, self.circumstances)
        else:
            self._check_parsers()
        self.left_out = LEFT_OUT.search(document.text) is not None
        self.problems = [one for one in self.problems if self._is_here(one)]
        self.problems += self._unseen()

    def _classic(self) -> Configuration:
        document = self.document
        configuration = load(
            document.text, version=self.version, name=document.name, files=self.files,
            templates=True,
        )  # fmt: skip
        configuration.problems = _without_effects(configuration.problems)
        if is_yaml(document.text):
            configuration.problems = [self._yaml_in_classic()]
        elif any(fault.kind == "byte-order-mark" for fault in document.faults):
            configuration.problems.insert(0, self._byte_order_mark())
        return configuration

    def _yaml_in_classic(self) -> Problem:
        return Problem(
            "yaml-in-classic", "fatal", "this is YAML, but Fluent Bit goes by the file's name",
            exit=1, help="give the file a name that ends in `.yaml`", span=(0, 0),
            said="undefined value - check config is in valid classic format",
        )  # fmt: skip

    def _byte_order_mark(self) -> Problem:
        return Problem(
            "byte-order-mark", "fatal",
            "the file begins with a byte order mark, which makes its first line unreadable",
            exit=1, help="save the file as UTF-8 without a byte order mark", span=(0, 1),
            said="undefined value - check config is in valid classic format",
        )  # fmt: skip

    def _check_parsers(self) -> None:
        """A file of parsers, or another one that SERVICE names."""
        self.problems = list(self.configuration.problems)
        parsers = faults(self.configuration.sections, self.document.name, self.version)
        for section, entry, said in parsers:
            self.problems.append(
                Problem(
                    "parser-file", "loss",
                    f"the parser is refused: {said.partition('] ')[2] or said}",
                    said=said, section=section, entry=entry,
                    help="put it right: the parsers below it are not defined either",
                )
            )  # fmt: skip

    def _loads(self) -> bool:
        """Whether the file names libraries, which may bring any plugin."""
        value = self.document.value
        return (isinstance(value, dict) and "plugins" in value) or any(
            section.first("plugins_file") is not None for section in self.configuration.sections
        )

    def _unseen(self) -> Iterator[Problem]:
        """Files that are included from this one's folder, and are not there."""
        for path, origin in self.configuration.unseen:
            if not self.beside or path.startswith("/") or origin.file != self.document.name:
                continue
            literal = path.startswith(('"', "'")) or "${" in path or " #" in path
            severity = "fatal" if self.strict else "warning" if literal else "note"
            yield Problem(
                "include-missing", severity,
                f"there is no file `{path}` beside this one",
                help="the path is the whole rest of the line: quotes, comments and variables too"
                if literal
                else "Fluent Bit looks for it where it is started, and beside the main file",
                origin=origin,
            )  # fmt: skip

    def _is_here(self, problem: Problem) -> bool:
        """Whether a problem is one of this file: what it includes is checked by itself."""
        if problem.kind in MISSING and self.left_out:
            return False
        if problem.kind in OF_PLUGINS and problem.entry is not None:
            return problem.entry.text.lower() not in WINDOWS and not self._loads()
        here = problem.origin is None or problem.origin.file == self.document.name
        return here or (self.strict and problem.fatal)


def _without_effects(problems: list[Problem]) -> list[Problem]:
    """The problems without those that come of another one: a text that is indented as a whole."""
    shifted = next((one for one in problems if one.kind == "header-indented"), None)
    if shifted is not None:
        return [one for one in problems if one is shifted or one.kind not in MOVED]
    left_out = {one.origin for one in problems if one.kind == "ellipsis"}
    return [one for one in problems if one.kind != "indentation" or one.origin not in left_out]


class _Beside(FolderFiles):
    """The files beside a configuration. One that is not there may be in the image all the same."""

    __slots__ = ()

    def read(self, path: str) -> str | bytes | Unknown | None:
        """The bytes of a file, Unknown when there is none."""
        found = super().read(path)
        return Unknown(path) if found is None else found

    def glob(self, pattern: str) -> list[str] | Unknown:
        """The paths that match a pattern, Unknown when there are none."""
        return super().glob(pattern) or Unknown(pattern)


def merged(problems: Mapping[str, Sequence[Problem]]) -> list[Problem]:
    """The problems of several versions as one list, each with the versions that have it."""
    found: dict[object, dict[str, Problem]] = {}
    for version, of_version in problems.items():
        for problem in of_version:
            same = found.setdefault(_identity(problem), {})
            before = same.get(version)
            if before is None or WEIGHTS[before.severity] < WEIGHTS[problem.severity]:
                same[version] = problem
    return [_one(same, list(problems)) for same in found.values()]


def _identity(problem: Problem) -> tuple[object, ...]:
    """What makes a problem the same in two versions."""
    # Of one section several options may be missing.
    missing = problem.options if problem.kind == "required-option" else ()
    return problem.kind, problem.origin, problem.span, missing


def _one(same: Mapping[str, Problem], versions: Iterable[str]) -> Problem:
    heaviest = max(same.values(), key=lambda problem: WEIGHTS[problem.severity])
    concerned = tuple(_of_weight(same, heaviest))
    # The newest version's words, as long as it has any.
    problem = same[concerned[-1]]
    problem.versions = concerned if concerned != tuple(versions) else ()
    return problem


def _of_weight(same: Mapping[str, Problem], heaviest: Problem) -> Iterator[str]:
    for version, problem in same.items():
        if problem.severity == heaviest.severity:
            yield version
