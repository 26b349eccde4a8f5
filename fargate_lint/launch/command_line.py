"""Fluent Bit's command line: the sections that its words make, and where they end the start.

https://docs.fluentbit.io/manual/administration/configuring-fluent-bit
"""

from __future__ import annotations

import json
import os

from fargate_lint.launch.getopt import Reader
from fargate_lint.launch.plugins import DATA, go_plugin, lookup, table_version
from fargate_lint.launch.problem import CRASH, Problem
from fargate_lint.launch.sections import Entry, Origin, Section
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from fargate_lint.launch.getopt import Option

    Word = tuple[int, str | Unknown]

PROGRAM = "fluent-bit"
BLANK = " \t\n\v\f\r"
KINDS = {"C": "CUSTOM", "i": "INPUT", "F": "FILTER", "o": "OUTPUT", "r": "PROCESSOR"}
# The SERVICE keys that flags set; flags without a value set them to a word.
SERVICE = {
    "b": "storage.path",
    "f": "flush",
    "l": "log_file",
    "L": "http_listen",
    "P": "http_port",
    "s": "coro_stack_size",
}
SWITCHES = {
    "H": ("http_server", "on"),
    "d": ("daemon", "on"),
    "Y": ("hot_reload", "on"),
    "W": ("hot_reload.ensure_thread_safety", "off"),
}
KINDS_WITH_TABLES = frozenset({"input", "filter", "output"})
#: The only plugin of [CUSTOM].
CUSTOM = "calyptia"
USAGE = 1

_flags: dict[str, Any] = {}


class CommandLine:
    """What the words after the program's name make, as one version reads them.

    Entries, sections and problems have the origins of their words, or `Origin("", (index,))`.
    """

    __slots__ = (
        "config", "daemon", "dry_run", "ending", "loads", "problems", "quiet", "sections",
        "service", "strays", "supervisor", "support", "unknown", "version", "workdir",
    )  # fmt: skip

    def __init__(self, version: str) -> None:
        self.version = version
        #: The file of the last `-c`, as (index of its word, value).
        self.config: Word | None = None
        self.workdir: Word | None = None
        #: Each `-e` and `-R` before the end: ("plugin" or "parsers", index, value). They are loaded
        #: where they stand, and one that cannot be ends the program there with status 1.
        self.loads: list[tuple[str, int, str | Unknown]] = []
        #: SERVICE keys that flags set: they are applied before those of the file.
        self.service = Section("SERVICE")
        #: The plugins, in order; those of a file come after them.
        self.sections: list[Section] = []
        self.problems: list[Problem] = []
        #: Words that no option takes: the program ignores them.
        self.strays: list[int] = []
        #: The first word that may be anything: nothing is claimed about it and what follows.
        self.unknown: int | None = None
        #: What ends the program before it looks at a file: (kind, exit status, word), or None.
        #: Kinds: `version`, `help`, `plugin-help`, `schema`, `usage`, `crash`.
        self.ending: tuple[str, int, int] | None = None
        self.dry_run = False
        self.daemon = False
        self.supervisor = False
        #: `-S`: a report is printed once the configuration was read, exit status 1.
        self.support = False
        #: `-q`: errors of plugins that fail to start are not printed.
        self.quiet = False

    def of(self, kind: str) -> list[Section]:
        """The sections of a kind (`INPUT`, `FILTER`, `OUTPUT`, `CUSTOM`)."""
        return [section for section in self.sections if section.name == kind]


def read(
    words: Sequence[str | Unknown],
    version: str = "5.0.9",
    program: str = PROGRAM,
    origins: Sequence[Origin] | None = None,
) -> CommandLine:
    """Read the words after the program's name as Fluent Bit `version` does. Never raises.

    `origins` are the places of the words, where they are known.
    """
    return _Reading(words, version, program, origins).read()


def combine(line: CommandLine, sections: Iterable[Section]) -> list[Section]:
    """The sections that Fluent Bit works with: those of the command line, then the file's.

    Several SERVICE sections are one, in which the last value of a key counts: the file wins.
    """
    service = [line.service] if line.service.entries else []
    return [*service, *line.sections, *sections]


def go_plugins(line: CommandLine) -> list[str]:
    """The names of the Go plugins that `-e` loads, as the files of the AWS image are named."""
    names = []
    for kind, _, path in line.loads:
        name = text_of(path).rpartition("/")[2].removesuffix(".so")
        if kind == "plugin" and go_plugin(name) is not None:
            names.append(name)
    return names


def flags(version: str) -> dict[str, Any]:
    """The flags of a version: `short` for getopt, `long` with each one's letter, `windows`."""
    if not _flags:
        with open(os.path.join(DATA, "fluent_bit_flags.json"), encoding="utf-8") as file:
            _flags.update(json.load(file)["versions"])
    found: dict[str, Any] = _flags[table_version(version)]
    return found


