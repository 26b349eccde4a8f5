"""Settings that a program made, checked as those of a configuration file are."""

from __future__ import annotations

from copy import copy

from fargate_lint.lint.ignore.ignore import Ignore
from fargate_lint.lint.settings import names
from fargate_lint.lint.settings.keys import CHOICES, FLAGS, LISTS
from fargate_lint.lint.settings.settings import Settings, is_version
from fargate_lint.lint.settings.table import Table
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.lint.registry import Registry


class Made(Table):
    """A table that stands in no file: what is wrong in it has no line."""

    __slots__ = ()

    def __init__(self, value: dict[str, Any]) -> None:
        self.path = ()
        self.value = {
            key: list(item) if isinstance(item, (tuple, set, frozenset)) else item
            for key, item in value.items()
        }

    def stop(self, message: str, *_: str | int, help: str = "", key: bool = False) -> Stop:  # noqa: A002, ARG002  (as of a file)
        """The error for something below the table."""
        return Stop(message, help)

    def inner(self, key: str, _: str = "") -> Made:
        """The table below a key."""
        if not isinstance(self.value[key], dict):
            raise self.wrong("a dict", key)
        return Made(self.value[key])


def checked(settings: Settings, registry: Registry) -> Settings:
    """The settings, with `rules` and `severities` by the names of rules, as rules are asked.

    Stops at a name that no rule has, and at a value that no configuration could have.
    """
    table = Made({name: getattr(settings, name) for name in Settings.__slots__})
    for key in (*LISTS, "ignore"):
        table.texts(key.replace("-", "_"))
    for key in (*FLAGS, "show_suppressed"):
        table.flag(key.replace("-", "_"))
    for key, words in CHOICES.items():
        name = key.replace("-", "_")
        if table.value[name] is not None or name != "platform":
            table.choice(name, words)
    if table.value["fluent_bit"] is not None and not is_version(table.text("fluent_bit")):
        raise Stop(f"`{settings.fluent_bit}` is no version", "write `1.9.10`")
    for index, ignore in enumerate(settings.ignores):
        if not isinstance(ignore, Ignore):
            raise table.wrong("suppressions", "ignores", index)
    globs = table.inner("per_file_ignores")
    for glob in globs.value:
        for selector in globs.texts(glob):
            registry.meant(selector)
    severities, rules = table.inner("severities"), table.inner("rules")
    if not (severities.value or rules.value):
        return settings
    made = copy(settings)
    made.rules, made.severities, made.sources = {}, {}, {}
    names.take_severities(made, registry, severities)
    names.take_options(made, registry, rules)
    return made
