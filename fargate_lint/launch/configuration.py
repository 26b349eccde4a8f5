"""A configuration as Fluent Bit reads it: the main file with its includes and settings.

https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/commands
"""

from __future__ import annotations

import posixpath

from fargate_lint.launch.files import Files
from fargate_lint.launch.problem import CRASH, Problem
from fargate_lint.launch.sections import Entry, Include, Origin, Section
from fargate_lint.source import classic
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fargate_lint.launch.rewriting import Line

    Source = Entry | Include | None

OLD = "1.9.10"
FILE_LIMIT = 1000
# 1.9.10 has no limit of its own: a file that includes itself ends when the stack does.
DEPTH_LIMIT = 60
# What Mustache, Jinja and their like put in place before Fluent Bit sees the file.
TEMPLATE = lazily(r"\{\{.*?\}\}|\{%.*?%\}|<%.*?%>")


class Configuration:
    """The sections of the main file and all that it includes, in the order of reading.

    `complete` is false when an include could not be looked into: what it holds is not known then.
    `unseen` names these, each with the place that includes it.
    """

    __slots__ = ("complete", "parsers", "problems", "sections", "settings", "unseen")

    def __init__(self) -> None:
        self.sections: list[Section] = []
        #: Sections that define parsers, where a main file may do so: in YAML.
        self.parsers: list[Section] = []
        #: `@SET`: the last of a name wins.
        self.settings: dict[str, str | Unknown] = {}
        #: In the order in which the program would meet them; it stops at the first fatal one.
        self.problems: list[Problem] = []
        self.complete = True
        self.unseen: list[tuple[str, Origin]] = []


def load(
    text: str | bytes,
    *,
    version: str,
    name: str = "fluent-bit.conf",
    files: Files | None = None,
    templates: bool = False,
) -> Configuration:
    """Read a main file and follow its includes. Faults are collected; nothing is raised.

    With `templates`, values that hold `{{ x }}` or the like are Unknown, and a file with loops or
    conditions of a template language is passed over.
    """
    return _Loader(version, files or Files(), (), templates=templates).main(name, text)


def load_lines(
    content: Iterable[Line],
    *,
    version: str,
    name: str = "fluent-bit.conf",
    files: Files | None = None,
) -> Configuration:
    """Read a generated main file: entries and problems keep the origins of the lines."""
    texts: list[str] = []
    sources: list[Source] = []
    for line in content:
        texts.append(line.text)
        if line.value is not None and line.text.startswith("@"):
            sources.append(Include(line.value, line.origin))
        else:
            sources.append(Entry("", line.value or line.text, line.origin))
    return _Loader(version, files or Files(), sources).main(name, "".join(texts))


class _Place:
    """Where something is said: the directive, the file that holds it, and the files around that."""

    __slots__ = ("argument", "origin", "span", "within")

    def __init__(
        self, argument: str, origin: Origin, span: tuple[int, int], within: tuple[str, ...]
    ) -> None:
        self.argument = argument
        self.origin = origin
        self.span = span
        self.within = within


