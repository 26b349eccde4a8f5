"""Puts the code of all modules into one file of the wheel (see `fargate_lint/bundle.py`)."""

from __future__ import annotations

import marshal
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
#: Where packages are, and what they are called when they are installed.
PACKAGES = {
    "fargate_lint": ROOT / "fargate_lint",
    "fargate_lint_rules": ROOT / "rules/fargate_lint_rules",
}


class Hook(BuildHookInterface):  # type: ignore[type-arg]
    """The step of a build that makes the file; not of an editable one, whose sources change."""

    _folder = ""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file, and have it put into the wheel."""
        if version == "editable" or sys.version_info.releaselevel != "final":
            return
        self._folder = tempfile.mkdtemp()
        made = Path(self._folder) / f"code.{sys.implementation.cache_tag}"
        made.write_bytes(bundled())
        build_data["force_include"][str(made)] = f"fargate_lint/{made.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002  (hatchling's)
        """Remove the file, which is in the wheel now."""
        shutil.rmtree(self._folder, ignore_errors=True)


def bundled() -> bytes:
    """The file: its length and that of the index, four bytes each, the index, and all code."""
    places: dict[str, tuple[int, int, bool]] = {}
    parts: list[bytes] = []
    offset = 0
    for name, path in _modules():
        inside = f"{name.replace('.', '/')}{'/__init__' if path.stem == '__init__' else ''}.py"
        code = marshal.dumps(compile(path.read_bytes(), inside, "exec", dont_inherit=True))
        places[name] = offset, len(code), path.stem == "__init__"
        parts.append(code)
        offset += len(code)
    index = marshal.dumps(places)
    sizes = 8 + len(index) + offset, len(index)
    return b"".join([*(size.to_bytes(4, "big") for size in sizes), index, *parts])


def _modules() -> Iterator[tuple[str, Path]]:
    for package, folder in PACKAGES.items():
        for path in sorted(folder.rglob("*.py")):
            inside = path.relative_to(folder).with_suffix("")
            yield ".".join([package, *(part for part in inside.parts if part != "__init__")]), path
