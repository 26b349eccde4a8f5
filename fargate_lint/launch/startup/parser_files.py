"""Parser files: which parsers they define.

https://docs.fluentbit.io/manual/pipeline/parsers/configuring-parser
"""

from __future__ import annotations

from fargate_lint.launch.configuration import load
from fargate_lint.launch.startup.state import Circumstances, Start
from fargate_lint.source.later import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fargate_lint.launch import onigmo
    from fargate_lint.launch.sections import Entry, Section
else:
    onigmo = later("fargate_lint.launch.onigmo")

FORMATS = frozenset({"json", "regex", "ltsv", "logfmt"})
MULTILINE = frozenset({"docker", "cri", "go", "java", "python", "ruby"})


def read(start: Start, text: str | bytes, path: str) -> list[str]:
    """Add the parsers that a file defines; what is wrong with it, as the program prints it.

    A file ends at its first fault: the parsers before it stay.
    """
    configuration = load(text, version=start.version, name=path, files=start.files)
    if not configuration.complete:
        start.parsers_known = False
    fatal = [problem.said for problem in configuration.problems if problem.fatal]
    return fatal or define(start, configuration.sections, path)


def define(start: Start, sections: Iterable[Section], path: str) -> list[str]:
    """Add the parsers of these sections; the fault at which that ends, if any."""
    sections = list(sections)
    for section in sections:
        if section.name.lower() == "parser":
            _, said = _parser(start, section, path)
            if said:
                return [said]
    for section in sections:
        if section.name.lower() == "multiline_parser":
            name = _text(start, section, "name")
            if name is None:
                start.parsers_known = False
            elif name:
                start.multiline_parsers.add(name.lower())
    return []


def faults(
    sections: Iterable[Section], path: str, version: str
) -> Iterator[tuple[Section, Entry | None, str]]:
    """All that is wrong with the parsers of a file: the section, the line, and what is printed."""
    start = Start(Circumstances(version, environment_complete=False))
    for section in sections:
        key, said = _parser(start, section, path) if section.name.lower() == "parser" else ("", "")
        if said:
            yield section, section.first(key), said


def _text(start: Start, section: Section, key: str) -> str | None:
    """A value of the section, "" when it has none, None when it is not known."""
    entry = section.first(key)
    if entry is None:
        return ""
    value = start.variables.expand(entry.value)
    return value if isinstance(value, str) else None


def _parser(start: Start, section: Section, path: str) -> tuple[str, str]:
    """Add a parser; the key of the line that is wrong with it, if it is one, and what is said."""
    name = _text(start, section, "name")
    form = _text(start, section, "format")
    regex = _text(start, section, "regex")
    if name is None or form is None or regex is None:
        start.parsers_known = False
        return "", ""
    if not name:
        return "", f"[parser] no parser 'name' found in file '{path}'"
    if not form:
        return "", f"[parser] no parser 'format' found for '{name}' in file '{path}'"
    if form == "regex" and not regex:
        return "", f"[parser] no parser 'regex' found for '{name}' in file '{path}"
    if name in start.parsers:
        return "name", f"[parser] parser named '{name}' already exists, skip."
    if form.lower() not in FORMATS:
        return "format", f"[parser:{name}] Invalid format {form}"
    if form.lower() == "regex" and onigmo.compile(regex, start.version) is None:
        return "regex", f"[parser:{name}] Invalid regex pattern {regex}"
    start.parsers.add(name)
    return "", ""


def known(start: Start, name: str) -> bool:
    """Whether the parser is defined, or may be."""
    return name in start.parsers or not start.parsers_known


def multiline_known(start: Start, name: str) -> bool:
    """Whether the multiline parser, in any case, is built in or defined, or may be."""
    lower = name.lower()
    return lower in MULTILINE or lower in start.multiline_parsers or not start.parsers_known
