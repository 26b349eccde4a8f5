"""Output formats of `check`, one module a format."""

from __future__ import annotations

from importlib import import_module
from io import StringIO

from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TextIO

    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.summary import Summary


class Broken(Exception):
    """A plugin's output format failed."""


class Format:
    """An output format: `module` is the one that writes it, imported when it is used.

    Its function `write(summary, stream, *, statistics)` writes a Summary (of
    `fargate_lint.lint.summary`) to a text stream; `statistics` is what `--statistics` says. `fixes`
    says that the format shows what fixes a finding, which has to be worked out for it.
    """

    __slots__ = ("fixes", "module", "name", "plugin")

    def __init__(self, name: str, *, fixes: bool = False, module: str = "") -> None:
        self.name = name
        self.fixes = fixes
        self.module = module or f"{__name__}.{name}"
        #: The name of the plugin that gives it, "" for those of fargate-lint.
        self.plugin = ""

    def write(self, summary: Summary, stream: TextIO, *, statistics: bool) -> None:
        """Write the findings and what else the format says of the run.

        Raises Broken, before anything is written, when a plugin's format fails.
        """
        if not self.plugin:
            import_module(self.module).write(summary, stream, statistics=statistics)
            return
        text = StringIO()
        try:
            import_module(self.module).write(summary, text, statistics=statistics)
        except Exception as error:
            from fargate_lint.source.failure import failure  # noqa: PLC0415  (never without a bug)

            what = f"output format `{self.name}` of plugin `{self.plugin}`"
            raise Broken(f"{what} failed: {failure(error)}") from error
        stream.write(text.getvalue())


FORMATS = {
    each.name: each
    for each in (
        Format("concise"),
        Format("github"),
        Format("gitlab"),
        Format("html"),
        Format("json", fixes=True),
        Format("jsonl", fixes=True),
        Format("junit"),
        Format("markdown"),
        Format("sarif", fixes=True),
        Format("text"),
    )
}


def formats(registry: Registry) -> dict[str, Format]:
    """All output formats by name, those of plugins too; an unfit one is a problem of `registry`."""
    found = dict(FORMATS)
    for plugin, each in registry.formats:
        if not isinstance(each, Format):
            registry.refuse(plugin, f"{each!r} is not a fargate_lint.report.findings.Format")
        elif each.name in found:
            registry.refuse(plugin, f"there is an output format `{each.name}` already")
        else:
            each.plugin = plugin
            found[each.name] = each
    return found


def chosen(wanted: Iterable[str], offered: Mapping[str, Format]) -> list[tuple[Format, str]]:
    """The formats that `FORMAT[:FILE]` names, each with its file or "".

    Raises Stop for a format that there isn't, and for two in one file.
    """
    found: list[tuple[Format, str]] = []
    for text in wanted:
        name, _, target = text.partition(":")
        output = offered.get(name)
        if output is None:
            raise Stop(f"there is no output format `{name}`", f"one of {', '.join(offered)}")
        if target and any(target == other for _, other in found):
            raise Stop(f"two formats are to be written to `{target}`", "name a file for each")
        found.append((output, target))
    return found


def write_to(target: str | TextIO, output: Format, summary: Summary, *, statistics: bool) -> None:
    """Write the findings to a stream, or to a file: raises Stop when that can't be done."""
    if not isinstance(target, str):
        output.write(summary, target, statistics=statistics)
        return
    from io import TextIOWrapper  # noqa: PLC0415  (not for a terminal)

    from fargate_lint.source.writing import Writing, unwritable  # noqa: PLC0415  (the same)

    try:
        with Writing(target) as file:
            text = TextIOWrapper(file, "utf-8", "backslashreplace", write_through=True)
            output.write(summary, text, statistics=statistics)
            text.detach()
    except OSError as error:
        raise unwritable(target, error) from error
