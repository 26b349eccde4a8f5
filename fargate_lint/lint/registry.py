"""All rules of all plugins, and the ways to name them."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from fargate_lint.inputs import shapes
from fargate_lint.lint.rule import NODES, Rule
from fargate_lint.source.similar import similar
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from fargate_lint.data.private import ImageAlias, PrivatePlugin, Tables
    from fargate_lint.ecs.task import Task
    from fargate_lint.inputs.cloudformation.template import Given
    from fargate_lint.source.document import Document

BUILT_IN = "fargate_lint_rules.plugin"
GROUP = "fargate_lint"


class Entry:
    """A rule in the registry: what has to be known of it before it is loaded.

    A plugin may give entries instead of classes, so that only what is needed is imported: `module`
    and `attribute` then say where the class is. `nodes` are those that it visits; `members`,
    `only_if_problems`, `alert_logic` and `inputs` are as in the class.
    """

    __slots__ = (
        "_rule", "alert_logic", "aliases", "attribute", "code", "configuration", "inputs",
        "members", "module", "name", "nodes", "only_if_problems", "plugin", "severity",
    )  # fmt: skip

    def __init__(
        self,
        module: str,
        attribute: str,
        code: str,
        name: str,
        aliases: tuple[str, ...],
        severity: str,
        nodes: tuple[str, ...],
        members: tuple[str, ...],
        only_if_problems: bool,
        alert_logic: bool,
        inputs: tuple[str, ...],
    ) -> None:
        self.module = module
        self.attribute = attribute
        self.code = code
        self.name = name
        self.aliases = aliases
        self.severity = severity
        self.nodes = nodes
        self.members = frozenset(members)
        self.only_if_problems = only_if_problems
        self.alert_logic = alert_logic
        self.inputs = inputs
        self.plugin = ""
        #: The name of the configuration file that states the rule, "" for rules of plugins.
        self.configuration = ""
        self._rule: type[Rule] | None = None

    @classmethod
    def of(cls, rule: type[Rule]) -> Entry:
        """The entry of a class that is loaded."""
        nodes = tuple(node for node in NODES if hasattr(rule, "check_" + node))
        made = cls(
            rule.__module__, rule.__qualname__, rule.code, rule.name, tuple(rule.aliases),
            rule.severity, nodes, tuple(rule.members), rule.only_if_problems, rule.alert_logic,
            tuple(rule.inputs),
        )  # fmt: skip
        made._rule = rule
        return made

    @property
    def rule(self) -> type[Rule]:
        """The class, imported when it is first asked for."""
        if self._rule is None:
            self._rule = getattr(import_module(self.module), self.attribute)
        return self._rule

    def __repr__(self) -> str:
        return f"Entry({self.code!r}, {self.name!r})"


class Registry:
    """Rules in the order of their codes. `problems` tells what could not be loaded, and why."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.problems: list[str] = []
        #: The packages and modules that plugins' code is in.
        self.modules: list[str] = []
        #: Signatures of lines that plugins bring, each with the plugin's name.
        self.signatures: list[tuple[str, Any]] = []
        #: Shapes of files that plugins read, beside those that everybody has.
        self.shapes: list[shapes.Shape] = []
        #: Output formats that plugins bring, each with the plugin's name.
        self.formats: list[tuple[str, Any]] = []
        #: Private images and plugins of Fluent Bit, None where no plugin brings any.
        self.tables: Tables | None = None
        #: What is known of the stacks of templates, None where nobody said anything.
        self.given: Given | None = None
        #: The address of the definition that is meant, of several in a template; "" for all.
        self.address = ""
        self._private: list[PrivatePlugin | ImageAlias] = []
        self._names: dict[str, Entry] = {}

    @property
    def rules(self) -> list[type[Rule]]:
        """All rules, loaded."""
        return [entry.rule for entry in self.entries]

    def add(self, plugin: str, rules: Iterable[Any], *, configuration: str = "") -> None:
        """Take in a plugin's rules or entries; one that is unfit or there already is a problem.

        `configuration` is the file that states them, where it is no plugin's.
        """
        for rule in rules:
            if isinstance(rule, type) and issubclass(rule, Rule):
                entry = Entry.of(rule)
            elif isinstance(rule, Entry):
                entry = rule
            else:
                self.refuse(plugin, f"{rule!r} is not a subclass of fargate_lint.lint.rule.Rule")
                continue
            wrong = self._unfit(entry)
            if wrong:
                self.refuse(plugin, wrong)
                continue
            entry.plugin = plugin
            entry.configuration = configuration
            self.entries.append(entry)
            for name in (entry.code, entry.name, *entry.aliases):
                self._names[name.lower()] = entry
        self.entries.sort(key=lambda entry: entry.code)

    def add_signatures(self, plugin: str, signatures: Iterable[Any]) -> None:
        """Take in the signatures of a plugin; a diagnosis judges whether they are fit."""
        self.signatures += [(plugin, signature) for signature in signatures]

    def add_formats(self, plugin: str, formats: Iterable[Any]) -> None:
        """Take in the output formats of a plugin; `report` judges whether they are fit."""
        self.formats += [(plugin, each) for each in formats]

    def add_shapes(self, plugin: str, given: Iterable[Any]) -> None:
        """Take in the shapes of files that a plugin reads; one that is unfit is a problem."""
        for shape in given:
            if isinstance(shape, shapes.Shape):
                shape.plugin = plugin
                self.shapes.append(shape)
            else:
                self.refuse(plugin, f"{shape!r} is not a fargate_lint.inputs.shapes.Shape")

    def add_tables(self, plugin: str, entries: Iterable[Any]) -> None:
        """Take in what a plugin says of private images and plugins; what is unfit is a problem."""
        from fargate_lint.data import private  # noqa: PLC0415  (only for plugins)

        for entry in entries:
            if isinstance(entry, (private.PrivatePlugin, private.ImageAlias)):
                self._private.append(entry)
            else:
                known = "PrivatePlugin or ImageAlias of fargate_lint.data.private"
                self.refuse(plugin, f"{entry!r} is not a {known}")
        self.tables = private.Tables(self._private) if self._private else None

    def tasks(self, document: Document, *, beside: bool = False) -> list[Task]:
        """The tasks that a document defines, also in shapes of plugins.

        With `beside`, files are read that CDK has written beside a template.
        """
        found = shapes.tasks(document, self.shapes, self.tables, self.given, beside=beside)
        if not self.address:
            return found
        return [task for task in found if task.definition.address in {"", self.address}]

    def refuse(self, plugin: str, why: str) -> None:
        """Note that something of a plugin can't be taken in."""
        self.problems.append(f"plugin `{plugin}`: {why}")

    def _unfit(self, entry: Entry) -> str:
        if not (entry.code and entry.name):
            return f"rule {entry.attribute} has no code or no name"
        for name in (entry.code, entry.name, *entry.aliases):
            taken = self._names.get(name.lower())
            if taken is not None:
                return f"rule `{name}` is already defined by plugin `{taken.plugin}`"
        return ""

    def plugin_of(self, rule: type[Rule]) -> str:
        """The name of the plugin that brought the rule."""
        return self._names[rule.code.lower()].plugin

    def named(self, name: str) -> type[Rule]:
        """The rule with this code, name or alias. Stops with a suggestion when there is none."""
        entry = self._names.get(name.lower())
        if entry is None:
            raise Stop(f"there is no rule `{name}`", self._suggestion(name))
        return entry.rule

    def find(self, selector: str) -> list[type[Rule]]:
        """The rules that a selector means, loaded. Stops when it means none."""
        return [entry.rule for entry in self.meant(selector)]

    def meant(self, selector: str) -> list[Entry]:
        """What a selector means: ALL, a code, a prefix of codes, a name, or an alias.

        Stops with a suggestion when it means no rule.
        """
        found = self._meant(selector)
        if not found:
            raise Stop(f"there is no rule `{selector}`", self._suggestion(selector))
        return found

    def _meant(self, selector: str) -> list[Entry]:
        if selector.upper() == "ALL":
            return self.entries
        entry = self._names.get(selector.lower())
        if entry is not None:
            return [entry]
        prefix = selector.upper()
        return [entry for entry in self.entries if entry.code.startswith(prefix)] if prefix else []

    def knows(self, selector: str) -> bool:
        """Whether a selector means a rule."""
        return bool(self._meant(selector))

    def names(self, selector: str) -> set[str]:
        """The names of the rules that a selector means. Stops when it means none."""
        return {entry.name for entry in self.meant(selector)}

    def _suggestion(self, name: str) -> str:
        near = similar(name.lower(), self._names, 0.6)
        if near:
            code = self._names[near].code
            return f"did you mean `{code if near == code.lower() else near}`?"
        return "`fargate-lint rules` lists all rules"


def load(
    modules: Iterable[str] = (), paths: Iterable[str] = (), *, only_ours: bool = False
) -> Registry:
    """The registry of the built-in rules and, but for `only_ours`, of installed plugins and those
    that are named here.

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
    if outside and not only_ours:
        from fargate_lint.lint.plugins import ask, asked  # noqa: PLC0415  (pluggy, only when needed)

        take: dict[str, Callable[[str, Iterable[Any]], None]] = {
            "rules": registry.add,
            "signatures": registry.add_signatures,
            "inputs": registry.add_shapes,
            "reports": registry.add_formats,
            "tables": registry.add_tables,
        }
        for hook, plugin, given in ask([(GROUP, BUILT_IN), *outside], registry.problems):
            take[hook](plugin, given)
        registry.modules = [*asked]
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
    ours = False
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("["):
            ours = stripped == f"[{GROUP}]"
        elif ours and "=" in stripped and not stripped.startswith("#"):
            name, _, module = stripped.partition("=")
            found[name.strip()] = module.partition("[")[0].partition(":")[0].strip()
    return found
