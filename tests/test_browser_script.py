"""scripts/browser, with programs of ours in the place of the system's."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash"),
]

SCRIPT = Path(__file__).parent.parent / "scripts" / "browser"
INSTALLS = 'case "$*" in *install*) ln -s "$0" "$(dirname "$0")/chromium";; esac'
MISSING = "warning: chromium is missing and could not be installed"


def run(folder: Path, **programs: str) -> tuple[str, str]:
    """What the script prints where there are no programs but these and a few of the system."""
    for name in ("bash", "env", "dirname", "ln"):
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    for name, text in programs.items():
        program = folder / name.replace("_", "-")
        program.write_text(f"#!{folder / 'bash'}\n{text}\n")
        program.chmod(0o755)
    done = subprocess.run(
        [folder / "bash", SCRIPT], env={"PATH": str(folder)}, capture_output=True, text=True,
        check=True, timeout=60,
    )  # fmt: skip
    return done.stdout, done.stderr


@pytest.mark.parametrize("browser", ["chromium", "google_chrome"])
def test_a_browser_that_is_there_is_enough(browser: str, tmp_path: Path) -> None:
    assert run(tmp_path, **{browser: "exit 1"}, apt_get="exit 1") == ("", "")


def test_root_installs_it(tmp_path: Path) -> None:
    found = run(tmp_path, id="echo 0", apt_get=INSTALLS)
    assert found == ("+ apt-get install chromium\n", "")
    assert (tmp_path / "chromium").exists()


def test_sudo_is_used_when_it_asks_nothing(tmp_path: Path) -> None:
    sudo = 'shift; [ "$1" = true ] || exec "$@"'
    assert run(tmp_path, id="echo 1000", sudo=sudo, apt_get=INSTALLS)[1] == ""
    assert (tmp_path / "chromium").exists()


@pytest.mark.parametrize(
    ("programs", "why"),
    [
        ({}, "there is no apt-get"),
        ({"apt_get": INSTALLS, "id": "echo 1000"}, "only root may install it"),
        ({"apt_get": INSTALLS, "id": "echo 1000", "sudo": "exit 1"}, "only root may install it"),
        ({"apt_get": "exit 1", "id": "echo 0"}, "apt-get failed"),
        ({"apt_get": "exit 0", "id": "echo 0"}, "no browser came of it"),
    ],
)
def test_it_says_why_it_could_not(programs: dict[str, str], why: str, tmp_path: Path) -> None:
    shown = run(tmp_path, **programs)[1]
    assert shown == f"{MISSING} ({why}): tests in a browser are skipped\n"
