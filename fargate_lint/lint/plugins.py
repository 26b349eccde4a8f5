"""Asking all plugins for what they give, through pluggy, each on its own."""

from __future__ import annotations

import importlib.util
import os
import sys
from importlib import import_module
from typing import cast

import pluggy

from fargate_lint.lint import hookspecs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType
    from typing import Any

    from fargate_lint.lint.registry import Registry

PREFIX = "fargate_lint_"


class Manager(pluggy.PluginManager):
    """A plugin manager that takes a function named like a hook for its implementation."""

    def parse_hookimpl_opts(self, plugin: Any, name: str) -> Any:
        """The options of a hook's implementation, or None when `name` is not one."""
        options = super().parse_hookimpl_opts(plugin, name)
        if options is None and name.startswith(PREFIX) and callable(getattr(plugin, name)):
            return {}
        return options


def ask(registry: Registry, plugins: Iterable[tuple[str, str]]) -> None:
    """Ask each plugin (its name and its module, or the path of a .py file) for what it gives.

    One that can't be imported, is no plugin or fails is a problem of the registry that names it.
    """
    manager = Manager("fargate_lint")
    manager.add_hookspecs(hookspecs)
    for name, module in plugins:
        try:
            manager.register(_imported(module), name=name)
        except Exception as error:  # noqa: BLE001  (whatever a stranger's module does)
            registry.problems.append(f"plugin `{name}` can't be loaded: {_words(error)}")
    manager.check_pending()
    for hook, take in (
        (manager.hook.fargate_lint_rules, registry.add),
        (manager.hook.fargate_lint_signatures, registry.add_signatures),
        (manager.hook.fargate_lint_inputs, registry.add_shapes),
    ):
        for implementation in hook.get_hookimpls():
            give = cast("Callable[[], Iterable[Any]]", implementation.function)
            try:
                given = list(give())
            except Exception as error:  # noqa: BLE001  (whatever a stranger's module does)
                registry.problems.append(
                    f"plugin `{implementation.plugin_name}` failed: {_words(error)}"
                )
            else:
                take(implementation.plugin_name, given)


def _imported(module: str) -> ModuleType:
    if not module.endswith(".py"):
        return import_module(module)
    name = "fargate_lint_plugin_" + os.path.basename(module)[:-3].replace("-", "_")
    spec = importlib.util.spec_from_file_location(name, module)
    if spec is None or spec.loader is None:
        raise ImportError(f"`{module}` is no Python file")
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    spec.loader.exec_module(loaded)
    return loaded


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
