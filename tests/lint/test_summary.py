from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.lint import parallel
from fargate_lint.lint.batch import PARALLEL_FROM, Batch
from fargate_lint.lint.files import Found
from fargate_lint.lint.ignore.baseline import Baseline
from fargate_lint.lint.ignore.ignore import Ignore
from fargate_lint.lint.linter import Report
from fargate_lint.lint.located import Located
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.lint.summary import Summary
from fargate_lint.testing import base
from tests.build import document

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_too_light_to_be_shown_counts_by_its_severity() -> None:
    summary = Summary(Configuration({}, isolated=True), skip_unrelated=False)
    summary.add(Report("a.json", "checked", hidden=["info", "info", "warning"]))
    summary.add(Report("b.json", "skipped"))
    summary.add(Report("c.json", "skipped"))
    assert summary.counts == {"error": 0, "warning": 1, "info": 2}
    assert summary.hidden == 3
    assert summary.files == {"checked": 1, "skipped": 2, "unreadable": 0}
    assert summary.first_skipped == "b.json"
    assert summary.findings == []


def test_an_ignore_is_used_by_a_file_of_any_of_the_settings(tmp_path: Path) -> None:
    configurations = [Settings(), Settings()]
    for settings in configurations:
        settings.ignores = [Ignore(document({}), (), "SEC", "accepted") for _ in range(2)]
        settings.root = str(tmp_path)
    summary = Summary(Configuration({}, isolated=True), skip_unrelated=False)
    for settings in configurations:
        summary._account(Report("a.json", "checked", ignored=[1]), settings)
        summary._account(Report("b.json", "unreadable", ignored=[0]), settings)
    assert list(summary._met.values()) == configurations
    for settings in configurations:
        assert [(each.met, each.used) for each in settings.ignores] == [(True, False), (True, True)]


def test_one_linter_serves_all_folders_with_the_same_settings() -> None:
    one, other = Settings(), Settings()
    batch = Batch(load(), lambda folder: other if folder == "b" else one)
    assert batch.linter("a/x.json") is batch.linter("c/y.json")
    assert batch.linter("b/x.json") is not batch.linter("a/x.json")
    assert batch.linter("b/x.json").settings is other


def test_a_named_file_of_something_else_is_skipped_where_that_is_asked_for() -> None:
    data = json.dumps(base("plain")).encode()
    for skips, status in ((False, "unreadable"), (True, "skipped")):
        batch = Batch(load(), lambda _: Settings(), skip_unrelated=skips)
        assert batch.check(Found("notes.json", named=True), b"[1, 2]").status == status
        assert batch.check(Found("task.json", named=True), data).status == "checked"


def located(severity: str, name: str = "family-name", file: str = "a.json") -> Located:
    found = Located()
    found.severity, found.name, found.file = severity, name, file
    return found


def summary_of(*reports: Report, skip_unrelated: bool = False, **settings: str) -> Summary:
    made = Summary(Configuration(settings, isolated=True), skip_unrelated=skip_unrelated)
    for report in reports:
        made.add(report)
    return made


def checked(*severities: str, name: str = "family-name") -> Report:
    return Report("a.json", "checked", [located(each, name) for each in severities])


def test_findings_below_what_is_shown_are_counted_and_hidden() -> None:
    summary = summary_of(checked("info", "warning"), checked("error", "info"))
    assert [each.severity for each in summary.findings] == ["warning", "error"]
    assert summary.counts == {"error": 1, "warning": 1, "info": 2}
    assert summary.hidden == 2


@pytest.mark.parametrize(
    ("severities", "fail_on", "status"),
    [
        ([], "warning", 0),
        (["info"], "warning", 0),
        (["warning"], "warning", 1),
        (["info"], "info", 1),
        (["warning"], "error", 0),
        (["error", "info"], "error", 1),
        (["error"], "never", 0),
    ],
)
def test_a_run_fails_by_its_heaviest_finding(
    severities: list[str], fail_on: str, status: int
) -> None:
    assert summary_of(checked(*severities), fail_on=fail_on).status() == status


def test_the_status_of_a_run_without_files_and_of_one_with_a_broken_rule() -> None:
    assert summary_of().status() == 3
    assert summary_of(Report("a.json", "skipped")).status() == 3
    assert summary_of(Report("a.json", "skipped"), skip_unrelated=True).status() == 0
    assert summary_of(Report("a.json", "unreadable")).status() == 3
    broken = checked("error", name="broken-rule")
    assert summary_of(broken, checked(), fail_on="never").status() == 4


