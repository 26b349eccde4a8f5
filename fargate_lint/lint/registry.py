"""All rules of all plugins, and the ways to name them."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from fargate_lint.lint.rule import NODES, Rule
from fargate_lint.lint.settings import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

BUILT_IN = "fargate_lint_rules.plugin"
GROUP = "fargate_lint"


class Registry:
    """Rules in the order of their codes. `problems` tells what could not be loaded, and why."""

    def __init__(self) -> None:
        self.rules: list[type[Rule]] = []
        self.problems: list[str] = []
        self._plugins: dict[type[Rule], str] = {}
        self._names: dict[str, type[Rule]] = {}

    def add(self, plugin: str, rules: Iterable[Any]) -> None:
        """Take in the rules of a plugin; one that is unfit or already there is a problem."""
        for rule in rules:
            wrong = self._unfit(rule)
            if wrong:
                self.problems.append(f"plugin `{plugin}`: {wrong}")
                continue
            self.rules.append(rule)
            self._plugins[rule] = plugin
            for name in (rule.code, rule.name, *rule.aliases):
                self._names[name.lower()] = rule
        self.rules.sort(key=lambda rule: rule.code)

    def _unfit(self, rule: Any) -> str:
        if not (isinstance(rule, type) and issubclass(rule, Rule)):
            return f"{rule!r} is not a subclass of fargate_lint.lint.rule.Rule"
        if not (rule.code and rule.name):
            return f"rule {rule.__name__} has no code or no name"
        for name in (rule.code, rule.name, *rule.aliases):
            if name.lower() in self._names:
                owner = self.plugin_of(self._names[name.lower()])
                return f"rule `{name}` is already defined by plugin `{owner}`"
        return ""

    def plugin_of(self, rule: type[Rule]) -> str:
        """The name of the plugin that brought the rule."""
        return self._plugins[rule]

    def named(self, name: str) -> type[Rule]:
        """The rule with this code, name or alias. Stops with a suggestion when there is none."""
        rule = self._names.get(name.lower())
        if rule is None:
            raise Stop(f"there is no rule `{name}`", self._suggestion(name))
        return rule

    def find(self, selector: str) -> list[type[Rule]]:
        """The rules that a selector means: ALL, a code, a prefix of codes, a name, or an alias."""
        if selector.upper() == "ALL":
            return self.rules
        rule = self._names.get(selector.lower())
        if rule is not None:
            return [rule]
        prefix = selector.upper()
        found = [rule for rule in self.rules if rule.code.startswith(prefix)] if prefix else []
        if not found:
            raise Stop(f"there is no rule `{selector}`", self._suggestion(selector))
        return found

    def _suggestion(self, name: str) -> str:
        from difflib import get_close_matches  # noqa: PLC0415  (only for a name nobody has)

        near = get_close_matches(name.lower(), self._names, n=1, cutoff=0.6)
        if near:
            code = self._names[near[0]].code
            return f"did you mean `{code if near[0] == code.lower() else near[0]}`?"
        return "`fargate-lint rules` lists all rules"


def checks(rules: Iterable[Rule]) -> dict[str, list[tuple[Rule, Callable[[Any], None]]]]:
    """For each kind of node, the rules that visit it with their methods."""
    found: dict[str, list[tuple[Rule, Callable[[Any], None]]]] = {node: [] for node in NODES}
    for rule in rules:
        for node in NODES:
            method = getattr(rule, "check_" + node, None)
            if method is not None:
                found[node].append((rule, method))
    return found


def load(modules: Iterable[str] = (), paths: Iterable[str] = ()) -> Registry:
    """The registry of the built-in rules, installed plugins, and those that are named here.

    Every plugin, ours too, gives its rules through the hook `fargate_lint_rules`. While ours is
    the only one there is nobody else to ask, and pluggy (half of a cold start) stays unloaded.
    """
    registry = Registry()
    paths = list(paths)
    # A folder is where to look for modules, a file is a plugin.
    sys.path[:0] = [path for path in paths if os.path.isdir(path) and path not in sys.path]
    outside = [
        *installed(),
        *((name, name) for name in modules),
        *((path, path) for path in paths if not os.path.isdir(path)),
    ]
    if outside:
        from fargate_lint.lint.plugins import ask  # noqa: PLC0415  (pluggy, only when needed)

        ask(registry, [(GROUP, BUILT_IN), *outside])
    else:
        registry.add(GROUP, import_module(BUILT_IN).fargate_lint_rules())
    return registry


def installed() -> list[tuple[str, str]]:
    """Plugins that installed distributions announce: (name, module) of the group `fargate_lint`.

    Reads entry_points.txt of each distribution on sys.path, which takes a fraction of the time of
    importing importlib.metadata.
    https://packaging.python.org/en/latest/specifications/entry-points/
    """
    found: dict[str, str] = {}
    for folder in dict.fromkeys(sys.path):
        try:
            entries = [
                entry.path
                for entry in os.scandir(folder)
                if entry.name.endswith((".dist-info", ".egg-info"))
            ]
        except OSError:
            continue
        for path in entries:
            try:
                with open(os.path.join(path, "entry_points.txt"), encoding="utf-8") as file:
                    text = file.read()
            except (OSError, UnicodeDecodeError):
                continue
            if f"[{GROUP}]" in text:
                found.update(_announced(text))
    return [(name, module) for name, module in found.items() if module != BUILT_IN]


def _announced(text: str) -> dict[str, str]:
    found = {}
    group = ""
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("["):
            group = stripped.strip("[]").strip()
        elif group == GROUP and "=" in stripped and not stripped.startswith("#"):
            name, _, module = stripped.partition("=")
            found[name.strip()] = module.strip().partition(":")[0]
    return found
