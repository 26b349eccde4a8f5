"""`fargate-lint check --show-settings`: what applies to each path, and who says so."""

from __future__ import annotations

import os

from fargate_lint.lint.files import STDIN
from fargate_lint.lint.toml import at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from fargate_lint.lint.configuration import Configuration
    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.settings import Settings

    Line = tuple[str, str, str]

SELECTORS = ("select", "extend-select", "ignore")
SINGLE = (
    "min-severity", "fail-on", "exclude", "platform", "profile", "require-agent", "fluent-bit",
)  # fmt: skip
DEFAULT = "default"
COMMAND_LINE = "command line"


def settings(configuration: Configuration, registry: Registry, paths: Iterable[str]) -> int:
    """Print the settings that apply to `paths`, each set of them once; the exit status."""
    found: dict[int, tuple[Settings, list[str]]] = {}
    for path in paths:
        applied = configuration.settings(path if os.path.isdir(path) else os.path.dirname(path))
        shown = "standard input" if path == STDIN else f"`{path}`"
        found.setdefault(id(applied), (applied, []))[1].append(shown)
    print("\n\n".join(_text(*item, registry) for item in found.values()))  # noqa: T201
    return 0


def _text(applied: Settings, paths: list[str], registry: Registry) -> str:
    file = applied.document.name if applied.document else "no configuration file"
    head = f"{', '.join(paths[:3])}{f' and {len(paths) - 3} more' if paths[3:] else ''}: {file}"
    lines = list(_lines(applied, registry))
    widths = [max(len(line[column]) for line in lines) for column in (0, 1)]
    rows = [
        f"  {name:{widths[0]}}  {value:{min(widths[1], 40)}}  {source}"
        for name, value, source in lines
    ]
    count = f"  {len(applied.selected(registry))} of {len(registry.rules)} rules apply"
    return "\n".join([head, "", *rows, "", count])


def _lines(applied: Settings, registry: Registry) -> Iterator[Line]:
    for name in SELECTORS:
        attribute = name.replace("-", "_")
        more = applied.command_line.get(attribute)
        if more is None or name != "select":
            yield name, _toml(getattr(applied, attribute)), _source(applied, name)
        if more is not None:
            yield name, _toml(more), COMMAND_LINE
    for name in SINGLE:
        yield name, _toml(getattr(applied, name.replace("-", "_"))), _source(applied, name)
    for glob, selectors in applied.per_file_ignores.items():
        name = f"per-file-ignores.{glob}"
        yield f"per-file-ignores.{_toml(glob)}", _toml(selectors), _source(applied, name)
    for rule in registry.rules:
        configured = applied.rules.get(rule.name, {})
        if "severity" in configured:
            name = f"rules.{rule.name}.severity"
            yield name, _toml(configured["severity"]), _source(applied, name)
        for option, default in rule.options.items():
            name = f"rules.{rule.name}.{option}"
            yield name, _toml(configured.get(option, default)), _source(applied, name)
    for name, value in (
        ("plugins.modules", applied.plugin_modules),
        ("plugins.paths", applied.plugin_paths),
    ):
        yield name, _toml(value), _source(applied, name)
    for ignore in applied.ignores:
        parts = [ignore.rule, *(part for part in (ignore.file, ignore.path) if part)]
        if ignore.until:
            parts.append(f"{'expired' if ignore.expired else 'until'} {ignore.until}")
        where = at(ignore.document, ignore.place).rpartition(":")[0]
        yield "[[ignore]]", " ".join(parts), where


def _source(applied: Settings, name: str) -> str:
    if name.replace("-", "_") in applied.command_line and name not in SELECTORS:
        return COMMAND_LINE
    path = applied.sources.get(name)
    if path is None or applied.document is None:
        return DEFAULT
    return at(applied.document, path, key=True).rpartition(":")[0]


def _toml(value: Any) -> str:
    """A value as it would be written in the configuration."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {_toml(item)}' for key, item in value.items())}}}"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)
