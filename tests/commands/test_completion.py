from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from fargate_lint.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


def completed(folder: Path, text: str, *words: str) -> list[str]:
    """What bash offers for the last of the words."""
    (folder / "completion.bash").write_text(text)
    (folder / "run.bash").write_text(
        "source completion.bash\n"
        'COMP_WORDS=(fargate-lint "$@"); COMP_CWORD=$#\n'
        "function=$(complete -p fargate-lint | sed 's/.*-F \\([^ ]*\\).*/\\1/')\n"
        '"$function" 2>/dev/null\n'
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    run = subprocess.run(
        ["bash", "run.bash", *words], cwd=folder, capture_output=True, text=True, check=True
    )
    return run.stdout.split()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_commands_options_and_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = script("bash", capsys)
    assert completed(tmp_path, text, "che") == ["check"]
    assert completed(tmp_path, text, "check", "--changed") == ["--changed-since"]
    assert completed(tmp_path, text, "check", "--fail-on", "w") == ["warning"]
    assert completed(tmp_path, text, "check", "--output-format", "ju") == ["junit"]
    assert completed(tmp_path, text, "explain", "launcher-missing-d") == [
        "launcher-missing-double-dash"
    ]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_get_a_script_of_theirs(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = script(shell, capsys)
    assert "--changed-since" in text or "changed-since" in text
    assert "permissions" in text
