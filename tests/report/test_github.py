from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fargate_lint.lint.located import Located

TASK = '{"a": 1,\n "b": 2}'
NOTICE = "::notice title=fargate-lint::"
RULE = "title=LCH101 launcher-missing-double-dash"


@pytest.fixture(autouse=True)
def no_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


def test_a_finding_is_a_workflow_command(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    findings = [
        found(TASK, "1", "100%\nsure", help="a:b,c", container="web"),
        found(TASK, "a", "two", severity="warning", file="a,b:c%.json"),
        found(TASK, "1,\n", "three", severity="info"),
    ]
    assert report("github", *findings, min_severity="info") == (
        f"::error file=task.json,line=1,endLine=1,col=7,endColumn=8,{RULE}"
        "::100%25%0Asure (web)%0Ahelp: a:b,c\n"
        f"::warning file=a%2Cb%3Ac%25.json,line=1,endLine=1,col=3,endColumn=4,{RULE}::two\n"
        f"::notice file=task.json,line=1,endLine=2,{RULE}::three\n"
    )
    assert report("github") == ""


def test_beyond_ten_of_a_level_a_notice_and_the_log_have_the_rest(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    findings = [found(TASK, "1", f"::error::{number}") for number in range(12)]
    findings += [found(TASK, "1", "w", severity="warning") for _ in range(3)]
    findings += [found(TASK, "1", "i", severity="info") for _ in range(10)]
    lines = report("github", *findings, min_severity="info").splitlines()
    assert sum(line.startswith("::error ") for line in lines) == 10
    assert sum(line.startswith("::warning ") for line in lines) == 3
    assert sum(line.startswith("::notice ") for line in lines) == 10
    assert lines[-4:] == [
        f"{NOTICE}2 more errors, 1 more note in this step's log: GitHub shows 10 of each",
        "- task.json:1:7: error[LCH101] launcher-missing-double-dash: ::error::10",
        "- task.json:1:7: error[LCH101] launcher-missing-double-dash: ::error::11",
        "- task.json:1:7: info[LCH101] launcher-missing-double-dash: i",
    ]


def test_the_summary_of_the_job_gets_all_findings(
    found: Callable[..., Located],
    report: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# Build\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    findings = [found(TASK, "1", f"fault {number}") for number in range(12)]
    assert "2 more errors in the job's summary and in this step's log" in report(
        "github", *findings
    )
    text = summary.read_text()
    assert text.startswith("# Build\n<!-- fargate-lint -->\n### fargate-lint: 12 errors in 1 file")
    assert all(f"fault {number} " in text for number in range(12))


def test_a_summary_that_cannot_be_written_is_no_failure(
    found: Callable[..., Located],
    report: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "missing" / "summary.md"))
    assert report("github", found(TASK, "1", "one")).startswith("::error ")


def test_nothing_in_a_file_makes_another_command(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    evil = "x\r\n::set-env name=PATH::/tmp\n::add-mask::y"
    findings = [found(TASK, "1", evil, file=evil, container=evil, help=evil) for _ in range(11)]
    for line in report("github", *findings).splitlines():
        assert line.startswith(("::error file=", "::notice title=", "- "))
