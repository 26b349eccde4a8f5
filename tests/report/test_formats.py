from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fargate_lint.cli import main
from fargate_lint.report.findings import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_formats_are_those_of_the_readme() -> None:
    assert ", ".join(FORMATS) == (
        "concise, github, gitlab, html, json, jsonl, junit, markdown, sarif, text"
    )


def test_several_formats_come_of_one_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "task.json").write_text('{"containerDefinitions": [], "family": "web",}')
    words = [f"--output-format={name}:out.{name}" for name in FORMATS]
    main(["check", "--isolated", *words, "--output-format=concise", "task.json"])
    out = capsys.readouterr().out
    assert out == (tmp_path / "out.concise").read_text()
    assert out.startswith("task.json:1:")
    for name in FORMATS:
        assert (tmp_path / f"out.{name}").stat().st_size
    assert json.loads((tmp_path / "out.sarif").read_text())["version"] == "2.1.0"


def test_a_format_that_is_none_is_told_with_all_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "--output-format", "xml"]) == 2
    assert capsys.readouterr().err == (
        f"error: there is no output format `xml`\n  help: one of {', '.join(FORMATS)}\n"
    )


def test_two_formats_do_not_go_to_one_file(capsys: pytest.CaptureFixture[str]) -> None:
    words = [word for name in ("json", "sarif") for word in ("--output-format", f"{name}:out")]
    assert main(["check", *words]) == 2
    assert capsys.readouterr().err == (
        "error: two formats are to be written to `out`\n  help: name a file for each\n"
    )
