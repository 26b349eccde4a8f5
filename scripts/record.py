"""Records what `check` says about each file of fixtures/err, beside it, for the tests to compare.

    python scripts/record.py

Read the diff before you commit it: it is what users will see.
"""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path

from fargate_lint.cli import main

FAULTY = Path(__file__).resolve().parent.parent / "fixtures" / "err"


def record() -> None:
    """Write NAME.out beside each file."""
    os.chdir(FAULTY)
    for path in sorted(FAULTY.iterdir()):
        if path.suffix == ".out":
            continue
        said = io.StringIO()
        # The command line sets up its streams; this one needs nothing.
        said.reconfigure = lambda **_: None  # type: ignore[attr-defined]
        with contextlib.redirect_stdout(said):
            main(["check", "--isolated", path.name])
        path.with_name(path.name + ".out").write_text(said.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    record()
