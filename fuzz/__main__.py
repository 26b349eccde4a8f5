"""`python -m fuzz`: makes up inputs for everything, or for some of it; or tries kept ones again."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fuzz.judge import judge, limit_memory
from fuzz.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fuzz.target import Target

KEPT = Path(".fuzz")


def main(argv: Sequence[str] | None = None) -> int:
    """Fuzz; 0 when nothing crashed, 1 when something did, 2 for a wrong argument."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    add = parser.add_argument
    add("files", nargs="*", type=Path, metavar="FILE", help="inputs to try once, with a --target")
    add("--time", type=int, default=600, metavar="SECONDS", help="for all together (600)")
    add("--target", action="append", metavar="NAME", help="only this one (may be repeated)")
    add("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes at a time")
    add("--fresh", action="store_true", help="begin with a few seeds, and keep no corpus")
    args = parser.parse_args(argv)
    atheris = _atheris()
    if atheris is None and not args.files:
        print(f"fuzz: skipped, no atheris for Python {sys.version.split()[0]} on {sys.platform}")
        return 0
    if atheris is not None and not args.files:
        _instrument(atheris)
    # Not before atheris is ready for what it imports.
    from fuzz.targets import TARGETS  # noqa: PLC0415

    names = args.target or list(TARGETS)
    unknown = [name for name in names if name not in TARGETS]
    if unknown:
        parser.error(f"there is no target `{unknown[0]}`, only {', '.join(TARGETS)}")
    if args.files:
        if len(names) != 1:
            parser.error("name the one --target of the files")
        return _try(TARGETS[names[0]], args.files)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as scratch:
        # What processes write goes with them.
        tempfile.tempdir = scratch
        corpus = Path(scratch) / "corpus" if args.fresh else KEPT / "corpus"
        run = Run(atheris, KEPT, corpus, fresh=args.fresh)
        return run.all({name: TARGETS[name] for name in names}, args.time, args.jobs)


def _atheris() -> Any:
    """The fuzzer, None where it isn't installed: there are wheels for few systems."""
    try:
        return importlib.import_module("atheris")
    except ImportError:
        return None


def _instrument(atheris: Any) -> None:
    """Import all of fargate-lint, so that atheris knows where each input goes."""
    packages = ["fargate_lint", "fargate_lint_rules"]
    with _without_stderr(), atheris.instrument_imports(include=packages):
        for package in map(importlib.import_module, packages):
            for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
                if not module.name.endswith("__main__"):
                    importlib.import_module(module.name)


@contextmanager
def _without_stderr() -> Iterator[None]:
    """Without a line for each module."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _try(target: Target, files: list[Path]) -> int:
    """Run kept inputs without the fuzzer. Raises what the first crash raises."""
    limit_memory()
    for path in files:
        error = judge(target.run, path.read_bytes())
        if error is not None:
            raise error
        print(f"{path}: no crash")
    return 0


if __name__ == "__main__":
    sys.exit(main())
