"""Output formats of `check`, one module a format."""

from __future__ import annotations

from importlib import import_module

from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from fargate_lint.lint.summary import Summary


class Format:
    """An output format: `module` is the one that writes it, imported when it is used.

    `fixes` says that it shows what fixes a finding, which has to be worked out for it.
    """

    __slots__ = ("fixes", "module", "name")

    def __init__(self, name: str, *, fixes: bool = False, module: str = "") -> None:
        self.name = name
        self.fixes = fixes
        self.module = module or f"{__name__}.{name}"

    def write(self, summary: Summary, stream: TextIO, *, statistics: bool) -> None:
        """Write the findings and what else the format says of the run."""
        import_module(self.module).write(summary, stream, statistics=statistics)


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


def chosen(formats: Iterable[str]) -> list[tuple[Format, str]]:
    """The formats that `FORMAT[:FILE]` names, each with its file or "".

    Raises Stop for a format that there isn't, and for two in one file.
    """
    found: list[tuple[Format, str]] = []
    for text in formats:
        name, _, target = text.partition(":")
        output = FORMATS.get(name)
        if output is None:
            raise Stop(f"there is no output format `{name}`", f"one of {', '.join(FORMATS)}")
        if target and any(target == other for _, other in found):
            raise Stop(f"two formats are to be written to `{target}`", "name a file for each")
        found.append((output, target))
    return found


def write_to(target: str, output: Format, summary: Summary, *, statistics: bool) -> None:
    """Write the findings to a file. Raises Stop when that can't be done."""
    from fargate_lint.source.writing import Replacement  # noqa: PLC0415  (not for a terminal)

    try:
        with (
            Replacement(target) as temporary,
            open(temporary, "w", encoding="utf-8", errors="backslashreplace") as file,
        ):
            output.write(summary, file, statistics=statistics)
    except OSError as error:
        raise Stop(f"`{target}` can't be written: {(error.strerror or '').lower()}") from error
