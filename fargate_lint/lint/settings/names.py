"""Names of rules in a configuration file, looked up once the plugins are loaded."""

from __future__ import annotations

from fargate_lint.lint.finding import SEVERITIES
from fargate_lint.lint.settings.table import Table, kind
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.rule import Rule
    from fargate_lint.lint.settings.settings import Settings


def require_plugins(settings: Settings, loaded: set[str]) -> None:
    """Stop when a configuration names a plugin that was not known when plugins were loaded."""
    assert settings.document is not None  # noqa: S101  (it came from a file)
    table = Table(settings.document, settings.table)
    for key, names in (("modules", settings.plugin_modules), ("paths", settings.plugin_paths)):
        for index, name in enumerate(names):
            if name not in loaded:
                raise table.stop(
                    f"`{name}` is not loaded: no path on the command line is below this file",
                    "plugins",
                    key,
                    index,
                    help="name this file's folder as a path of its own, or use `--config`",
                )


def resolve(settings: Settings, registry: Registry) -> list[str]:
    """Look up the rules that a configuration names, and take in their options and severities.

    Stops at a name that no rule has, at an option that a rule hasn't, and at a wrong value. Where
    plugins are left out, names that no rule has may be theirs: they are passed over, and those
    that are selected are returned.
    """
    assert settings.document is not None  # noqa: S101  (it came from a file)
    table = Table(settings.document, settings.table)
    strange = _forget_strangers(settings, registry) if settings.withheld else []
    for key in ("select", "extend-select", "ignore", "locked"):
        for index, selector in enumerate(table.value.get(key, ())):
            if isinstance(selector, str):
                _find(settings, registry, selector, table, key, index)
    for glob, selectors in settings.per_file_ignores.items():
        for index, selector in enumerate(selectors):
            _find(settings, registry, selector, table, "per-file-ignores", glob, index)
    locked = settings.locked_rules(registry)
    for ignore in settings.ignores:
        place = Table(settings.document, ignore.place)
        meant = _find(settings, registry, ignore.rule, place, "rule")
        if all(rule.name in locked for rule in meant):
            ignore.wrong = f"`{ignore.rule}` is locked: it can't be ignored"
    if "severity" in table.value:
        take_severities(settings, registry, table.inner("severity", "[severity]"))
    if "rules" in table.value:
        take_options(settings, registry, table.inner("rules", "[rules.NAME]"))
    return strange


def _forget_strangers(settings: Settings, registry: Registry) -> list[str]:
    """Take out the names that no rule has: they may be those of rules whose plugin is left out.

    Returns those that are selected.
    """
    strange = [name for name in settings.select if not registry.knows(name)]

    def known(selectors: Iterable[str]) -> list[str]:
        return [selector for selector in selectors if registry.knows(selector)]

    settings.select = known(settings.select)
    settings.ignore = known(settings.ignore)
    settings.extend_select = known(settings.extend_select)
    settings.locked = known(settings.locked)
    settings.per_file_ignores = {
        glob: known(selectors) for glob, selectors in settings.per_file_ignores.items()
    }
    settings.ignores = [one for one in settings.ignores if registry.knows(one.rule)]
    return strange


def _find(
    settings: Settings,
    registry: Registry,
    selector: str,
    table: Table,
    *below: str | int,
    key: bool = False,
) -> list[type[Rule]]:
    try:
        return registry.find(selector)
    except Stop as stop:
        if settings.withheld:
            return []
        raise table.stop(stop.message, *below, help=stop.help, key=key) from stop


def take_severities(settings: Settings, registry: Registry, table: Table) -> None:
    """Take in `[severity]`: what names one rule counts more than a family; stops at a wrong one."""
    found = [
        (len(rules), name, rules)
        for name in table.value
        for rules in [_find(settings, registry, name, table, name, key=True)]
    ]
    for _, name, rules in sorted(found, key=lambda item: -item[0]):
        severity = settings.severities[name] = table.choice(name, SEVERITIES)
        settings.sources[f"severity.{name}"] = (*table.path, name)
        for rule in rules:
            settings.rules.setdefault(rule.name, {})["severity"] = severity


def take_options(settings: Settings, registry: Registry, table: Table) -> None:
    """Take in `[rules]`: the options of each rule, and its severity. Stops at a wrong one."""
    seen: dict[str, str] = {}
    for name in table.value:
        found = _find(settings, registry, name, table, name, key=True)
        if not found:
            continue
        if len(found) != 1:
            raise table.stop(f"`{name}` means {len(found)} rules", name, help="name one", key=True)
        rule = found[0]
        if rule.name in seen:
            message = f"`{seen[rule.name]}` and `{name}` are the same rule"
            raise table.stop(
                message, name, help=f"join their options in `[rules.{name}]`", key=True
            )
        seen[rule.name] = name
        options = table.inner(name, f"[rules.{name}]")
        options.only(("severity", *rule.options), f"rule `{rule.name}` has no option")
        for option, value in options.value.items():
            if option == "severity":
                options.choice("severity", SEVERITIES)
            else:
                _check_type(options, option, rule.options[option])
            settings.rules.setdefault(rule.name, {})[option] = value
            settings.sources[f"rules.{rule.name}.{option}"] = (*options.path, option)


def _check_type(table: Table, option: str, default: Any) -> None:
    """Stop when an option's value has another type than its default; None leaves it open."""
    value = table.value[option]
    if isinstance(default, (list, tuple)):
        if all(isinstance(item, str) for item in default):
            table.texts(option)
        elif not isinstance(value, list):
            raise table.wrong("a list", option)
    elif default is not None and kind(value) != kind(default):
        raise table.wrong(kind(default), option)
