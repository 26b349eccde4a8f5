"""What applies to each path, and who says so: `check --show-settings`."""

from __future__ import annotations

import os

from fargate_lint.lint.files import STDIN
from fargate_lint.lint.settings.toml import at
from fargate_lint.report.terminal import Terminal, escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TextIO

    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.settings.configuration import Configuration
    from fargate_lint.lint.settings.settings import Settings

    Row = tuple[str, str, str]

SELECTORS = ("select", "extend-select", "ignore", "locked")
SINGLE = (
    "min-severity", "fail-on", "exclude", "respect-gitignore", "platform", "profile",
    "require-agent", "ignore-labels", "fluent-bit",
)  # fmt: skip
DEFAULT = "default"
COMMAND_LINE = "command line"
# Values that are longer push their own source to the right, not everybody's.
WIDEST = 32
NAMED = 3


def write(
    configuration: Configuration, registry: Registry, paths: Iterable[str], stream: TextIO
) -> None:
    """Write the settings that apply to `paths`, each set of them once."""
    found: dict[int, tuple[Settings, list[str]]] = {}
    for path in paths:
        applied = configuration.settings(path if os.path.isdir(path) else os.path.dirname(path))
        shown = "standard input" if path == STDIN else path
        found.setdefault(id(applied), (applied, []))[1].append(shown)
    terminal = Terminal(stream)
    for number, (applied, shared) in enumerate(found.values()):
        if number:
            stream.write("\n")
        stream.writelines(f"{line}\n" for line in _block(applied, shared, registry, terminal))


def _block(
    applied: Settings, paths: list[str], registry: Registry, terminal: Terminal
) -> Iterator[str]:
    more = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
    yield terminal.paint("strong", escape(f"Settings for {', '.join(paths[:NAMED])}{more}"))
    file = applied.document.name if applied.document is not None else "no configuration file"
    count = f"{len(applied.selected(registry))} of {len(registry.entries)} rules apply"
    yield escape(f"from {file}; {count}")
    yield ""
    rows = [(escape(name), escape(value), where) for name, value, where in _rows(applied, registry)]
    first = max(len(name) for name, _, _ in rows)
    second = max(len(value) for _, value, _ in rows if len(value) <= WIDEST)
    for name, value, where in rows:
        line = f"  {name:{first}}  {value:{second}}  {escape(where)}"
        yield terminal.paint("faint", line) if where == DEFAULT else line


def _rows(applied: Settings, registry: Registry) -> Iterator[Row]:
    for name in SELECTORS:
        attribute = name.replace("-", "_")
        added = applied.command_line.get(attribute)
        value = getattr(applied, attribute)
        if added is None or (value and name != "select"):
            # The key may be there for `[[ignore]]` alone.
            where = _source(applied, name) if value or name != "ignore" else DEFAULT
            yield name, _toml(value), where
        if added is not None:
            yield name, _toml(added), COMMAND_LINE
    for name in SINGLE:
        attribute = name.replace("-", "_")
        where = COMMAND_LINE if attribute in applied.command_line else _source(applied, name)
        yield name, _toml(getattr(applied, attribute)), where
    for glob, selectors in applied.per_file_ignores.items():
        name = f"per-file-ignores.{glob}"
        yield f"per-file-ignores.{_toml(glob)}", _toml(selectors), _source(applied, name)
    for selector, severity in applied.severities.items():
        name = f"severity.{selector}"
        yield name, _toml(severity), _source(applied, name)
    for rule in registry.rules:
        yield from _options(applied, rule.name, rule.options)
    for key, value in (
        ("plugins.modules", applied.plugin_modules),
        ("plugins.paths", applied.plugin_paths),
    ):
        yield key, _toml(value), _source(applied, key)
    for ignore in applied.ignores:
        parts = [part for part in (ignore.rule, ignore.file, ignore.path) if part]
        if ignore.until is not None:
            parts.append(f"{'expired' if ignore.expired else 'until'} {ignore.until}")
        yield "[[ignore]]", " ".join(parts), _line(at(ignore.document, ignore.place))


def _options(applied: Settings, rule: str, options: dict[str, Any]) -> Iterator[Row]:
    configured = applied.rules.get(rule, {})
    for option, default in ("severity", None), *options.items():
        name = f"rules.{rule}.{option}"
        if option != "severity" or name in applied.sources:
            yield name, _toml(configured.get(option, default)), _source(applied, name)


def _source(applied: Settings, name: str) -> str:
    path = applied.sources.get(name)
    if path is None or applied.document is None:
        return DEFAULT
    return _line(at(applied.document, path, key=True))


def _line(place: str) -> str:
    """`file:line` of `file:line:column`."""
    return place.rpartition(":")[0]


def _toml(value: Any) -> str:
    """A value as it would be written in the configuration; `-` for what TOML can't say."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_toml(key)} = {_toml(item)}' for key, item in value.items())}}}"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)
