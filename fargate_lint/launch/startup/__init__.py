"""Whether Fluent Bit starts with a configuration, and what becomes of it.

The order is the program's: the configuration is loaded and its instances are created, then
storage, inputs, filters and outputs are started one after the other. The program ends at the first
fatal problem; here all are told.
"""

from __future__ import annotations

from fargate_lint.launch import command_line, plugins
from fargate_lint.launch.files import Files
from fargate_lint.launch.problem import CRASH
from fargate_lint.launch.startup import parser_files, properties, service
from fargate_lint.launch.startup.creation import create
from fargate_lint.launch.startup.filters import start_filter
from fargate_lint.launch.startup.inputs import start_input
from fargate_lint.launch.startup.outputs import check_tls, start_output
from fargate_lint.launch.startup.state import Circumstances, Start
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.launch.configuration import Configuration
    from fargate_lint.launch.problem import Problem
    from fargate_lint.launch.sections import Section
    from fargate_lint.launch.startup.instance import Instance

__all__ = ["Circumstances", "closing", "judge", "judge_sections", "section_kind"]

#: Section names in the order in which an abbreviation is resolved, with what they are.
KINDS = (
    ("service", "service"), ("parser", "parser"), ("multiline_parser", "multiline_parser"),
    ("stream_processor", "stream_processor"), ("plugins", "plugins"),
    ("upstream_servers", "upstream_servers"), ("custom", "custom"), ("customs", "custom"),
    ("input", "input"), ("inputs", "input"), ("filter", "filter"), ("filters", "filter"),
    ("output", "output"), ("outputs", "output"),
)  # fmt: skip
# Those that nearly all sections have.
WHOLE = frozenset({"filter", "input", "output", "service"})
# Kinds that 1.9 does not know.
LATER = frozenset({"stream_processor", "plugins", "upstream_servers"})
# So many configurations without a fault are remembered: most tasks of a team have the same.
SOUND_KEPT = 256
NOT_HERE = (
    "Sections 'multiline_parser' and 'parser' are not valid in the main configuration file. "
    "It belongs to "
)


def section_kind(name: str, version: str) -> str:
    """What a section is: any beginning of a name stands for it; "" for what is passed over."""
    lower = name.lower()
    if lower in WHOLE:
        return lower
    if not lower:
        return ""
    for whole, kind in KINDS:
        if whole.startswith(lower) and not (version == "1.9.10" and kind in LATER):
            return kind
    return ""


_sound: set[object] = set()


def judge(configuration: Configuration, circumstances: Circumstances) -> list[Problem]:
    """All that is wrong with a configuration that was read, in the order of the program."""
    content = _content(configuration, circumstances)
    if content is not None and content in _sound:
        return []
    start = Start(circumstances)
    start.complete = start.complete and configuration.complete
    start.parsers_known = start.parsers_known and configuration.complete
    start.variables.settings = configuration.settings
    start.problems += configuration.problems
    parser_files.define(start, configuration.parsers, "")
    _run(start, configuration.sections, circumstances)
    if content is not None and not start.problems:
        if len(_sound) >= SOUND_KEPT:
            _sound.clear()
        _sound.add(content)
    return start.problems


def _content(configuration: Configuration, circumstances: Circumstances) -> object:
    """All that the judgement of a configuration rests on; None when that is more than its sections.

    Where a line stands, and the text of what can't be known, matter to messages only.
    """
    files = circumstances.files
    if configuration.problems or configuration.parsers or configuration.settings:
        return None
    if files.texts or files.__class__ is not Files:
        return None
    found: list[object] = [
        circumstances.version, circumstances.sure, circumstances.aws, circumstances.tables,
        circumstances.complete, configuration.complete, circumstances.environment_complete,
        files.folder, files.whole, files.complete,
        None if circumstances.go is None else tuple(circumstances.go), *circumstances.parser_files,
    ]  # fmt: skip
    for section in configuration.sections:
        found += (None, section.name)
        for entry in section.entries:
            value = entry.value
            if isinstance(value, Unknown):
                found += (entry.key, None)
            elif "${" in value:
                return None
            else:
                found += (entry.key, value)
    return tuple(found)


def judge_sections(sections: Iterable[Section], circumstances: Circumstances) -> list[Problem]:
    """All that is wrong with these sections, in the order of the program."""
    start = Start(circumstances)
    _run(start, sections, circumstances)
    return start.problems


def closing(problem: Problem, version: str) -> str:
    """The last line that the program prints when it ends for this problem, "" for none."""
    if problem.exit == 1:
        # A key of SERVICE that is refused has a last word of its own.
        if problem.entry is not None and problem.section is None:
            return ""
        return "configuration file contains errors, aborting."
    if problem.exit != 255:
        return ""
    if version == "1.9.10":
        return "[lib] backend failed"
    if problem.kind.startswith("storage"):
        return "[engine] storage creation failed"
    kind = section_kind(problem.section.name, version) if problem.section is not None else ""
    return f"[engine] {kind} initialization failed" if kind else ""


