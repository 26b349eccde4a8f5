from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fargate_lint.lint.batch import Batch
from fargate_lint.lint.files import Found
from fargate_lint.lint.ignore.ignore import Ignore
from fargate_lint.lint.linter import Report
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
