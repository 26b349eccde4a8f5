from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.diagnose.changes import diff
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.read import read

if TYPE_CHECKING:
    from fargate_lint.lint.registry import Registry


@pytest.mark.parametrize(("length", "kept"), [(400, True), (401, False)])
def test_a_diff_with_a_line_of_more_than_400_characters_is_left_out(
    known: Registry, definition: dict[str, Any], length: int, kept: bool
) -> None:
    router = next(one for one in definition["containerDefinitions"] if one["name"] == "log_router")
    command = router["command"]
    command.remove("--")
    command[command.index("-e") + 1] = "y" * (length - len('     "",'))
    documents = read("task.json", json.dumps(definition, indent=1).encode())
    checker = Checker(known, Settings())
    findings = checker.check(documents[0])
    lines = diff(documents, findings, checker, ["launcher-missing-double-dash"])
    assert (max(map(len, lines), default=0) == length) is kept
    assert bool(lines) is kept


def test_a_definition_in_one_long_line_is_not_checked_again_for_a_diff_without_short_lines(
    known: Registry, definition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    router = next(one for one in definition["containerDefinitions"] if one["name"] == "log_router")
    router["command"].remove("--")
    documents = read("task.json", json.dumps(definition).encode())
    checker = Checker(known, Settings())
    findings = checker.check(documents[0])
    monkeypatch.setattr(checker, "check", lambda _: pytest.fail("checked again"))
    assert any(one.rule.name == "launcher-missing-double-dash" for one in findings)
    assert diff(documents, findings, checker, ["launcher-missing-double-dash"]) == []