def _run(start: Start, sections: Iterable[Section], circumstances: Circumstances) -> None:
    if not start.complete:
        start.parsers_known = False
    grouped: dict[str, list[Section]] = {}
    for section in sections:
        kind = section_kind(section.name, start.version)
        grouped.setdefault(kind, []).append(section)
    for path in circumstances.parser_files:
        text = start.files.find(path)
        if isinstance(text, (str, bytes)):
            parser_files.read(start, text, path)
        elif text is not None:
            start.parsers_known = False
    _check_kinds(start, grouped)
    service.read(start, grouped.get("service", ()))
    _plugins(start, grouped)
    for section in grouped.get("custom", ()):
        _custom(start, section)
    for kind in plugins.KINDS:
        for section in grouped.get(kind, ()):
            instance = create(start, kind, section)
            if instance is not None:
                getattr(start, f"{kind}s").append(instance)
    service.check_numbers(start)
    service.check_storage(start)
    for section in grouped.get("custom", ()):
        _start_custom(start, section)
    for instance in start.inputs:
        properties.check(start, instance)
        properties.check_network(start, instance)
        properties.check_values(start, instance)
        start_input(start, instance)
    for instance in start.filters:
        if _matched(start, instance):
            properties.check(start, instance)
            properties.check_values(start, instance)
            start_filter(start, instance)
    for instance in start.outputs:
        check_tls(start, instance)
        properties.check(start, instance)
        properties.check_network(start, instance)
        properties.check_values(start, instance)
        start_output(start, instance)
    service.check_http_server(start)
    _unrouted(start)


def _check_kinds(start: Start, grouped: dict[str, list[Section]]) -> None:
    """Sections that do not belong here."""
    for kind in ("parser", "multiline_parser"):
        for section in grouped.get(kind, ()):
            if section.name.lower() == kind:
                start.fatal(
                    "section-not-here", f"[{section.name}] can't stand in the main file", NOT_HERE,
                    exit=1, help="put it into a file that `Parsers_File` of SERVICE names",
                    section=section,
                )  # fmt: skip
            elif not start.old and kind == "parser":
                # An abbreviation passes the check, and the section is taken for a parser.
                for said in parser_files.define(start, [section], ""):
                    start.fatal("section-not-here", "the parser is refused", said, exit=1)
    for section in grouped.get("", ()):
        suggestion = start.suggest(section.name, [whole for whole, _ in KINDS]).upper()
        start.warning(
            "unknown-section", f"the section [{section.name}] is passed over with all its keys",
            loss=bool(suggestion), help=f"did you mean [{suggestion}]?" if suggestion else "",
            section=section, suggestion=suggestion,
        )  # fmt: skip


def _custom(start: Start, section: Section) -> None:
    """There is one plugin for sections of this kind."""
    entry = section.first("name")
    if entry is None:
        start.fatal(
            "missing-name", f"the section [{section.name}] has no `Name`",
            "[config] section 'custom' is missing the 'name' property", exit=1, section=section,
        )  # fmt: skip
        return
    name = start.expand(entry.value, section, entry)
    if not isinstance(name, str) or name.lower() == command_line.CUSTOM or not start.sure:
        return
    word = "don't exists" if start.old else "doesn't exist"
    start.fatal(
        "unknown-plugin", f"there is no custom plugin `{name}`",
        f"[config] section '{entry.text}' tried to instance a plugin name that {word}", exit=1,
        section=section, entry=entry,
    )  # fmt: skip


def _start_custom(start: Start, section: Section) -> None:
    """The plugin for these sections wants a key."""
    name = section.first("name")
    if name is None or str(start.expand(name.value)).lower() != command_line.CUSTOM:
        return
    if section.first("api_key") is None and start.complete:
        start.fatal(
            "missing-option", f"`{command_line.CUSTOM}` wants an `api_key`",
            "configuration 'api_key' is missing", section=section,
        )  # fmt: skip


def _plugins(start: Start, grouped: dict[str, list[Section]]) -> None:
    """Newer versions load each key of a [PLUGINS] section as if it were a library."""
    for section in grouped.get("plugins", ()):
        for entry in section.entries:
            key = entry.key.lower()
            start.fatal(
                "plugins-not-here", f"`{entry.key}` is taken for a library, not its value",
                f"[proxy] error opening plugin {key}: '{key}: cannot open shared object file: No "
                "such file or directory'",
                exit=CRASH if start.new else 1,
                help="put [PLUGINS] into a file that `Plugins_File` of SERVICE names",
                section=section, entry=entry,
            )  # fmt: skip
            return


def _matched(start: Start, instance: Instance) -> bool:
    """Whether a filter has a Match; without one it is not even looked at."""
    if "match" in instance.core or instance.match_regex:
        return True
    said = f"[filter] NO match rule for {instance.name} filter instance, unloading."
    message = f"the filter `{instance.plugin.name}` has no `Match`"
    advice = "add `Match *`, or the tags it is for"
    if start.old:
        start.warning(
            "filter-without-match", f"{message}: it is not used", said, help=advice,
            section=instance.section,
        )  # fmt: skip
    else:
        start.fatal("filter-without-match", message, said, help=advice, section=instance.section)
    return False


def _unrouted(start: Start) -> None:
    """Outputs without a Match: one that is alone with one input gets everything."""
    inputs = len(start.inputs) + sum(start.emitters.values()) + start.unnamed
    inputs += 1 if start.storage_path else 0
    for instance in start.outputs:
        if "match" in instance.core or instance.match_regex:
            continue
        alone = inputs <= 1 and len(start.outputs) == 1
        if alone and (inputs == 1 or not start.complete):
            continue
        start.warning(
            "output-without-match", f"the output `{instance.plugin.name}` has no `Match`",
            f"[router] NO match for {instance.name} output instance", loss=True,
            help="add `Match *`, or the tags it is for", section=instance.section,
        )  # fmt: skip