class _Reading:
    """One reading of one command line."""

    def __init__(
        self,
        words: Sequence[str | Unknown],
        version: str,
        program: str,
        origins: Sequence[Origin] | None,
    ) -> None:
        self.origins = origins
        self.line = CommandLine(version)
        self.program = program
        self.old = version.startswith("1.")
        #: The section that -p, -t and -m add to.
        self.last: Section | None = None
        table = flags(version)
        self.windows: str = table.get("windows", "")
        self.reader = Reader(words, table["short"], table["long"])

    def origin(self, index: int) -> Origin:
        return Origin("", (index,)) if self.origins is None else self.origins[index]

    def read(self) -> CommandLine:
        line = self.line
        for option in self.reader.options():
            self._take(option)
            if line.ending is not None:
                break
        line.strays = self.reader.strays
        line.unknown = self.reader.unknown
        return line

    def _take(self, option: Option) -> None:
        letter, index, value, place, error = option
        if error:
            self._refuse(
                f"{self.program}: {error}", f"Fluent Bit refuses its command line: {error}", index
            )
        elif letter in self.windows:
            self._refuse("", f"`-{letter}` exists on Windows only", index)
        elif value is not None and place is not None:
            self._valued(letter, index, value, place)
        else:
            self._switch(letter, index)

    def _valued(self, letter: str, index: int, value: str | Unknown, place: int) -> None:
        line = self.line
        if letter in KINDS:
            self.last = Section(KINDS[letter], [], self.origin(index))
            line.sections.append(self.last)
            self._add(self.last, "name", value, place)
        elif letter == "m":
            if self.last is not None and self.last.name in {"FILTER", "OUTPUT"}:
                self._add(self.last, "match", value, place)
            else:
                message = "`-m` is ignored: it belongs behind `-F` or `-o`"
                advice = "move it behind the filter or output that it is for"
                self._problem("ignored-match", message, index, advice=advice)
        elif letter in "pt":
            self._property(letter, index, value, place)
        elif letter in SERVICE:
            self._add(self.line.service, SERVICE[letter], value, place)
        elif letter == "c":
            line.config = (place, value)
        elif letter == "e":
            line.loads.append(("plugin", place, value))
        elif letter == "R":
            line.loads.append(("parsers", place, value))
        elif letter == "w":
            line.workdir = (place, value)

    def _property(self, letter: str, index: int, value: str | Unknown, place: int) -> None:
        if self.last is None:
            self._problem(
                "orphan-property",
                f"`-{letter}` comes before any `-i`, `-F` or `-o`: there is no plugin to set it on",
                index,
                exit=None if self.old else CRASH,
                advice="move it behind the plugin that it is meant for",
            )
            if not self.old:
                self.line.ending = ("crash", CRASH, index)
        elif letter == "t":
            self._add(self.last, "tag", value, place)
        else:
            self._pair(self.last, value, place)

    def _pair(self, section: Section, value: str | Unknown, place: int) -> None:
        """`-p key=value`; without an equals sign nothing is set, and nothing is said."""
        key, equals, rest = text_of(value).partition("=")
        if not equals:
            if isinstance(value, str):
                message = f"`-p {value}` has no `=` and is ignored"
                self._problem("dropped-property", message, place, advice="write it as `key=value`")
            return
        known = isinstance(value, str)
        if not self._add(section, key, rest if known else Unknown(rest), place):
            name = section.name.lower()
            key = key.strip(BLANK)
            self._problem(
                "dropped-property",
                f"`-p {value}` has no {'value' if key else 'key'} and is ignored",
                place,
                said=f"[error] setting up section '{name}' plugin property '{key}'",
            )

    def _add(self, section: Section, key: str, value: str | Unknown, place: int) -> bool:
        """Add an entry. 1.9.10 refuses an empty value, newer versions an empty key."""
        key = key.strip(BLANK)
        if isinstance(value, str):
            value = value.strip(BLANK)
        if (value == "") if self.old else not key:
            return False
        section.entries.append(Entry(key, value, self.origin(place)))
        return True

    def _switch(self, letter: str, index: int) -> None:
        line = self.line
        if letter in SWITCHES:
            key, value = SWITCHES[letter]
            self._add(line.service, key, value, index)
        if letter == "V":
            line.ending = ("version", 0, index)
        elif letter in "hJ":
            self._help(letter, index)
        elif letter == "S":
            line.support = True
        elif letter == "D":
            line.dry_run = True
        elif letter == "d":
            line.daemon = True
        elif letter == "q":
            line.quiet = True
        elif letter == "v":
            line.quiet = False
        elif letter == "supervisor":
            line.supervisor = True

    def _help(self, letter: str, index: int) -> None:
        """Help is about the last plugin, if there is one; an unknown one is passed over."""
        line = self.line
        if self.last is None:
            line.ending = ("help" if letter == "h" else "schema", 0, index)
            return
        name = self.last.first("name")
        if name is None:
            line.ending = ("plugin-help", USAGE, index)
            return
        kind = self.last.name.lower()
        if isinstance(name.value, Unknown):
            self.reader.unknown = index
        elif self._is_known(kind, name.value):
            line.ending = ("plugin-help", 0, index)
        else:
            said = f"invalid {kind} plugin '{name.value}'"
            self._problem("unknown-plugin", f"there is no help on `{name.value}`", index, said=said)

    def _is_known(self, kind: str, name: str) -> bool:
        if kind in KINDS_WITH_TABLES:
            return lookup(self.line.version, kind, name, go=go_plugins(self.line)) is not None
        return kind != "custom" or name.lower() == CUSTOM

    def _refuse(self, said: str, message: str, index: int) -> None:
        self._problem("usage", message, index, exit=USAGE, said=said)
        self.line.ending = ("usage", USAGE, index)

    def _problem(
        self,
        kind: str,
        message: str,
        index: int,
        *,
        exit: int | None = None,  # noqa: A002  (the program's word)
        said: str = "",
        advice: str = "",
    ) -> None:
        severity = "warning" if exit is None else "fatal"
        self.line.problems.append(
            Problem(
                kind, severity, message, said=said, exit=exit, help=advice,
                origin=self.origin(index),
            )
        )  # fmt: skip
