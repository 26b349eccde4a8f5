"""The plugins of a run: code of configurations that the user stands behind, and of no others."""

from __future__ import annotations

from fargate_lint.commands.streams import remark, warn
from fargate_lint.lint import registry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.settings.configuration import Configuration


def load(configuration: Configuration, paths: Iterable[str]) -> Registry:
    """The rules for a run over `paths`, those of plugins too; what is wrong is said."""
    known = registry.load(*configuration.plugins(paths), only_ours=configuration.only_ours)
    say_problems(known, configuration)
    return known


def say_problems(known: Registry, configuration: Configuration) -> None:
    """Say on standard error what is wrong with plugins, and which were not loaded."""
    for problem in known.problems:
        warn(problem)
    say_withheld(configuration)


def say_withheld(configuration: Configuration) -> None:
    """Say on standard error whose plugins were not loaded, since this was said last."""
    for name in configuration.withheld:
        remark(
            f"the plugins that `{name}` names were not loaded: they are code, and the file may "
            "have come with what is read here; if you trust it, add --plugins"
        )
    configuration.withheld.clear()
