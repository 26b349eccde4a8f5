"""Asking all plugins for what they give, through pluggy, each on its own."""

from __future__ import annotations

import importlib.util
import os
import sys
from importlib import import_module
from typing import Any, cast

import pluggy

from fargate_lint.lint import hookspecs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import ModuleType

PREFIX = "fargate_lint_"
HOOKS = ("rules", "signatures", "inputs", "reports", "tables")
#: The package of the built-in rules, a plugin too.
OURS = "fargate_lint_rules"
#: The plugins that were asked, by the first part of their modules' names.
asked: dict[str, str] = {}


class Manager(pluggy.PluginManager):
    """A plugin manager that takes a function named like a hook for its implementation."""

    def parse_hookimpl_opts(self, plugin: Any, name: str) -> Any:
        """The options of a hook's implementation, or None when `name` is not one."""
        options = super().parse_hookimpl_opts(plugin, name)
        if options is None and name.startswith(PREFIX) and callable(getattr(plugin, name)):
            return {}
        return options


def ask(
    plugins: Iterable[tuple[str, str]], problems: list[str]
) -> Iterator[tuple[str, str, list[Any]]]:
    """What each plugin (its name and its module, or the path of a .py file) gives.

    Yields the hook, the plugin and what it gives through it. Adds to `problems` a sentence on each
    plugin that can't be imported, has a hook that there isn't, or fails.
    """
    manager = Manager("fargate_lint")
    manager.add_hookspecs(hookspecs)
    for name, module in plugins:
        try:
            loaded = _imported(module)
            manager.register(loaded, name=name)
            asked[loaded.__name__.partition(".")[0]] = name
        except Exception as error:  # noqa: BLE001  (whatever a stranger's module does)
            problems.append(f"plugin `{name}` can't be loaded: {_words(error)}")
    for name, hook in vars(manager.hook).items():
        problems += [
            f"plugin `{stray.plugin_name}`: there is no hook `{name}`"
            for stray in ([] if hook.has_spec() else hook.get_hookimpls())
        ]
    for hook in HOOKS:
        for implementation in getattr(manager.hook, PREFIX + hook).get_hookimpls():
            give = cast("Callable[[], Iterable[Any]]", implementation.function)
            try:
                given = list(give())
            except Exception as error:  # noqa: BLE001  (whatever a stranger's module does)
                problems.append(f"plugin `{implementation.plugin_name}` failed: {_words(error)}")
            else:
                yield hook, implementation.plugin_name, given


def culprit(error: BaseException) -> str:
    """The plugin in whose code an error was raised, "" for an error of ours."""
    found = ""
    trace = error.__traceback__
    while trace is not None:
        package = str(trace.tb_frame.f_globals.get("__name__")).partition(".")[0]
        if package != OURS:
            found = asked.get(package, found)
        trace = trace.tb_next
    return found


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
