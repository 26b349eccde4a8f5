from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from fargate_lint.lint.located import Located

SCHEMA = json.loads(
    (Path(__file__).parent.parent / "data" / "schemas" / "gitlab-code-quality.json").read_text()
)
TASK = '{"a": 1,\n "b": 2}'


def test_a_violation_is_as_gitlab_documents_it(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    findings = [
        found(TASK, "2", "two", help="write 3", container="web"),
        found(TASK, "1", "one", severity="warning"),
        found(TASK, "1", "one", severity="info", rule="ACME101 no-owner"),
    ]
    written = json.loads(report("gitlab", *findings, min_severity="info"))
    jsonschema.validate(written, SCHEMA)
    address = (
        "https://github.com/fargate-lint/fargate-lint/blob/main/docs/rules/"
        "launcher-missing-double-dash.md"
    )
    assert {key: value for key, value in written[0].items() if key != "fingerprint"} == {
        "description": "web: two; write 3",
        "check_name": "LCH101 launcher-missing-double-dash",
        "severity": "critical",
        "location": {"path": "task.json", "lines": {"begin": 2, "end": 2}},
        "content": {"body": f"[launcher-missing-double-dash]({address})"},
    }
    assert [violation["severity"] for violation in written] == ["critical", "major", "info"]
    assert "content" not in written[2]


def test_no_two_violations_have_one_fingerprint(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    findings = [found(TASK, "1", "one"), found(TASK, "1", "one"), found(TASK, "1", "x", file="b")]
    written = json.loads(report("gitlab", *findings))
    assert len({violation["fingerprint"] for violation in written}) == 3
    assert json.loads(report("gitlab", *findings)) == written


def test_an_empty_report_is_an_empty_list(report: Callable[..., str]) -> None:
    assert report("gitlab") == "[]\n"


def test_paths_are_those_of_the_checkout(
    found: Callable[..., Located],
    report: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "deploy").mkdir()
    monkeypatch.chdir(tmp_path / "deploy")
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path))
    findings = [
        found(TASK, "1", "one", file="./task.json"),
        found(TASK, "1", "one", file="../other.json"),
        found(TASK, "1", "one", file=str(tmp_path / "deploy" / "third.json")),
        found(TASK, "1", "one", file="/elsewhere/task.json"),
        found(TASK, "1", "one", file="<stdin>"),
    ]
    written = json.loads(report("gitlab", *findings))
    assert [violation["location"]["path"] for violation in written] == [
        "deploy/task.json",
        "other.json",
        "deploy/third.json",
        "/elsewhere/task.json",
        "<stdin>",
    ]
