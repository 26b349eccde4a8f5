"""The hook through which the built-in rules are given, as those of any plugin are."""

from __future__ import annotations

import os
from importlib import import_module

from fargate_lint.lint.registry import Entry
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PACKAGE = "fargate_lint_rules"
HERE = os.path.dirname(__file__)


def fargate_lint_rules() -> Iterable[Entry | type[Rule]]:
    """Every rule of every family: one is in force once its file is in a family's folder.

    The index tells what has to be known of a rule before it is loaded. While somebody is adding
    rules it is behind, and all are loaded.
    """
    from fargate_lint_rules import index  # noqa: PLC0415  (it may not be there yet)

    if {f"{PACKAGE}.{module}" for module in modules()} == {row[0] for row in index.ROWS}:
        return [Entry(*row) for row in index.ROWS]
    return rules()


def rules() -> list[type[Rule]]:
    """All rules, loaded."""
    return [
        value
        for module in modules()
        for value in vars(import_module(f"{PACKAGE}.{module}")).values()
        if isinstance(value, type)
        and issubclass(value, Rule)
        and value.__module__ == f"{PACKAGE}.{module}"
    ]


def modules() -> Iterator[str]:
    """The modules with rules, as `family.name`; those that begin with `_` are shared by rules."""
    for family in sorted(os.listdir(HERE)):
        folder = os.path.join(HERE, family)
        if family.startswith("_") or "." in family or not os.path.isdir(folder):
            continue
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py") and not name.startswith("_"):
                yield f"{family}.{name[:-3]}"