def test_suppressed_findings_neither_count_nor_fail() -> None:
    report = checked("error")
    report.findings[0].suppression = ("comment", "so")
    summary = summary_of(report)
    assert (summary.findings, summary.suppressed) == ([], report.findings)
    assert (summary.counts["error"], summary.status()) == (0, 0)


def test_why_nothing_was_checked() -> None:
    skipped = [Report(f"{number}.json", "skipped") for number in range(1200)]
    assert summary_of().skipped_because(["a", "b"]) == (
        "no JSON, YAML, `.conf` or template files in `a`, `b`"
    )
    assert summary_of(*skipped[:1]).skipped_because(["."]) == "`0.json` holds no task definition"
    assert summary_of(*skipped).skipped_because(["."]) == (
        "1,200 files hold no task definition, `0.json` the first of them"
    )


def test_findings_that_a_baseline_has_are_left_out_or_shown_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fargate-lint.toml").write_text('locked = ["family-name"]\n')
    names = ("unknown-member", "family-name", "unknown-member", "unknown-member")
    entries = [
        {"fingerprint": str(index), "file": "a.json", "name": name, "severity": "error"}
        for index, name in enumerate([*names, "unknown-member"])
    ]
    (tmp_path / "known.json").write_text(json.dumps({"version": 1, "findings": entries}))
    for shown in (False, True):
        findings = [located("error", name) for name in names]
        for index, finding in enumerate(findings):
            finding.fingerprint = str(index)
        findings[2].fingerprint = "new"
        findings[3].suppression = ("label", "so")
        options = {"show_suppressed": shown, "min_severity": "info"}
        summary = Summary(Configuration(options), skip_unrelated=False)
        summary.baseline = Baseline("known.json")
        summary.add(Report("a.json", "checked", findings))
        assert summary.findings == []
        summary.finish(load(), ["a.json"])
        # The last of these are about entries of the baseline.
        assert summary.findings[:2] == findings[1:3]
        assert summary.suppressed == ([findings[0], findings[3]] if shown else [findings[3]])
        assert findings[0].suppression == (("baseline", "known.json") if shown else None)
        assert [each.index for each in summary.fixed] == [2, 3, 4]
        assert summary.prune_hint("known.json") == (
            "note: 3 of 5 findings of `known.json` are fixed: "
            "`fargate-lint baseline --prune -o known.json`"
        )
        assert [each.name for each in summary.findings[2:]] == ["unused-ignore"] * 3
        assert [summary.is_locked(each) for each in findings[:2]] == [False, True]


def test_nothing_is_locked_before_the_run_is_over() -> None:
    assert not summary_of().is_locked(located("error"))


def test_a_file_that_can_not_be_read_is_a_finding_only_when_it_was_named(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone.json")
    for skips, named, status in (
        (False, True, "unreadable"),
        (False, False, "skipped"),
        (True, True, "skipped"),
    ):
        batch = Batch(load(), lambda _: Settings(), skip_unrelated=skips)
        report = batch.check(Found(gone, named=named))
        assert (report.name, report.status) == (gone, status)
        assert [each.message for each in report.findings] == (
            [f"`{gone}` can't be read: no such file or directory"] if status == "unreadable" else []
        )


def test_a_report_of_many_keeps_neither_documents_nor_tasks() -> None:
    text = json.dumps({**base("plain"), "cpu": 512}).encode()
    for fixes in (False, True):
        batch = Batch(load(), lambda _: Settings(), fixes=fixes)
        report = batch.check(Found("task.json", named=True), text)
        assert (report.documents, report.tasks) == ((), ())
        assert (report.findings[0].fix is not None) is fixes


def test_files_are_checked_in_processes_when_there_are_enough_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batch = Batch(load(), lambda _: Settings())
    monkeypatch.setattr(Batch, "check", lambda _, found: f"here {found.path}")
    monkeypatch.setattr(
        parallel, "run", lambda _, wanted, jobs: (f"{jobs} {each.path}" for each in wanted)
    )

    def run(count: int, jobs: int) -> list[Any]:
        wanted = (Found(str(number), named=False) for number in range(count))
        return list(batch.run(wanted, jobs))

    many = PARALLEL_FROM
    assert run(many, 2) == [f"2 {number}" for number in range(many)]
    assert run(many + 3, 4) == [f"4 {number}" for number in range(many + 3)]
    for count, jobs in ((many - 1, 2), (many + 3, 1), (0, 2)):
        assert run(count, jobs) == [f"here {number}" for number in range(count)]
