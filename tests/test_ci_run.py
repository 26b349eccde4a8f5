from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

RUN = Path(__file__).parent.parent / ".ci" / "run"

pytestmark = pytest.mark.skipif(not RUN.exists(), reason="only a checkout has it")


@pytest.mark.parametrize("words", [["--help"], ["fast", "tests"], [""]])
def test_arguments_are_refused_before_anything_is_done(words: list[str], tmp_path: Path) -> None:
    program = tmp_path / ".ci" / "run"
    program.parent.mkdir()
    shutil.copy(RUN, program)
    kept = tmp_path / ".artifacts" / "page.png"
    kept.parent.mkdir()
    kept.touch()
    browser = tmp_path / "scripts" / "browser"
    browser.parent.mkdir()
    browser.write_text("#!/bin/sh\ntouch started\n")
    browser.chmod(0o755)
    run = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    refusal = f"{program}: takes no arguments, but got `{' '.join(words)}`\n"
    assert (run.returncode, run.stdout, run.stderr) == (2, "", refusal)
    assert kept.exists()
    assert not (tmp_path / "started").exists()
