from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint import read
from fargate_lint.launch import launch_of
from fargate_lint.lint.linter import Linter
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.testing import base

if TYPE_CHECKING:
    from collections.abc import Callable


def status(name: str, text: str, **how: bool) -> str:
    return Linter().check(name, text.encode(), **how).status


def test_a_file_that_can_not_be_read_is_one_finding_at_its_start() -> None:
    report = Linter().unreadable("task.json", "`task.json` can't be read: no such file")
    (found,) = report.findings
    assert (report.name, report.status, report.broken) == ("task.json", "unreadable", False)
    assert found.name == "file-unreadable"
    assert found.message == "`task.json` can't be read: no such file"
    assert tuple(found.start) == (1, 1)
    (document,) = report.documents
    assert (document.name, document.text, list(report.tasks)) == ("task.json", "", [])


@pytest.mark.parametrize(
    ("name", "text", "chosen", "found", "unrelated"),
    [
        ("task.json", json.dumps(base("plain")), "checked", "checked", "checked"),
        ("notes.json", "[1, 2]", "unreadable", "skipped", "skipped"),
        ("x.json", '{"containerDefinitions": [', "checked", "checked", "checked"),
        ("x.conf", "[INPUT]\n    Name cpu\n", "checked", "checked", "checked"),
        ("x.sh", "aws ecs list-clusters\n", "checked", "skipped", "checked"),
    ],
)
def test_what_is_nothing_of_ours_is_skipped_unless_it_was_chosen(
    name: str, text: str, chosen: str, found: str, unrelated: str
) -> None:
    assert [
        status(name, text),
        status(name, text, chosen=False),
        status(name, text, skip_unrelated=True),
    ] == [chosen, found, unrelated]


def test_a_conf_named_with_a_version_is_a_configuration_whatever_is_in_it() -> None:
    settings = Settings()
    settings.fluent_bit = "4.2"
    for name, status in (("x.conf", "checked"), ("X.CONF", "checked"), ("x.txt", "unreadable")):
        report = Linter(settings).check(name, b"Dear reader\n")
        assert (report.status, [each.name for each in report.documents]) == (status, [name])


def test_a_report_is_handed_to_another_process_without_its_documents() -> None:
    report = Linter().check("task.json", json.dumps({**base("plain"), "cpuu": 1}).encode())
    report.ignored, report.hidden = [3], ["info"]
    copy = pickle.loads(pickle.dumps(report))  # noqa: S301
    assert [each.message for each in copy.findings] == [each.message for each in report.findings]
    assert copy.findings
    assert (copy.name, copy.status, copy.ignored, copy.hidden) == (
        "task.json", "checked", [3], ["info"],
    )  # fmt: skip
    assert (copy.documents, copy.tasks) == ((), ())
    assert len(report.tasks) == 1


def test_findings_stand_in_the_order_of_the_text() -> None:
    text = json.dumps({**base("plain"), "zzz": 1, "cpuu": 1, "networkMode": "x"}, indent=1)
    starts = [found.start for found in Linter().check("task.json", text.encode()).findings]
    assert len(starts) > 2
    assert starts == sorted(starts)


def test_what_was_checked_can_be_asked_afterwards() -> None:
    linter = Linter(Settings())
    for name in ("agent", "cloudwatch", "firelens", "plain"):
        linter.check("task.json", json.dumps(base(name)).encode())
    reports = [linter.check(name, json.dumps(base(name)).encode()) for name in ("agent", "plain")]
    for report in reports:
        [task] = report.tasks
        assert all(each.task is task for each in task.containers)
        pipeline = launch_of(task, None).pipeline
        logging = [each for each in task.containers if each.driver == "awsfirelens"]
        assert [each for each, _ in (pipeline.senders if pipeline else ())] == logging


def test_a_pickled_report_has_no_text_rather_than_an_empty_one() -> None:
    report = Linter().check("task.json", json.dumps(base("agent")).encode())
    assert report.fixed() == json.dumps(base("agent"))
    with pytest.raises(ValueError, match="no text to fix"):
        pickle.loads(pickle.dumps(report)).fixed()  # noqa: S301  (our own)
    assert Linter().check("x.json", b"{}", chosen=False).fixed() == ""


def test_a_check_that_fails_leaves_the_linter_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    linter = Linter()
    text = json.dumps({**base("agent"), "cpuu": 1}) + "\n// fargate-lint: ignore[ALL] -- old\n"
    shown = [found.code for found in linter.check("task.json", json.dumps(base("agent"))).findings]
    assert shown == []
    with monkeypatch.context() as patch:
        patch.setattr("fargate_lint.lint.checker.Checker._collect", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            linter.check("task.jsonc", text)
    after = linter.check("task.json", json.dumps(base("agent")))
    assert [found.code for found in after.findings] == shown
    assert after.hidden


@pytest.mark.parametrize("kind", [bytearray, memoryview])
def test_bytes_may_come_in_anything_that_holds_them(kind: Callable[[bytes], bytes]) -> None:
    data = json.dumps({**base("plain"), "cpuu": 1}).encode()
    found = [each.message for each in Linter().check("task.json", data).findings]
    assert found
    assert [each.message for each in Linter().check("task.json", kind(data)).findings] == found
    assert len(read("task.json", kind(data)).tasks) == 1


@pytest.mark.parametrize("data", [None, 7, ["{}"], Path("task.json")])
def test_what_is_neither_text_nor_bytes_is_a_type_error(data: Any) -> None:
    for given in (Linter().check, read):
        with pytest.raises(TypeError, match="the contents of a file are bytes or a string, not"):
            given("task.json", data)
