from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from fargate_lint.cli import main

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("plain")

PLUGIN = '''
from fargate_lint.lint.rule import Rule


class NoOwner(Rule):
    """The task has no `owner`,
    so nobody is called."""

    code = "AAA101"
    name = "no-owner"
    severity = "error"
    aliases = ("ownerless", "orphan")
    since = "2.0"


class Two(Rule):
    """Two of them."""

    code = "AAB1001"
    name = "two"


def fargate_lint_rules():
    return [Two, NoOwner]
'''


@pytest.fixture(autouse=True)
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a plugin that the configuration of the current folder names."""
    (tmp_path / "acme.py").write_text(PLUGIN)
    (tmp_path / "fargate-lint.toml").write_text('[plugins]\npaths = ["acme.py"]\n')
    monkeypatch.chdir(tmp_path)
    return str(tmp_path / "acme.py")


def rows(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines about the plugin's rules, and one about a rule of ours."""
    assert main(["rules"]) == 0
    return [
        re.sub(r" +", " ", line.rstrip())
        for line in capsys.readouterr().out.splitlines()
        if re.search(r"AAA101|AAB1001|LCH101|nobody", line)
    ]


def test_rules_are_columns_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert rows(capsys)[:2] == [
        "AAA101 no-owner error The task has no `owner`, so nobody is called.",
        "AAB1001 two warning Two of them.",
    ]
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    severities = {line.index(re.split(r"  +", line)[2], 30) for line in lines}
    assert len(severities) == 1


def test_rules_of_a_named_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.toml").write_text("")
    assert main(["rules", "--config", "other.toml"]) == 0
    assert "AAA101" not in capsys.readouterr().out


def test_rules_as_json(capsys: pytest.CaptureFixture[str], acme: str) -> None:
    assert main(["rules", "--format", "json"]) == 0
    catalogue = json.loads(capsys.readouterr().out)
    assert list(catalogue) == ["version", "rules"]
    assert catalogue["version"] == 1
    assert catalogue["rules"][:2] == [
        {
            "code": "AAA101",
            "name": "no-owner",
            "aliases": ["ownerless", "orphan"],
            "severity": "error",
            "fix": None,
            "summary": "The task has no `owner`, so nobody is called.",
            "since": "2.0",
            "plugin": acme,
        },
        {
            "code": "AAB1001",
            "name": "two",
            "aliases": [],
            "severity": "warning",
            "fix": None,
            "summary": "Two of them.",
            "since": "0.1.0",
            "plugin": acme,
        },
    ]
    assert {rule["plugin"] for rule in catalogue["rules"][2:]} == {"fargate_lint"}


def test_rules_are_a_table_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert main(["rules"]) == 0
    out = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    lines = [line.strip() for line in out.splitlines()]
    assert "code      severity   name and summary" in lines
    assert "AAB1001   warning    two" in lines
