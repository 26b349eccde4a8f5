"""What other programs import: all of it from the package itself."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import fargate_lint

ROOT = Path(__file__).parent.parent.parent


def test_every_public_name_is_found_and_listed() -> None:
    for name in fargate_lint.__all__:
        assert getattr(fargate_lint, name) is not None
    assert {"Linter", "Settings", "Finding", "read", "simulate", "explain"} <= set(
        fargate_lint.__all__
    )


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Lintr'"):
        getattr(fargate_lint, "Lintr")  # noqa: B009  (type checkers know better)


def test_the_version_is_that_of_the_package() -> None:
    assert f'version = "{fargate_lint.__version__}"' in (ROOT / "pyproject.toml").read_text()


def test_importing_the_package_imports_nothing_else() -> None:
    program = (
        "import sys\nbefore = set(sys.modules)\nimport fargate_lint\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "fargate_lint\n"


@pytest.mark.slow
def test_the_wheel_tells_type_checkers_that_it_is_typed(tmp_path: Path) -> None:
    program = (
        "from hatchling.builders.wheel import WheelBuilder\n"
        "import sys\n"
        "print(*WheelBuilder('.').build(directory=sys.argv[1], versions=['standard']))\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, cwd=ROOT)
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    assert {"fargate_lint/py.typed", "fargate_lint_rules/py.typed"} <= set(names)
