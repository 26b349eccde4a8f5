from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fargate_lint.cli import main
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.finding import rank
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.read import read

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
MODES: list[dict[str, Any]] = json.loads((FIXTURES / "modes.json").read_text())
REGISTRY = load()


def rules_that_speak(name: str, settings: dict[str, str]) -> list[str]:
    made = Settings()
    for key, value in settings.items():
        setattr(made, key, value)
    checker = Checker(REGISTRY, made)
    return [
        finding.rule.name
        for document in read(name, (FIXTURES / name).read_bytes())
        for finding in checker.check(document)
        if rank(finding.severity) >= rank("warning")
    ]


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode["rule"])
def test_a_documented_failure_triggers_exactly_its_rule(mode: dict[str, Any]) -> None:
    assert set(rules_that_speak(mode["broken"], mode["settings"])) == {mode["rule"]}


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode["rule"])
def test_the_fixed_version_is_silent(mode: dict[str, Any]) -> None:
    assert rules_that_speak(mode["fixed"], mode["settings"]) == []


def test_what_is_right_is_silent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["check", "--isolated", "fixtures/ok"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "path", sorted((FIXTURES / "err").glob("*.out")), ids=lambda path: path.stem
)
def test_what_is_wrong_is_told_as_recorded(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(FIXTURES / "err")
    main(["check", "--isolated", path.stem])
    assert capsys.readouterr().out == path.read_text()


def test_every_faulty_file_has_a_record() -> None:
    faulty = {path.name for path in (FIXTURES / "err").iterdir() if path.suffix != ".out"}
    assert {path.stem for path in (FIXTURES / "err").glob("*.out")} == faulty