class _Loader:
    """Reads files, one within the other; `sources` tells what made each line of the main file."""

    def __init__(
        self, version: str, files: Files, sources: Sequence[Source], *, templates: bool = False
    ) -> None:
        self.templates = templates
        self.version = version
        self.files = files
        self.sources = sources
        self.configuration = Configuration()
        self.visited: set[str] = set()
        self.done: set[str] = set()

    def main(self, name: str, text: str | bytes) -> Configuration:
        same = posixpath.normpath(posixpath.join(self.files.folder, name))
        self.visited.add(same)
        self.file(name, text, (same,))
        return self.configuration

    def file(self, name: str, text: str | bytes, within: tuple[str, ...]) -> None:
        parsed = classic.parse(text, version=self.version, name=name)
        if self.templates and any(_is_template(item) for item in parsed.items):
            self.configuration.complete = False
            return
        counts: dict[str, int] = {}
        made = {}
        for header, pairs in parsed.sections():
            made[id(header)] = self.section(header, pairs, name, counts, within)
        for item in parsed.items:
            if isinstance(item, classic.Problem):
                origin = self.origin(Origin(name, None, item.line), within)
                self.configuration.problems.append(_refused(item, origin))
            elif id(item) in made:
                self.configuration.sections.append(made[id(item)])
            elif isinstance(item, classic.Directive):
                origin = self.origin(Origin(name, None, item.line), within)
                self.directive(item, _Place(item.argument, origin, (item.start, item.end), within))

    def source(self, line: int | None, within: tuple[str, ...]) -> Source:
        if len(within) > 1 or line is None or line > len(self.sources):
            return None
        return self.sources[line - 1]

    def origin(self, origin: Origin, within: tuple[str, ...]) -> Origin:
        source = self.source(origin.line, within)
        return (source.origin if source is not None else None) or origin

    def section(
        self, header: classic.Header, pairs: list[classic.Pair], name: str,
        counts: dict[str, int], within: tuple[str, ...],
    ) -> Section:  # fmt: skip
        kind = header.name.upper()
        number = counts.get(kind, 0)
        counts[kind] = number + 1
        origin = self.origin(Origin(name, (kind, number), header.line), within)
        section = Section(header.name, [], origin)
        for path, pair in classic.keyed((kind, number), pairs):
            source = self.source(pair.line, within)
            value: str | Unknown = pair.value
            if isinstance(source, Entry) and isinstance(source.value, Unknown):
                value = source.value
            elif self.templates and TEMPLATE.search(pair.value):
                value = Unknown(pair.value)
            origin = self.origin(Origin(name, path, pair.line), within)
            section.entries.append(Entry(pair.key, value, origin))
        return section

    def directive(self, item: classic.Directive, place: _Place) -> None:
        source = self.source(item.line, place.within)
        if (
            item.word == "INCLUDE"
            and isinstance(source, Include)
            and not isinstance(source.path, str)
        ):
            self.unseen(place)
        elif item.word == "INCLUDE" and item.argument:
            self.include(place)
        elif item.word == "SET":
            key, equals, value = item.argument.strip().partition("=")
            if equals:
                self.set(key, value, place)
            else:
                self.problem(
                    place, "set-without-value", "warning", None,
                    f"[meta SET] invalid parameter '{item.argument.strip()}'",
                    f"`@SET {item.argument.strip()}` sets nothing",
                    "write `@SET name=value`",
                )  # fmt: skip

    def set(self, key: str, value: str, place: _Place) -> None:
        path = value[7:] if self.version != OLD and value.startswith("file://") else ""
        if not path:
            self.configuration.settings[key] = value
        elif self.files.read(path) is None:
            self.problem(
                place, "file-missing", "warning", None, f"[env] file {path} not found",
                f"there is no file `{path}`", "",
            )  # fmt: skip
        else:
            self.configuration.settings[key] = Unknown(value)

    def include(self, place: _Place) -> None:
        path = place.argument
        if "*" not in path:
            self.one(path, place)
            return
        pattern = path if path.startswith("/") else f"{self.files.folder}//{path}"
        found = self.files.glob(pattern)
        if isinstance(found, Unknown):
            self.unseen(place)
        elif found:
            for match in found:
                self.one(match, place)
        else:
            self.problem(
                place, "include-missing", "fatal", 1, f"[read_glob] glob: [{pattern}] no match",
                f"no file matches `{path}`", "a pattern counts from the folder of the main file",
            )  # fmt: skip

    def one(self, path: str, place: _Place) -> None:
        text = self.files.read(path)
        resolved = path
        if not path.startswith("/") and not isinstance(text, (str, bytes)):
            resolved = f"{self.files.folder}//{path}"
            text = self.files.read(resolved)
        same = posixpath.normpath(posixpath.join(self.files.folder, resolved))
        if isinstance(text, Unknown):
            # Whatever is in it, or if it is there at all: a second time it is refused.
            if not self.twice(same, resolved, place):
                self.visited.add(same)
                self.done.add(resolved)
                self.unseen(place)
            return
        if text is None:
            self.missing(path, resolved, place)
            return
        if self.files.is_folder(same) or self.twice(same, resolved, place):
            return
        if len(place.within) > DEPTH_LIMIT or len(self.visited) > FILE_LIMIT:
            self.unseen(place)
            return
        self.visited.add(same)
        self.file(resolved, text, (*place.within, same))
        self.done.add(resolved)

    def missing(self, path: str, resolved: str, place: _Place) -> None:
        if path.startswith("/"):
            said = ""
        elif self.version == OLD:
            said = f"[config] I cannot open {resolved} file"
        else:
            said = "flb_cf_fluentbit.c:N errno=2] No such file or directory"
        advice = ""
        if path.strip("\"' \t") != path or " " in path:
            advice = "the path is the whole rest of the line: quotes, comments and blanks too"
        elif "${" in path:
            advice = "variables are not replaced in the path of an @INCLUDE"
        elif "?" in path or "[" in path:
            advice = "only `*` makes a pattern"
        message = f"there is no file `{path}`"
        self.problem(place, "include-missing", "fatal", 1, said, message, advice)

    def twice(self, same: str, resolved: str, place: _Place) -> bool:
        message = f"`{place.argument}` is included twice"
        if self.version != OLD and same in self.visited:
            said = f"[config] Read twice. path={resolved}"
            self.problem(place, "include-twice", "fatal", 1, said, message, "")
        elif self.version == OLD and resolved in self.done:
            said = f"[config] file already included {resolved}"
            self.problem(place, "include-twice", "fatal", 1, said, message, "")
        elif same in place.within:
            message = f"`{place.argument}` includes itself"
            self.problem(place, "include-twice", "fatal", CRASH, "", message, "")
        else:
            return False
        return True

    def unseen(self, place: _Place) -> None:
        """Note an include that nobody can look into here."""
        self.configuration.complete = False
        self.configuration.unseen.append((place.argument, place.origin))

    def problem(
        self, place: _Place, kind: str, severity: str, status: int | None, said: str,
        message: str, advice: str,
    ) -> None:  # fmt: skip
        self.configuration.problems.append(
            Problem(
                kind, severity, message, said=said, exit=status, help=advice, origin=place.origin,
                span=place.span,
            )
        )  # fmt: skip


def _is_template(item: classic.Node) -> bool:
    """Whether the line holds a template in a place where it may stand for anything."""
    if isinstance(item, classic.Comment):
        return False
    return TEMPLATE.search(item.key if isinstance(item, classic.Pair) else item.text) is not None


def _refused(item: classic.Problem, origin: Origin) -> Problem:
    return Problem(
        item.kind, "fatal", item.message, said=item.said, exit=CRASH if item.crash else 1,
        help=item.help, origin=origin, span=(item.start, item.end),
    )  # fmt: skip
