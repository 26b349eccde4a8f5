"""A run of several targets, each in a process of its own."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fuzz.judge import judge, keep, limit_memory
from fuzz.mutation import Mutator

if TYPE_CHECKING:
    from fuzz.target import Target

#: Seeds of a target in a fresh run, most of whose time goes to what is made of them.
FEW = 40


class Run:
    """What a run works with: `kept` is the folder of crashes and logs, `corpus` that of inputs.

    A `fresh` run draws the same numbers each time, and begins with a few seeds.
    """

    def __init__(self, atheris: Any, kept: Path, corpus: Path, *, fresh: bool) -> None:
        self._atheris = atheris
        self._kept = kept
        self._corpus = corpus
        self._fresh = fresh

    def all(self, targets: dict[str, Target], seconds: int, jobs: int) -> int:
        """Fuzz for that long in all; prints what became of each target; 1 when one crashed."""
        logs = self._kept / "logs"
        shutil.rmtree(logs, ignore_errors=True)
        logs.mkdir(parents=True)
        print(f"{'target':15} {'inputs':>9} {'per s':>6} {'cov':>6} {'ft':>6}", flush=True)
        share = seconds * min(jobs, len(targets)) / sum(each.share for each in targets.values())
        times = {name: max(1, round(each.share * share)) for name, each in targets.items()}
        waiting, failed, total = list(targets), False, 0
        running: dict[int, str] = {}
        while waiting or running:
            while waiting and len(running) < jobs:
                name = waiting.pop(0)
                running[self._start(name, targets[name], times[name])] = name
            pid, status = os.wait()
            name = running.pop(pid)
            log = (logs / name).read_text("utf-8", "replace")
            count = max(map(int, re.findall(r"^#(\d+)\s", log, re.MULTILINE)), default=0)
            total += count
            coverage, features = (re.findall(r"cov: (\d+) ft: (\d+)", log) or [("?", "?")])[-1]
            print(
                f"{name:15} {count:9,} {count // times[name]:6,} {coverage:>6} {features:>6}",
                flush=True,
            )
            crashes = re.findall(r"^CRASH (.*)", log, re.MULTILINE)
            for crash in crashes:
                print(f"  {crash}\n  {Path(crash.split()[-1]).read_bytes()!r:.2000}", flush=True)
            if status:
                print(f"  ended with {status}: {logs / name} says why", flush=True)
            failed = failed or bool(crashes or status)
        print(f"{'all':15} {total:9,}")
        return int(failed)

    def _start(self, name: str, target: Target, seconds: int) -> int:
        """Start the process that fuzzes a target; its id."""
        pid = os.fork()
        if pid == 0:
            try:
                log = os.open(self._kept / "logs" / name, os.O_WRONLY | os.O_CREAT)
                os.dup2(log, 1)
                os.dup2(log, 2)
                self._fuzz(name, target, seconds)
            finally:
                os._exit(70)
        return pid

    def _fuzz(self, name: str, target: Target, seconds: int) -> None:
        """Fuzz one target. Never returns: libFuzzer ends the process."""
        atheris, crashes, corpus = self._atheris, self._kept / "crashes" / name, self._corpus / name
        for folder in (crashes, corpus):
            folder.mkdir(parents=True, exist_ok=True)
        seeds = [seed for seed in target.seeds() if 0 < len(seed) <= target.longest]
        if self._fresh:
            seeds = seeds[:: len(seeds) // FEW + 1]
        for number, seed in enumerate(seeds):
            (corpus / f"seed-{number}").write_bytes(seed)
        found = set()

        def one(data: bytes) -> None:
            error = judge(target.run, data)
            if error is not None:
                cause, path = keep(crashes, data, error)
                if cause not in found:
                    found.add(cause)
                    told = f"CRASH {cause}: python -m fuzz --target {name} {path}\n"
                    os.write(2, told.encode("utf-8", "backslashreplace"))

        # Time and memory of an input are ours to limit: libFuzzer goes by the clock on the wall.
        options = {
            "max_total_time": seconds, "max_len": target.longest, "seed": int(self._fresh),
            "rss_limit_mb": 0, "timeout": 600, "report_slow_units": 600,
            "artifact_prefix": f"{crashes}/",
        }  # fmt: skip
        # Fuzz puts a function that works in the place of Mutate.
        mutator = Mutator(seeds, lambda *given: bytes(atheris.Mutate(*given)), lines=target.lines)
        arguments = [f"-{key}={value}" for key, value in options.items()]
        limit_memory()
        atheris.Setup([name, *arguments, str(corpus)], one, custom_mutator=mutator)
        atheris.Fuzz()
