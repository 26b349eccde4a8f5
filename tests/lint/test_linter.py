from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import fargate_lint
from fargate_lint.inputs.shapes import Shape
from fargate_lint.launch import launch_of
from fargate_lint.lint.context import Context
from fargate_lint.lint.finding import Place
from fargate_lint.lint.ignore.ignore import Ignore
from fargate_lint.lint.linter import Linter
from fargate_lint.lint.registry import load
from fargate_lint.lint.rule import Rule
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.read import read
from fargate_lint.testing import base
from tests.build import document

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.source.document import Document


def status(name: str, text: str, **how: bool) -> str:
    return Linter().check(name, text, **how).status


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
    assert len(fargate_lint.read("task.json", kind(data)).tasks) == 1


@pytest.mark.parametrize("data", [None, 7, ["{}"], Path("task.json")])
def test_what_is_neither_text_nor_bytes_is_a_type_error(data: Any) -> None:
    for given in (Linter().check, fargate_lint.read):
        with pytest.raises(TypeError, match="the contents of a file are bytes or a string, not"):
            given("task.json", data)


def test_a_broken_file_that_was_chosen_is_skipped_unless_it_seems_to_be_ours() -> None:
    for text, expected in (
        ("[" * 600, "skipped"),
        ("[" * 600 + '"image"', "unreadable"),
        ("[" * 600 + '"\\ud800 \ud800", "image"', "unreadable"),
        ("[1, 2]", "skipped"),
    ):
        assert status("task.json", text, skip_unrelated=True) == expected
        assert status("task.json", text) == "unreadable"


def test_a_shape_that_fails_makes_a_file_ours() -> None:
    def fail(_: Document) -> list[Definition]:
        raise KeyError

    registry = load()
    registry.add_shapes("odd", [Shape("broken", fail, marks=["deploy"])])
    for chosen in (True, False):
        report = Linter(registry=registry).check("x.json", b'{"deploy": 1}', chosen=chosen)
        assert (report.status, report.broken) == ("checked", True)
        (found,) = report.findings
        assert found.message.startswith(
            "shape `broken` of plugin `odd` failed: KeyError at test_li"
        )


def test_findings_of_one_place_stand_in_the_order_of_codes_and_messages() -> None:
    class Second(Rule):
        code, name = "TST002", "second"

        def check_document(self, document: Document) -> None:
            for place, message in (((), "b"), ((), "a"), (("b",), "c"), (("a",), "z")):
                self.add(message, Place(document, place))

    class First(Rule):
        code, name = "TST001", "first"

        def check_document(self, document: Document) -> None:
            self.add("z", Place(document))

    registry, settings = load(), Settings()
    registry.add("test", [Second, First])
    settings.select = ["TST"]
    report = Linter(settings, registry=registry).check("a.json", b'{"a": 1, "b": 2}')
    assert [(each.code, each.message) for each in report.findings] == [
        ("TST001", "z"), ("TST002", "a"), ("TST002", "b"), ("TST002", "z"), ("TST002", "c"),
    ]  # fmt: skip


def test_what_is_too_light_is_counted_and_what_is_suppressed_is_shown() -> None:
    text = json.dumps({**base("agent"), "cpu": 512}).encode()
    settings = Settings()
    (heavy,) = Linter(settings).check("task.json", text).findings
    light = Linter(settings, floor=0).check("task.json", text)
    assert [each.severity for each in light.findings].count("info") > 0
    assert light.hidden == []
    hidden = ["info"] * (len(light.findings) - 1)
    linter = Linter(settings)
    for _ in range(2):
        assert linter.check("task.json", text).hidden == hidden
    settings.ignores = [Ignore(document({}), (), heavy.name, "so")]
    report = Linter(settings).check("task.json", text)
    assert (report.findings, report.ignored, report.hidden) == ([], [0], hidden)
    settings.show_suppressed = True
    report = Linter(settings).check("task.json", text)
    assert [each.suppression for each in report.findings] == [("configuration", "so")]


def test_an_ignore_that_only_suppresses_what_is_not_shown_is_used() -> None:
    text = json.dumps({**base("plain"), "revision": 3}).encode()
    settings = Settings()
    (light, *_) = Linter(settings, floor=0).check("task.json", text).findings
    settings.ignores = [Ignore(document({}), (), light.name, "so")]
    report = Linter(settings).check("task.json", text)
    assert (report.findings, report.ignored) == ([], [0])
    comment = text.replace(
        b'"revision"', f'\n// fargate-lint: ignore[{light.name}] so\n"revision"'.encode()
    )
    settings.ignores = []
    assert Linter(settings).check("task.jsonc", comment).findings == []


