from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fargate_lint.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("names", "why"),
    [
        ([], "no JSON, YAML, `.conf` or template files in `.`"),
        (["a.json"], "`a.json` holds no task definition"),
        (["b.json", "a.json"], "2 files hold no task definition, `a.json` the first of them"),
        (["a\x1b[1m.json"], r"`a\x1b[1m.json` holds no task definition"),
    ],
)
def test_a_run_that_checks_nothing_says_why(
    names: list[str],
    why: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in names:
        (tmp_path / name).write_text("{}")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--isolated"]) == 3
    assert capsys.readouterr() == ("", f"nothing to check: {why}\n")
    assert main(["check", "--isolated", "--skip-unrelated"]) == 0
    assert capsys.readouterr() == ("", "")
