"""The code in one file, as a wheel has it: the same program, found faster."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytest.importorskip("hatchling")

from scripts.bundle import bundled

ROOT = Path(__file__).parent.parent
NAME = f"code.{sys.implementation.cache_tag}"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "pread"), reason="not used on this system"),
    pytest.mark.skipif(sys.version_info.releaselevel != "final", reason="for releases"),
]
WHERE = """
import sys
from fargate_lint.cli import main
main(["check", "examples/task-definition.json"])
ours = [each for name, each in sys.modules.items() if name.startswith("fargate_lint")]
print(sorted(each.__name__ for each in ours if type(each.__loader__).__name__ != "Bundle"))
print(all(each.__file__.endswith(".py") for each in ours), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages, as they are installed."""
    folder = tmp_path_factory.mktemp("installed")
    for package in ("fargate_lint", "rules/fargate_lint_rules"):
        shutil.copytree(
            ROOT / package,
            folder / Path(package).name,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    (folder / "fargate_lint" / NAME).write_bytes(bundled())
    return folder


def run(folder: Path, program: str) -> tuple[str, str]:
    """What a program prints on both streams with the packages of a folder."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], check=True, capture_output=True, text=True,
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(folder)},
    )  # fmt: skip
    return done.stdout, done.stderr


def test_all_modules_come_from_the_file_and_do_the_same(installed: Path) -> None:
    *found, sources = run(installed, WHERE)[0].splitlines()
    assert sources == "['fargate_lint', 'fargate_lint.bundle']"
    assert run(installed, WHERE)[1] == "True\n"
    assert found == run(ROOT, f"import sys; sys.path.append('rules'){WHERE}")[0].splitlines()[:-1]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data[:5000],
        lambda data: data[:3],
        lambda _: b"",
        lambda data: b"not a file of code" + data,
    ],
)
def test_a_file_that_is_not_whole_is_not_used(
    spoil: Callable[[bytes], bytes], installed: Path
) -> None:
    path = installed / "fargate_lint" / NAME
    whole = path.read_bytes()
    try:
        path.write_bytes(spoil(whole))
        assert "'fargate_lint.cli'" in run(installed, WHERE)[0].splitlines()[-1]
    finally:
        path.write_bytes(whole)


def test_the_code_of_another_python_is_not_used(installed: Path) -> None:
    path = installed / "fargate_lint" / NAME
    other = path.rename(path.with_name("code.cpython-39"))
    try:
        assert "'fargate_lint.cli'" in run(installed, WHERE)[0].splitlines()[-1]
    finally:
        other.rename(path)


def test_a_module_shows_its_source(installed: Path) -> None:
    program = (
        "import inspect; from fargate_lint import stop; print(inspect.getsource(stop.at_signals))"
    )
    assert run(installed, program)[0].startswith("def at_signals() -> None:\n")