def test_fixes_are_worked_out_where_they_are_wanted() -> None:
    text = json.dumps({**base("agent"), "cpu": 512}).encode()
    for wanted in (True, False):
        (found,) = Linter(fixes=wanted).check("task.json", text).findings
        assert found.fixable
        assert (found.fix is not None) is wanted


def test_a_report_of_a_file_without_tasks_or_fixes_is_fixed_as_it_is() -> None:
    text = '{"family": "a b", "containerDefinitions": []}'
    report = Linter().check("task.json", text)
    assert report.findings
    assert report.fixing(unsafe=True) == (text, [])
    fixable = Linter().check("task.json", json.dumps({**base("plain"), "cpu": 512}))
    after, made = fixable.fixing()
    assert json.loads(after)["cpu"] == "512"
    assert [each.rule.name for each in made] == ["task-size-type"]
    assert fixable.definitions == [fixable.tasks[0].definition]


def test_ignores_are_judged_after_a_whole_run_or_for_one_file() -> None:
    settings = Settings()
    settings.select = ["CFG", "SEC"]
    settings.min_severity = "info"
    unused, wrong, other, single = (
        Ignore(document({}), (), rule, "so") for rule in ("SEC", "SEC", "IMG", "SEC")
    )
    settings.ignores = [unused, wrong, other, single]
    wrong.wrong = "it is wrong"
    single.file = "a/b.json"
    for each in settings.ignores:
        each.met = True
    linter = Linter(settings)
    linter.review(whole=True)
    assert [each.unused for each in settings.ignores] == [True, False, False, True]
    linter.review(whole=False)
    assert [each.unused for each in settings.ignores] == [False, False, False, True]
    single.used = True
    linter.review(whole=True)
    assert [each.unused for each in settings.ignores] == [True, False, False, False]
    unused.expired = True
    linter.review(whole=True)
    assert not unused.unused


@pytest.mark.parametrize(
    ("glob", "single"),
    [("a/b.json", True), ("b.json", False), ("a/*.json", False), ("a/?.json", False), ("", False)],
)
def test_an_ignore_for_one_file_needs_no_whole_run(glob: str, *, single: bool) -> None:
    ignore = Ignore(document({}), (), "SEC", "so")
    ignore.file, ignore.met = glob, True
    ignore.judge(whole=False)
    assert ignore.unused is single
    assert ignore.covers("a/b.json")
    assert ignore.covers("x/y") is (glob == "")


def test_a_script_is_looked_for_in_files_that_were_chosen_and_nothing_else_is_one() -> None:
    script = "aws ecs run-task --image: a\n"
    found = Linter().check("x.sh", script)
    assert [each.syntax for each in found.documents] == ["script"]
    assert status("x.sh", script, chosen=False) == "skipped"
    (plain,) = Linter().check("x.sh", script.replace("ecs", "s3")).documents
    assert plain.syntax == "text"


def test_comments_of_a_script_are_read_like_those_of_other_files() -> None:
    text = "aws ecs run-task\n# fargate-lint: ignore[SEC] so\n// fargate-lint: ignore[SEC] so\n"
    before = Linter(floor=0).check("x.sh", "aws ecs run-task\n")
    after = Linter(floor=0).check("x.sh", text)
    assert (after.status, len(after.findings)) == ("checked", len(before.findings))


def test_tasks_that_are_known_are_judged_and_no_others() -> None:
    (source,) = read("task.json", json.dumps({**base("plain"), "cpu": 512}).encode())
    linter = Linter()
    tasks = linter.check("task.json", source.text).tasks
    assert {each.task for each in linter.judge(source, [*tasks])} == set(tasks)
    assert linter.judge(source, []) == []
    assert {each.rule.name for each in linter.judge(source)} == {
        "task-size-type", "fargate-size-pair",
    }  # fmt: skip


def test_only_safe_fixes_are_made_unless_others_are_asked_for() -> None:
    text = json.dumps(base("agent")).replace('"essential": true', '"essential": false', 1)
    report = Linter().check("task.json", text)
    assert report.fixing() == (text, [])
    assert report.fixing(unsafe=True)[0] != text


def test_rules_without_a_context_get_the_one_of_a_project_without_a_configuration() -> None:
    names = [name for name in Context.__annotations__ if name not in {"services", "log_groups"}]
    settings, context = Settings(), Context()
    assert [getattr(settings, name) for name in names] == [getattr(context, name) for name in names]
