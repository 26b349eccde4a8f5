from __future__ import annotations

import json
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.cli import main
from fargate_lint.testing import base

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
FORMATS = pytest.mark.parametrize("output", ["text", "markdown", "html", "json"])


COMMAND = [
    "-i", "Mem_Buf_Limit", "50M",
    "-F", "record_modifier", "-m", "*", "-p", "Record=note ````",
    "-o", "syslog", "-m", "*", "-p", "Port=1514", "-p", "Syslog_Message_Key=log",
]  # fmt: skip


@pytest.fixture
def task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A definition whose command, all on one line, has no `--`, and a secret below it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    definition: Any = base("agent")
    router = next(each for each in definition["containerDefinitions"] if each.get("entryPoint"))
    router["command"] = "COMMAND"
    router["image"] = "111222333444.dkr.ecr.us-east-1.amazonaws.com/aws-for-fluent-bit:2.32.2"
    variables = json.dumps([{"name": "API_TOKEN", "value": SECRET}])
    text = json.dumps(definition, indent=2).replace(
        '"COMMAND"', f'{json.dumps(COMMAND)},\n      "environment": {variables}'
    )
    path = tmp_path / "task.json"
    path.write_text(text)
    return path


def report(capsys: pytest.CaptureFixture[str], output: str, *words: str) -> str:
    assert main(["explain", "--isolated", "task.json", "--format", output, *words]) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("task")
@FORMATS
def test_a_ticket_shows_what_to_change_as_a_diff(
    output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = report(capsys, output)
    if output == "json":
        (verdict, *_) = json.loads(found)["verdicts"]
        assert verdict["cause"] == "launcher-missing-double-dash"
        found = verdict["diff"]
    assert "--- task.json" in found
    assert "+++ task.json" in found
    if output == "html":
        found = unescape(found)
        assert '<del>-      "command": ["-i",' in found
        assert '<ins>+      "command": ["-i",' in found
    assert '"command": ["-i", "Mem_Buf_Limit", "50M", "-F", "record_modifier"' in found
    assert '"command": ["-i", "Mem_Buf_Limit", "50M", "--", "-F", "record_modifier"' in found


@pytest.mark.usefixtures("task")
@FORMATS
def test_no_secret_is_in_a_diff(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = report(capsys, output)
    assert SECRET not in found
    assert "*" * len(SECRET) in found


@pytest.mark.usefixtures("task")
@FORMATS
def test_a_diff_has_other_names_where_these_are_wanted(
    output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "111222333444" not in report(capsys, output, "--anonymize")


def test_a_file_of_one_long_line_has_no_diff(
    task: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    task.write_text(json.dumps(json.loads(task.read_text())))
    found = json.loads(report(capsys, "json"))
    assert found["verdicts"][0]["cause"] == "launcher-missing-double-dash"
    assert found["verdicts"][0]["diff"] is None


@pytest.mark.usefixtures("task")
def test_what_backticks_a_file_has_do_not_end_the_diff(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = report(capsys, "markdown")
    assert found.count("\n`````diff\n") == found.count("\n`````\n") == 1


def test_a_definition_without_a_fix_has_no_diff(
    task: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    task.write_text(json.dumps(base("cloudwatch"), indent=2).replace('"cloudwatch"', '"nothing"'))
    assert "+++" not in report(capsys, "text")
