"""Which configuration applies to a file: the nearest one at or above its folder."""

from __future__ import annotations

import os
import re

from fargate_lint.lint.globs import glob_pattern
from fargate_lint.lint.settings.settings import Settings, is_version
from fargate_lint.source.patterns import lazily
from fargate_lint.source.read import content
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from fargate_lint.lint.registry import Registry
    from fargate_lint.source.document import Document

OWN = "fargate-lint.toml"
SHARED = "pyproject.toml"
#: Where our settings stand in a pyproject.toml.
TABLE = ("tool", "fargate-lint")
# A pyproject.toml that says nothing about us is never parsed: this is the question to its bytes.
OURS = lazily(
    rb"""^[ \t]*(?:\[+[ \t]*tool[ \t]*\.[ \t]*|(?:tool[ \t]*\.[ \t]*)?)["']?fargate-lint["']?"""
    rb"""[ \t]*(?:[\].]|=[ \t]*\{)""",
    re.MULTILINE,
)


class Configuration:
    """The settings of every folder, each configuration file read once.

    `overrides` are what the command line says, by the names of Settings. `file` is a configuration
    for all files, and `isolated` says that there is none. Stops at a configuration that is wrong.

    Plugins are code, and a configuration may have come with what is to be checked. `trust` says
    whose plugins are loaded besides those of `file`: those of the configurations in the folder
    where the program was started and `above` it, of `all`, or of `none`. With `only_ours` no
    plugins are loaded at all. Names that no rule has are passed over where plugins are left out;
    Stops when no rule is left then, unless a stranger's configuration (`none`) says so.
    """

    def __init__(
        self,
        overrides: dict[str, Any],
        *,
        file: str | None = None,
        isolated: bool = False,
        trust: str = "above",
        only_ours: bool = False,
    ) -> None:
        if file is not None and isolated:
            raise Stop("`--config` and `--isolated` exclude each other")
        fluent_bit = overrides.get("fluent_bit")
        if fluent_bit is not None and not is_version(fluent_bit):
            raise Stop(f"`{fluent_bit}` is no version", "write `--fluent-bit 1.9.10`")
        self._overrides = overrides
        self._trust = "all" if file is not None else trust
        self.only_ours = only_ours
        #: Names on the command line that no rule has, where plugins are left out.
        self._strange: list[str] = []
        self._registry: Registry | None = None
        self._plugins: set[str] = set()
        #: The configuration files whose plugins were left out, and nobody was told yet.
        self.withheld: list[str] = []
        self._of_folder: dict[str, Settings] = {}
        self._from_files: list[Settings] = []
        self._excluded: dict[int, list[re.Pattern[str]]] = {}
        self._default = self._override(Settings())
        #: What applies in all folders, when none is asked.
        self._everywhere = self._default if isolated else None
        if file is not None:
            self._everywhere = self._read(file)
            if self._everywhere is None:
                raise Stop(f"`{file}` has no `[{'.'.join(TABLE)}]`")

    def settings(self, folder: str) -> Settings:
        """What applies to the files of a folder; the same object for the same configuration."""
        if self._everywhere is not None:
            return self._everywhere
        found = self._of_folder.get(folder)
        if found is None:
            found = self._of_folder[folder] = self._nearest(os.path.abspath(folder))
        return found

    def _nearest(self, folder: str) -> Settings:
        passed = []
        found = self._of_folder.get(folder)
        while found is None:
            passed.append(folder)
            parent = os.path.dirname(folder)
            found = self._in_folder(folder)
            if found is None:
                found = self._default if parent == folder else self._of_folder.get(parent)
            folder = parent
        for each in passed:
            self._of_folder[each] = found
        return found

    def _in_folder(self, folder: str) -> Settings | None:
        for name in (OWN, SHARED):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                found = self._read(path)
                if found is not None:
                    return found
        return None

    def _read(self, path: str) -> Settings | None:
        """The settings that a file holds; None for a pyproject.toml without our table."""
        data = content(path, _shown(path))
        shared = os.path.basename(path) == SHARED
        if shared and not OURS.search(data):
            return None
        from fargate_lint.lint.settings import keys, toml  # noqa: PLC0415  (most runs have no configuration)

        document = toml.parse(_shown(path), data)
        if shared and not keys.present(document, TABLE):
            return None
        settings = Settings()
        settings.root = os.path.dirname(os.path.abspath(path))
        keys.read(settings, document, TABLE if shared else ())
        if settings.plugin_modules or settings.plugin_paths:
            settings.withheld = self.only_ours or not self._is_trusted(settings.root)
        if settings.withheld and not self.only_ours:
            self.withheld.append(document.name)
        self._from_files.append(self._override(settings))
        if self._registry is not None:
            _define(settings, self._registry)
            self._validate(settings, self._registry)
        return settings

    def _override(self, settings: Settings) -> Settings:
        settings.checked = True
        settings.command_line = self._overrides
        for name, value in self._overrides.items():
            if not isinstance(value, list):
                setattr(settings, name, value)
        return settings

    def plugins(self, paths: Iterable[str]) -> tuple[list[str], list[str]]:
        """The plugins to load for a run over `paths`: modules, and paths of files and folders."""
        modules: dict[str, None] = {}
        files: dict[str, None] = {}
        for path in paths:
            settings = self.settings(path if os.path.isdir(path) else os.path.dirname(path))
            if settings.withheld:
                continue
            modules.update(dict.fromkeys(settings.plugin_modules))
            files.update(dict.fromkeys(settings.plugin_paths))
        self._plugins = {*modules, *files}
        return list(modules), list(files)

    def _is_trusted(self, folder: str) -> bool:
        """Whether the user stands behind a configuration in a folder, so that its code may run."""
        if self._trust != "above":
            return self._trust == "all"
        here, folder = os.path.realpath(os.curdir), os.path.realpath(folder)
        try:
            return os.path.commonpath([here, folder]) == folder
        except ValueError:
            return False  # on another drive

    def documents(self) -> list[Document]:
        """The configuration files that were read."""
        return [settings.document for settings in self._from_files if settings.document is not None]

    def validate(self, registry: Registry) -> None:
        """Look up all names of rules. Stops at one that is unknown, also in files read later."""
        self._registry = registry
        self.define(registry)
        withheld = any(settings.withheld for settings in self._from_files)
        for name in ("select", "ignore", "extend_select"):
            for selector in self._overrides.get(name, [])[:]:
                if withheld and not registry.knows(selector):
                    self._overrides[name].remove(selector)
                    self._strange.append(selector)
                else:
                    registry.meant(selector)
        for settings in self._from_files:
            self._validate(settings, registry)

    def define(self, registry: Registry) -> None:
        """Take in the rules that the configurations state. Stops at a name that is taken."""
        for settings in self._from_files:
            _define(settings, registry)

    def _validate(self, settings: Settings, registry: Registry) -> None:
        from fargate_lint.lint.settings import names  # noqa: PLC0415  (most runs have no configuration)

        if not settings.withheld:
            names.require_plugins(settings, self._plugins)
        strange = [*names.resolve(settings, registry), *self._strange]
        if strange and self._trust != "none" and not settings.selected(registry):
            file = next(one.document for one in (settings, *self._from_files) if one.withheld)
            raise Stop(
                f"no rules are selected: `{strange[0]}` may belong to plugins that were not loaded",
                "leave out --no-plugins"
                if self.only_ours
                else f"if you trust `{file.name if file else ''}`, add --plugins",
            )

    def excludes(self, path: str) -> bool:
        """Whether the configuration of the folder that a file or folder is in leaves it out."""
        settings = self.settings(os.path.dirname(path))
        if not settings.exclude:
            return False
        patterns = self._excluded.get(id(settings))
        if patterns is None:
            patterns = [glob_pattern(glob) for glob in settings.exclude]
            self._excluded[id(settings)] = patterns
        relative = settings.relative(path)
        return any(pattern.match(relative) for pattern in patterns)

    def respects_gitignore(self, folder: str) -> bool:
        """Whether what git ignores in a folder is left out of it."""
        return self.settings(folder).respect_gitignore


def _define(settings: Settings, registry: Registry) -> None:
    if not settings.policies:
        return
    assert settings.document is not None  # noqa: S101  (it came from a file)
    name = settings.document.name
    before = len(registry.problems)
    registry.add(name, settings.policies, configuration=name)
    if len(registry.problems) > before:
        problem = registry.problems[before].partition(": ")[2]
        del registry.problems[before:]
        raise Stop(f"{name}: {problem}", "give it a code and a name of its own")


def _shown(path: str) -> str:
    """A path as people write it: relative when it lies in the current folder."""
    here = os.getcwd().rstrip(os.sep) + os.sep
    return path.removeprefix(here)
