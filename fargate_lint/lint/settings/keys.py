"""The keys of a configuration file: what each takes, and the setting that it makes."""

from __future__ import annotations

import os
import re
from datetime import date, datetime

from fargate_lint.lint.context import PLATFORMS, PROFILES
from fargate_lint.lint.finding import SEVERITIES
from fargate_lint.lint.ignore.ignore import Ignore
from fargate_lint.lint.ignore.jsonpath import compiled
from fargate_lint.lint.settings.settings import is_version
from fargate_lint.lint.settings.table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.lint.settings.settings import Settings
    from fargate_lint.source.document import Document, Path

CHOICES = {
    "fail-on": (*SEVERITIES, "never"),
    "min-severity": SEVERITIES,
    "platform": PLATFORMS,
    "profile": PROFILES,
}
LISTS = ("exclude", "extend-select", "locked", "select")
FLAGS = ("ignore-labels", "require-agent", "respect-gitignore")
KEYS = (
    *CHOICES, *FLAGS, *LISTS, "fluent-bit", "ignore", "per-file-ignores", "plugins", "rule",
    "rules", "severity",
)  # fmt: skip
IGNORE_KEYS = ("rule", "path", "file", "reason", "until")
PLUGIN_KEYS = ("modules", "paths")
# JSONPaths of this form are right, and needn't be parsed in a run that finds nothing to ignore.
PLAIN_PATH = re.compile(
    r"\$(?:\.[A-Za-z]+|\[\d{1,9}\]|\[\*\]|\[\?\(@\.[A-Za-z]+ ?== ?(?:'[\w.-]+'|\"[\w.-]+\")\)\])*",
    re.ASCII,
)
RESERVED = re.compile(r"\.where(?:not)?\b")


def present(document: Document, path: Path) -> bool:
    """Whether a document has something at `path`."""
    value = document.value
    for step in path:
        if not isinstance(value, dict) or step not in value:
            return False
        value = value[step]
    return True


def read(settings: Settings, document: Document, path: Path) -> None:
    """Put into `settings` what a file's table at `path` says. Stops at the first mistake.

    Names of rules are looked up later, when the plugins that the file names are loaded.
    """
    settings.document = document
    settings.table = path
    for length in range(1, len(path) + 1):
        around = Table(document, path[: length - 1])
        around.inner(str(path[length - 1]), "[tool.fargate-lint]")
    table = Table(document, path)
    if not path and "tool" in table.value:
        raise table.stop(
            "a fargate-lint.toml needs no `[tool.fargate-lint]`",
            "tool",
            help="write its settings at the top of the file",
            key=True,
        )
    table.only(KEYS)
    for key in table.value:
        settings.sources[key] = (*path, key)
        if key in CHOICES:
            setattr(settings, key.replace("-", "_"), table.choice(key, CHOICES[key]))
        elif key in LISTS:
            setattr(settings, key.replace("-", "_"), table.texts(key))
        elif key in FLAGS:
            setattr(settings, key.replace("-", "_"), table.flag(key))
        elif key in READERS:
            READERS[key](table, settings)


def _fluent_bit(table: Table, settings: Settings) -> None:
    settings.fluent_bit = table.text("fluent-bit", 'fluent-bit = "1.9.10"')
    if not is_version(settings.fluent_bit):
        raise table.stop(
            f"`fluent-bit` is a version, not `{settings.fluent_bit}`",
            "fluent-bit",
            help='write `fluent-bit = "1.9.10"`',
        )


def _per_file_ignores(table: Table, settings: Settings) -> None:
    globs = table.inner("per-file-ignores", '[per-file-ignores]\\n"legacy/*.json" = ["…"]')
    for glob in globs.value:
        settings.per_file_ignores[glob] = globs.texts(glob)
        settings.sources[f"per-file-ignores.{glob}"] = (*globs.path, glob)


def _plugins(table: Table, settings: Settings) -> None:
    plugins = table.inner("plugins", "[plugins]")
    plugins.only(PLUGIN_KEYS, "`[plugins]` has no")
    if "modules" in plugins.value:
        settings.plugin_modules = plugins.texts("modules")
    if "paths" in plugins.value:
        for index, path in enumerate(plugins.texts("paths")):
            found = os.path.normpath(os.path.join(settings.root, path))
            if not os.path.exists(found):
                raise plugins.stop(f"there is no `{path}`", "paths", index)
            settings.plugin_paths.append(found)
    for key in plugins.value:
        settings.sources[f"plugins.{key}"] = (*plugins.path, key)


def _ignore(table: Table, settings: Settings) -> None:
    value = table.value["ignore"]
    if isinstance(value, dict):
        advice = "write `[[ignore]]`, with two brackets"
        raise table.stop("`ignore` is a list, not one table", "ignore", help=advice)
    if not isinstance(value, list):
        table.texts("ignore")
    for index, item in enumerate(value):
        if isinstance(item, dict):
            entry = Table(table.document, (*table.path, "ignore", index))
            settings.ignores.append(_entry(entry))
        elif isinstance(item, str) and item.strip():
            settings.ignore.append(item)
        else:
            raise table.wrong("names of rules, and tables", "ignore", index)


def _entry(table: Table) -> Ignore:
    table.only(IGNORE_KEYS, "an `[[ignore]]` has no")
    for key, example in (("rule", "NAME"), ("reason", "why this is accepted")):
        if key not in table.value:
            raise table.stop(
                f"an `[[ignore]]` needs a `{key}`", help=f'write `{key} = "{example}"`'
            )
    ignore = Ignore(table.document, table.path, table.text("rule"), table.text("reason"))
    if "file" in table.value:
        ignore.file = table.text("file")
    if "path" in table.value:
        ignore.path = _json_path(table)
    if "until" in table.value:
        until = table.value["until"]
        if not isinstance(until, date):
            example = f"until = {until if isinstance(until, str) else '2027-01-31'}"
            raise table.wrong("a date", "until", example=example)
        # A date with a time is a date as well.
        ignore.until = date(until.year, until.month, until.day)
        ignore.expired = ignore.until < datetime.now().astimezone().date()
    return ignore


def _json_path(table: Table) -> str:
    path = table.text("path", "path = \"$.containerDefinitions[?(@.name == 'web')].image\"")
    if path.startswith("/"):
        raise table.stop("`path` is a JSONPath, not a JSON Pointer", "path", help=_as_path(path))
    if not PLAIN_PATH.fullmatch(path) or RESERVED.search(path):
        try:
            compiled(path)
        except Exception as error:
            reason = f"`path` is no JSONPath: {' '.join(str(error).split())}"
            raise table.stop(reason, "path") from error
    return path


def _as_path(pointer: str) -> str:
    """The same place as a JSONPath, for somebody who copied a pointer from a report."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    steps = [
        f"[{part}]" if part.isdecimal() else f".{part}" if part.isalnum() else f"['{part}']"
        for part in parts
    ]
    return f'write `path = "${"".join(steps)}"`'


def _rule(table: Table, settings: Settings) -> None:
    from fargate_lint.lint.stated import policy  # noqa: PLC0415  (few configurations state rules)

    value = table.value["rule"]
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise table.stop("`rule` is a list of tables", "rule", help="write `[[rule]]`")
    for index in range(len(value)):
        entry = Table(table.document, (*table.path, "rule", index))
        settings.policies.append(policy.read(entry))


READERS = {
    "fluent-bit": _fluent_bit,
    "ignore": _ignore,
    "per-file-ignores": _per_file_ignores,
    "plugins": _plugins,
    "rule": _rule,
}
