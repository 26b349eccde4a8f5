"""`python -m fuzz`: fuzz everything, or some of it, or try inputs that were kept."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fuzz.judge import judge, keep, limit
from fuzz.mutation import Mutator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fuzz.target import Target

KEPT = Path(".fuzz")
#: Seeds of a target in a short run, whose time must go to more than these.
FEW = 40


def main(argv: Sequence[str] | None = None) -> int:
    """Fuzz; 0 when nothing crashed, 1 when something did, 2 for a wrong argument."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    add = parser.add_argument
    add("files", nargs="*", type=Path, metavar="FILE", help="inputs to try once, with one --target")
    add("--time", type=int, default=600, metavar="SECONDS", help="for all together (600)")
    add("--target", action="append", metavar="NAME", help="only this one (may be repeated)")
    add("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes at a time")
    add("--fresh", action="store_true", help="begin with a few seeds, and keep no corpus")
    args = parser.parse_args(argv)
    atheris = None if args.files else _atheris()
    if atheris is None and not args.files:
        print(f"fuzz: skipped, there is no atheris for {sys.version.split()[0]} on {sys.platform}")
        return 0
    targets = _targets(atheris)
    names = args.target or list(targets)
    unknown = [name for name in names if name not in targets]
    if unknown:
        parser.error(f"there is no `{unknown[0]}`, only {', '.join(targets)}")
    if args.files:
        return _try(targets[names[0]], args.files)
    return _Run(atheris, targets, args).all(names)


def _atheris() -> Any:
    """The fuzzer, None where it isn't installed: it is made for few systems."""
    try:
        return importlib.import_module("atheris")
    except ImportError:
        return None


def _targets(atheris: Any) -> dict[str, Target]:
    """The targets. With atheris, all of fargate-lint is imported, and counts where it goes."""
    if atheris is None:
        return importlib.import_module("fuzz.targets").TARGETS
    packages = ["fargate_lint", "fargate_lint_rules"]
    with _quiet(), atheris.instrument_imports(include=packages):
        for package in map(importlib.import_module, packages):
            for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
                if not module.name.endswith("__main__"):
                    importlib.import_module(module.name)
    return importlib.import_module("fuzz.targets").TARGETS


def _try(target: Target, files: list[Path]) -> int:
    """Run files that were kept, without a fuzzer; their tracebacks are Python's own."""
    limit()
    for path in files:
        error = judge(target.run, path.read_bytes())
        if error is not None:
            raise error
        print(f"{path}: no crash")
    return 0


class _quiet:  # noqa: N801
    """Sends what a library prints on stderr nowhere."""

    def __enter__(self) -> None:
        self._kept = os.dup(2)
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 2)

    def __exit__(self, *_: object) -> None:
        os.dup2(self._kept, 2)
        os.close(self._kept)


class _Run:
    """One run of several targets, each in a process of its own."""

    def __init__(self, atheris: Any, targets: dict[str, Target], args: argparse.Namespace) -> None:
        self._atheris = atheris
        self._targets = targets
        self._fresh = args.fresh
        self._jobs = min(args.jobs, len(args.target or targets))
        self._time = max(1, args.time * self._jobs // len(args.target or targets))
        self._corpus = Path(tempfile.mkdtemp(prefix="fuzz-")) if args.fresh else KEPT / "corpus"

    def all(self, names: list[str]) -> int:
        """Fuzz; prints a line for each target and the crashes."""
        shutil.rmtree(KEPT / "logs", ignore_errors=True)
        (KEPT / "logs").mkdir(parents=True)
        print(f"{'target':15} {'inputs':>9} {'per s':>6} {'cov':>6} {'ft':>6}", flush=True)
        waiting, running, failed, total = list(names), {}, False, 0
        while waiting or running:
            while waiting and len(running) < self._jobs:
                name = waiting.pop(0)
                running[self._started(name)] = name
            pid, status = os.wait()
            name = running.pop(pid)
            line, count = self._told(name)
            total += count
            print(f"{name:15} {line}", flush=True)
            if status:
                failed = True
                self._tell_crashes(name, status)
        print(f"{'all':15} {total:9,}")
        if self._fresh:
            shutil.rmtree(self._corpus)
        return int(failed)

    def _started(self, name: str) -> int:
        """The process that fuzzes a target."""
        pid = os.fork()
        if pid == 0:
            try:
                self._fuzz(name)
            finally:
                os._exit(70)
        return pid

    def _fuzz(self, name: str) -> None:
        """Fuzz a target, as the process that does nothing else. Never returns."""
        log = os.open(KEPT / "logs" / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        target, atheris, crashes = self._targets[name], self._atheris, KEPT / "crashes" / name
        corpus = self._corpus / name
        corpus.mkdir(parents=True, exist_ok=True)
        seeds = [seed for seed in target.seeds() if 0 < len(seed) <= target.longest]
        if self._fresh:
            seeds = seeds[:: len(seeds) // FEW + 1]
        for number, seed in enumerate(seeds):
            (corpus / f"seed-{number}").write_bytes(seed)
        limit()
        found = set()

        def one(data: bytes) -> None:
            error = judge(target.run, data)
            if error is not None:
                cause, path = keep(crashes, data, error)
                if cause not in found:
                    found.add(cause)
                    os.write(2, f"CRASH {cause}: {path}\n".encode())

        crashes.mkdir(parents=True, exist_ok=True)
        options = {
            "max_total_time": self._time, "max_len": target.longest, "print_final_stats": 1,
            "artifact_prefix": f"{crashes}/", "seed": int(self._fresh), "rss_limit_mb": 0,
            "timeout": 600, "len_control": 0,
        }  # fmt: skip
        # Fuzz replaces Mutate by one that works.
        mutator = Mutator(
            seeds, lambda data, longest: bytes(atheris.Mutate(data, longest)), lines=target.lines
        )
        words = [f"-{key}={value}" for key, value in options.items()]
        atheris.Setup([name, *words, str(corpus)], one, custom_mutator=mutator)
        atheris.Fuzz()

    def _told(self, name: str) -> tuple[str, int]:
        """What the fuzzer says of a run: inputs, speed, coverage."""
        text = (KEPT / "logs" / name).read_text("utf-8", "replace")
        counts = re.findall(r"^#(\d+)\s", text, re.MULTILINE)
        reached = re.findall(r"cov: (\d+) ft: (\d+)", text) or [("?", "?")]
        count = int(counts[-1]) if counts else 0
        cov, features = reached[-1]
        return f"{count:9,} {count // self._time:6} {cov:>6} {features:>6}", count

    def _tell_crashes(self, name: str, status: int) -> None:
        text = (KEPT / "logs" / name).read_text("utf-8", "replace")
        lines = [line for line in text.splitlines() if line.startswith("CRASH ")]
        for line in lines or [f"ended with {status}: see {KEPT / 'logs' / name}"]:
            print(f"  {line}")
        print(f"  try one: python -m fuzz --target {name} {KEPT / 'crashes' / name}/…")


if __name__ == "__main__":
    sys.exit(main())
