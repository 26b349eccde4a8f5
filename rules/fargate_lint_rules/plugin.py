"""The hook through which the built-in rules are given, as those of any plugin are."""

from __future__ import annotations

import os
from importlib import import_module

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = os.path.dirname(__file__)


def fargate_lint_rules() -> list[type[Rule]]:
    """The rules of all families: one is in force once its file is in a family's folder."""
    return [
        value
        for module in _modules()
        for value in vars(import_module(module)).values()
        if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module
    ]


def _modules() -> Iterator[str]:
    for family in sorted(os.listdir(HERE)):
        folder = os.path.join(HERE, family)
        if family.startswith("_") or not os.path.isdir(folder):
            continue
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py") and not name.startswith("_"):
                yield f"fargate_lint_rules.{family}.{name[:-3]}"
