"""Output formats of `check`, one module a format."""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
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
