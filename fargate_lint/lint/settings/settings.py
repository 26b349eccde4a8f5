"""What applies to a file: the configuration and the command line, put together."""

from __future__ import annotations

import os

from fargate_lint.lint.context import Context
from fargate_lint.lint.finding import rank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from fargate_lint.ecs.iam import Policy
    from fargate_lint.inputs.security_group import SecurityGroup
    from fargate_lint.lint.ignore.ignore import Ignore
    from fargate_lint.lint.registry import Entry, Registry
    from fargate_lint.lint.rule import Rule
    from fargate_lint.source.document import Document, Path


class Settings:
    """One set of settings. The defaults are those of a project without any configuration.

    `select`, `ignore` and `extend_select` hold codes, prefixes of codes, names or aliases;
    `per_file_ignores` maps a glob to such a list; `rules` maps a rule (its code, name or alias) to
    its options and `severity`; `ignores` are suppressions by place. `command_line` holds the
    settings of the command line: its selectors are added to those of the configuration, its other
    values have replaced them.
    """

    __slots__ = (
        "checked", "command_line", "document", "exclude", "execution_role_policies",
        "extend_select", "fail_on", "fluent_bit", "ignore", "ignore_labels", "ignores", "locked",
        "min_severity", "per_file_ignores", "platform", "plugin_modules", "plugin_paths",
        "policies", "profile", "require_agent", "respect_gitignore", "root", "rules",
        "security_groups", "select",
        "service", "severities", "show_suppressed", "sources", "table", "task_role_policies",
        "withheld",
    )  # fmt: skip

    def __init__(self) -> None:
        #: Whether a configuration has looked at all values.
        self.checked = False
        #: The rules that apply: codes, prefixes of codes, names or aliases.
        self.select: list[str] = ["ALL"]
        #: Rules that are left out of these.
        self.ignore: list[str] = []
        #: Rules that apply whatever `ignore` says.
        self.extend_select: list[str] = []
        #: Rules that are suppressed in files, by a glob of their names.
        self.per_file_ignores: dict[str, list[str]] = {}
        #: Options of rules, and their `severity`, by rule.
        self.rules: dict[str, dict[str, Any]] = {}
        #: Severities of rules, by selector; those in `rules` count more.
        self.severities: dict[str, str] = {}
        self.ignores: list[Ignore] = []
        #: Selectors of rules that nothing suppresses or leaves out.
        self.locked: list[str] = []
        #: Whether the labels of containers may suppress findings.
        self.ignore_labels = False
        #: Whether suppressed findings are reported too, as such.
        self.show_suppressed = False
        self.exclude: list[str] = []
        #: Whether what git ignores is left out of folders.
        self.respect_gitignore = True
        #: The severity from which `check` exits with 1, or `never`.
        self.fail_on = "warning"
        #: The severity from which findings are shown.
        self.min_severity = "warning"
        # The members of the context.
        #: The platform of Alert Logic: `mdr` or `cloud-defender`.
        self.platform: str | None = None
        #: The stage that the tasks are in: `production` or `troubleshooting`.
        self.profile = "production"
        #: Whether every task must have the agent.
        self.require_agent = False
        #: The version of Fluent Bit to assume, whatever the router's image says.
        self.fluent_bit: str | None = None
        self.service: Document | None = None
        self.task_role_policies: tuple[Policy, ...] = ()
        self.execution_role_policies: tuple[Policy, ...] = ()
        self.security_groups: tuple[SecurityGroup, ...] = ()
        self.plugin_modules: list[str] = []
        self.plugin_paths: list[str] = []
        #: Whether its plugins are left out, since nobody stands behind the configuration.
        self.withheld = False
        #: The rules that the configuration states itself (see `policy`).
        self.policies: list[type[Rule]] = []
        #: The folder that globs of the configuration are relative to; "" when they are matched
        #: with names as they are.
        self.root = ""
        #: The configuration file, None when there is none, and the path of our table in it.
        self.document: Document | None = None
        self.table: Path = ()
        #: For each setting that the file has, by the name that `--show-settings` prints: its path.
        self.sources: dict[str, Path] = {}
        self.command_line: dict[str, Any] = {}

    @property
    def floor(self) -> int:
        """The weight from which findings are shown: what makes a run fail is shown in any case."""
        return min(rank(self.min_severity), rank(self.fail_on))

    @property
    def context(self) -> Context:
        """The part of the settings that rules may ask for."""
        own = Context.__annotations__.keys() & set(self.__slots__)
        return Context({name: getattr(self, name) for name in own})

    def configured(self, rule: str) -> tuple[dict[str, Any], str]:
        """The configured options of a rule, by its name, and its severity or ""."""
        options = dict(self.rules.get(rule, ()))
        return options, options.pop("severity", "")

    def relative(self, path: str) -> str:
        """A file's path as the globs of the configuration see it: from `root`, with slashes."""
        if not self.root:
            return os.path.normpath(path).replace(os.sep, "/")
        path = os.path.abspath(path)
        root = self.root.rstrip(os.sep) + os.sep
        if not path.startswith(root):
            try:
                path = os.path.relpath(path, self.root)
            except ValueError:
                # On another drive of Windows.
                return path.replace(os.sep, "/")
        return path.removeprefix(root).replace(os.sep, "/")

    def selected(self, registry: Registry) -> list[Entry]:
        """The rules that apply, in the order of their codes. Stops at a name that no rule has."""
        own = {"select": self.select, "ignore": self.ignore, "extend_select": self.extend_select}
        chosen: set[Entry] = set()
        locked = _meant(registry, self.locked)
        for layer in (own, self.command_line):
            if "select" in layer:
                chosen = _meant(registry, layer["select"])
            chosen -= _meant(registry, layer.get("ignore", ())) - locked
            chosen |= _meant(registry, layer.get("extend_select", ()))
        own_name = self.document.name if self.document is not None else ""
        # A rule that a configuration states holds under that configuration only.
        return [
            entry
            for entry in registry.entries
            if entry in chosen and entry.configuration in {"", own_name}
        ]

    def locked_rules(self, registry: Registry) -> set[str]:
        """The names of the rules that can't be suppressed."""
        return {entry.name for entry in _meant(registry, self.locked)} if self.locked else set()


def is_version(text: str) -> bool:
    """Whether a text is a version: two or more numbers with points between them."""
    return "." in text and all(part.isdecimal() for part in text.split("."))


def _meant(registry: Registry, selectors: Iterable[str]) -> set[Entry]:
    return {entry for selector in selectors for entry in registry.meant(selector)}
