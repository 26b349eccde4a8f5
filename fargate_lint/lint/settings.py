"""What applies to a file: the configuration and the command line, put together."""

from __future__ import annotations

from fargate_lint.lint.finding import SEVERITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.rule import Rule

PLATFORMS = ("mdr", "cloud-defender")
PROFILES = ("production", "troubleshooting")


class Stop(Exception):
    """Something the user has to put right before we can go on: usage or configuration (exit 2)."""

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002  (the word for it)
        super().__init__(message)
        self.message = message
        self.help = help


class Settings:
    """One set of settings. The defaults are those of a project without any configuration.

    `select`, `ignore` and `extend_select` hold codes, prefixes of codes, names or aliases;
    `per_file_ignores` maps a glob to such a list; `rules` maps a rule's name to its options and
    `severity`; `ignores` are suppressions by place; `sources` tells for each setting where its
    value comes from.
    """

    __slots__ = (
        "exclude", "extend_select", "fail_on", "fluent_bit", "ignore", "ignores", "min_severity",
        "per_file_ignores", "platform", "plugin_modules", "plugin_paths", "profile",
        "require_agent", "root", "rules", "select", "sources",
    )  # fmt: skip

    def __init__(self) -> None:
        self.select: list[str] = ["ALL"]
        self.ignore: list[str] = []
        self.extend_select: list[str] = []
        self.per_file_ignores: dict[str, list[str]] = {}
        self.rules: dict[str, dict[str, Any]] = {}
        self.ignores: list[dict[str, Any]] = []
        self.exclude: list[str] = []
        self.fail_on = "warning"
        self.min_severity = "warning"
        self.platform: str | None = None
        self.profile = "production"
        self.require_agent = False
        self.fluent_bit: str | None = None
        self.plugin_modules: list[str] = []
        self.plugin_paths: list[str] = []
        #: The folder that globs of the configuration are relative to.
        self.root = ""
        self.sources: dict[str, str] = {}

    def options_of(self, rule: Rule) -> dict[str, Any]:
        """The configured options of a rule, without its severity."""
        configured = self.rules.get(rule.name)
        if not configured:
            return {}
        return {key: value for key, value in configured.items() if key != "severity"}

    def severity_of(self, rule: Rule) -> str:
        """The configured severity of a rule, or ""."""
        configured = self.rules.get(rule.name)
        severity = configured.get("severity", "") if configured else ""
        return severity if severity in SEVERITIES else ""

    def selected(self, registry: Registry) -> list[type[Rule]]:
        """The rules that apply, in the order of their codes. Stops at a name that no rule has."""
        chosen = {
            rule
            for selector in (*self.select, *self.extend_select)
            for rule in registry.find(selector)
        }
        dropped = {rule for selector in self.ignore for rule in registry.find(selector)}
        dropped -= {rule for selector in self.extend_select for rule in registry.find(selector)}
        return [rule for rule in registry.rules if rule in chosen and rule not in dropped]
