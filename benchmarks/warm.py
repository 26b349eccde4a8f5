"""Prints CPU seconds for a file of a folder, of `json.loads` and of a check in the same loop.

    python -P benchmarks/warm.py FOLDER

Every file is read once. The first tenth is not counted, for it loads what the others find there.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def checker() -> Callable[[str, bytes], Any]:
    """What checks a file of this name with this content."""
    try:
        from fargate_lint import Linter  # noqa: PLC0415  (builds differ)
    except ImportError:  # a build that is older than the public API
        from fargate_lint.lint import files, registry, runner  # type: ignore[attr-defined]  # noqa: PLC0415
        from fargate_lint.lint.settings import Settings  # type: ignore[attr-defined]  # noqa: PLC0415

        settings = Settings()
        old = runner.Checker(registry.load(), settings, floor=settings.floor)
        return lambda name, data: runner.check_file(files.Found(name, named=True), old, data=data)
    return Linter().check


def main(folder: str) -> None:
    """Print both: `json.loads` as 0 where nothing is JSON."""
    gc.set_threshold(50_000, 20, 20)  # as the command does
    check = checker()
    clock = time.process_time
    paths = sorted(Path(folder).iterdir())
    unmeasured = len(paths) // 10
    loads = checks = 0.0
    for index, path in enumerate(paths):
        data = path.read_bytes()
        start = clock()
        if path.suffix == ".json":
            json.loads(data)
        middle = clock()
        check(path.name, data)
        end = clock()
        if index >= unmeasured:
            loads += middle - start
            checks += end - middle
    count = len(paths) - unmeasured
    print(loads / count, checks / count)


if __name__ == "__main__":
    main(sys.argv[1])
