"""Installations of fargate-lint, each in a clean virtual environment, and what they cost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

ROOT = Path(__file__).resolve().parent.parent
#: Nothing that changes what an interpreter does or loads, and no reports of earlier runs.
ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
    "FARGATE_LINT_CACHE_DIR": os.devnull,
}
#: Exit statuses of a command that did its work.
DONE = {0, 1}
# A child counts the memory of the process that started it as its own, so a small one starts it.
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000)
"""


class Build:
    """An installation: its name, its Python, and how often its commands are run in a folder."""

    def __init__(self, name: str, python: Path, folder: Path) -> None:
        self.name = name
        self.python = str(python)
        self.folder = folder

    def command(self, *words: str) -> list[str]:
        """The command line of `fargate-lint WORDS`."""
        return [self.python, str(Path(self.python).with_name("fargate-lint")), *words]

    def output(self, *words: str) -> bytes:
        """What `fargate-lint WORDS` prints on both streams."""
        run = subprocess.run(
            self.command(*words), cwd=self.folder, env=ENVIRONMENT, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return run.stdout

    def times(self, command: list[str], done: Container[int] = DONE) -> tuple[float, float]:
        """Seconds of CPU, all its processes together, and of the clock that a command takes."""
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=self.folder, env=ENVIRONMENT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in done:
            sys.exit(f"{self.name}: exit status {process.returncode} of {' '.join(command)}")
        return usage.ru_utime + usage.ru_stime, time.perf_counter() - start

    def nothing(self) -> float:
        """Seconds of CPU of a Python that does nothing."""
        return self.times([self.python, "-c", "pass"])[0]

    def cpu(self, *words: str) -> float:
        """Seconds of CPU of `fargate-lint WORDS`."""
        return self.times(self.command(*words))[0]

    def warm(self, folder: str) -> tuple[float, float]:
        """Seconds of CPU of `json.loads` and of a check, for one of the many files of a folder."""
        program = str(ROOT / "benchmarks" / "warm.py")
        loads, check = self._printed([self.python, "-P", program, folder]).split()
        return float(loads), float(check)

    def peak(self, *words: str) -> float:
        """Peak memory of `fargate-lint WORDS`, in MB."""
        return float(self._printed([self.python, "-c", PEAK, *self.command(*words)]))

    def instructions(self, command: list[str]) -> float:
        """Instructions of a command, in millions, counted by callgrind."""
        words = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
        run = subprocess.run(
            words, cwd=self.folder, env={**ENVIRONMENT, "PYTHONHASHSEED": "0"}, check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        found = re.search(r"Collected : (\d+)", run.stderr)
        return int(found[1]) / 1e6 if found else sys.exit(run.stderr)

    def _printed(self, command: list[str]) -> str:
        run = subprocess.run(
            command, cwd=self.folder, env=ENVIRONMENT, check=True, stdout=subprocess.PIPE, text=True
        )
        return run.stdout


def build(which: str, folder: Path) -> Build:
    """An installation whose commands run in a folder, where what has to be made is made, too.

    `which` is a Python that has fargate-lint, a revision of this repository, or empty for the files
    as they are. The latter two are installed into a virtual environment without anything else.
    """
    if os.access(which, os.X_OK) and Path(which).is_file():
        return Build(which, Path(which).absolute(), folder)
    name = which or "now"
    source, environment = ROOT, folder / f"{name}.venv"
    if which:
        source = folder / f"{name}.tree"
        source.mkdir(parents=True)
        archive = ["git", "-C", str(ROOT), "archive", which]
        tree = subprocess.run(archive, check=True, stdout=subprocess.PIPE).stdout
        subprocess.run(["tar", "-x", "-C", str(source)], check=True, input=tree)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    subprocess.run([*pip, "install", "--quiet", str(source)], check=True)
    return Build(name, python, folder)


def minima(
    rounds: int, measures: Mapping[tuple[str, str], Callable[[], float]]
) -> dict[tuple[str, str], float]:
    """The least that each measure gave, when all are taken in turns."""
    found = [{key: measure() for key, measure in measures.items()} for _ in range(rounds)]
    return {key: min(each[key] for each in found) for key in measures}
