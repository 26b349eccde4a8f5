"""Output formats of `check`: a module here is one when its `write` takes `statistics`."""

from __future__ import annotations

import os
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol, TextIO

    from fargate_lint.lint.summary import Summary

    class Format(Protocol):
        """A module that can write what a run found."""

        def write(self, summary: Summary, stream: TextIO, *, statistics: bool) -> None:
            """Write the findings and what else the format has to say of the run."""


def find(name: str) -> Format | None:
    """The format of this name, or None."""
    if not name.isidentifier():
        return None
    try:
        module = import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name == f"{__name__}.{name}":
            return None
        raise
    write = getattr(module, "write", None)
    return module if "statistics" in getattr(write, "__annotations__", ()) else None


def shows_fixes(output: Format) -> bool:
    """Whether a format tells what fixes a finding: its module has a true `FIXES`."""
    return bool(getattr(output, "FIXES", False))


def names() -> Iterator[str]:
    """The names of all formats, in alphabetical order."""
    for file in sorted(os.listdir(os.path.dirname(__file__))):
        name, suffix = os.path.splitext(file)
        if suffix == ".py" and find(name) is not None:
            yield name
