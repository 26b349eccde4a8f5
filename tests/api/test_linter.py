"""The linter as other programs use it: a name and a text in, a report out."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from textwrap import dedent

import pytest

from fargate_lint import Finding, Linter, Report, Settings, Stop

EXAMPLES = Path(__file__).parent.parent.parent / "fargate_lint" / "data" / "examples"
TEXT = (EXAMPLES / "agent.json").read_text()
#: The size of the task as a number, which ECS refuses.
BAD = TEXT.replace('"cpu": "512"', '"cpu": 512')


def found(report: Report) -> list[tuple[str, int]]:
    return [(finding.rule.name, finding.range.start.line) for finding in report.findings]


def test_a_clean_text_has_no_findings() -> None:
    report = Linter().check("task.json", TEXT)
    assert (report.status, report.findings) == ("checked", [])
    assert [each.value["family"] for each in report.definitions] == ["shop"]
    assert report.document is not None
    assert report.document.text == TEXT


def test_a_finding_says_what_is_wrong_and_where() -> None:
    [finding] = Linter().check("task.json", BAD).findings
    assert isinstance(finding, Finding)
    assert (finding.rule.code, finding.rule.name) == ("ECS203", "task-size-type")
    assert (finding.severity, finding.file, finding.path) == ("error", "task.json", "/cpu")
    assert (finding.member, finding.container, finding.task) == ("/cpu", "", "shop")
    start, end = finding.range.start, finding.range.end
    line = BAD.split("\n")[start.line - 1]
    assert line[start.column - 1 : end.column - 1] == "512"
    assert finding.message == "`cpu` of the task is the number 512, not a string"
    assert finding.help
    assert finding.related == []
    assert len(finding.fingerprint) == 16
    assert finding.fix is not None
    assert finding.fix["edits"][0]["text"] == '"512"'


def test_a_related_place_has_a_range_and_words() -> None:
    twice = TEXT.replace('"name": "al-agent"', '"name": "web"').replace(
        '"essential"', '"essential"'
    )
    related = [
        place
        for finding in Linter().check("task.json", twice).findings
        for place in finding.related
    ]
    assert related
    assert all(place.file == "task.json" and place.message for place in related)
    assert all(place.path.startswith("/") and place.range.start.line > 1 for place in related)


def test_bytes_and_text_are_the_same_file() -> None:
    linter = Linter()
    assert found(linter.check("task.json", BAD.encode())) == found(linter.check("task.json", BAD))


def test_a_text_with_half_of_a_surrogate_pair_keeps_its_places() -> None:
    text = BAD.replace('"web"', '"w\ud800b"')
    assert found(Linter().check("task.json", text))[0] == ("task-size-type", 5)


def test_settings_choose_rules_and_severities() -> None:
    settings = Settings()
    settings.select = ["LCH"]
    assert Linter(settings).check("task.json", BAD).findings == []


def test_what_the_settings_hide_is_only_counted() -> None:
    heavy, light = Settings(), Settings()
    light.min_severity = "info"
    bad = BAD.replace('"family"', '"revision": 3, "family"')
    shown = Linter(light).check("task.json", bad)
    report = Linter(heavy).check("task.json", bad)
    assert {one.severity for one in shown.findings} == {"error", "info"}
    assert {one.severity for one in report.findings} == {"error"}
    assert report.hidden == ["info"] * (len(shown.findings) - len(report.findings))


def test_a_rule_that_does_not_exist_stops() -> None:
    settings = Settings()
    settings.select = ["task-size-typ"]
    with pytest.raises(Stop) as stop:
        Linter(settings)
    assert stop.value.message == "there is no rule `task-size-typ`"
    assert stop.value.help == "did you mean `task-size-type`?"


def test_what_is_fixed_is_the_text_with_its_safe_fixes() -> None:
    report = Linter().check("task.json", BAD)
    assert report.fixed() == TEXT


def test_only_unsafe_fixes_need_a_word() -> None:
    bad = TEXT.replace('"essential": true', '"essential": false')
    report = Linter().check("task.json", bad)
    assert report.fixed() == bad
    assert json.loads(report.fixed(unsafe=True)) != json.loads(bad)


def test_a_suppressed_finding_is_not_fixed() -> None:
    text = BAD.replace('"cpu": 512,', '"cpu": 512, // fargate-lint: ignore[task-size-type] so')
    report = Linter().check("task.jsonc", text)
    assert "task-size-type" not in dict(found(report))
    assert '"cpu": 512,' in report.fixed()


def test_a_file_of_another_kind_is_unreadable_and_stays_as_it_is() -> None:
    report = Linter().check("values.json", '{"a": 1}')
    assert (report.status, report.fixed()) == ("unreadable", '{"a": 1}')
    skipped = Linter().check("values.json", '{"a": 1}', chosen=False)
    assert (skipped.status, skipped.document, skipped.fixed()) == ("skipped", None, "")


def test_the_configuration_of_a_path_applies(tmp_path: Path) -> None:
    (tmp_path / "fargate-lint.toml").write_text('ignore = ["ECS2"]\n')
    (tmp_path / "deeper").mkdir()
    for path in (tmp_path, tmp_path / "deeper" / "task.json"):
        assert Linter.for_path(str(path)).check("task.json", BAD).findings == []


def test_the_configuration_of_a_path_brings_its_plugins_when_they_are_wanted(
    tmp_path: Path,
) -> None:
    (tmp_path / "fargate-lint.toml").write_text('[plugins]\npaths = ["mine.py"]\n')
    (tmp_path / "mine.py").write_text(
        dedent('''
            from fargate_lint.lint.rule import Rule

            class Mine(Rule):
                """A task has a family."""

                code = "TST901"
                name = "mine-of-a-test"
                severity = "error"

                def check_task(self, task):
                    self.report(task, "a task of ours", at=("family",))

            def fargate_lint_rules():
                return [Mine]
        ''')
    )
    report = Linter.for_path(str(tmp_path), plugins=True).check("task.json", TEXT)
    assert [one.rule.name for one in report.findings] == ["mine-of-a-test"]
    assert Linter.for_path(str(tmp_path)).check("task.json", TEXT).findings == []


def test_a_wrong_configuration_of_a_path_stops(tmp_path: Path) -> None:
    (tmp_path / "fargate-lint.toml").write_text("ignor = []\n")
    with pytest.raises(Stop, match="ignor"):
        Linter.for_path(str(tmp_path))


def test_files_beside_a_configuration_are_not_read_unless_wanted(tmp_path: Path) -> None:
    text = (
        "[SERVICE]\n    Flush 1\n\n@INCLUDE more.conf\n\n[OUTPUT]\n    Name stdout\n    Match *\n"
    )
    (tmp_path / "more.conf").write_text("[INPUT]\n    Name no_such_input\n")
    name = str(tmp_path / "fluent-bit.conf")
    settings = Settings()
    settings.fluent_bit = "1.9.10"
    assert "plugin-name-unknown" not in dict(found(Linter(settings).check(name, text)))
    assert "plugin-name-unknown" in dict(found(Linter(settings, beside=True).check(name, text)))
    assert "plugin-name-unknown" in dict(found(Linter.for_path(name).check(name, text)))


def test_names_are_matched_as_they_are_without_a_configuration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere() -> str:
        raise FileNotFoundError

    monkeypatch.setattr("os.getcwd", nowhere)
    settings = Settings()
    settings.per_file_ignores = {"legacy/*": ["ALL"]}
    linter = Linter(settings)
    assert linter.check("legacy/task.json", BAD).findings == []
    assert linter.check("task.json", BAD).findings != []


def test_threads_with_a_linter_each_find_what_one_finds() -> None:
    texts = {
        path.name: path.read_text().replace('"512"', "512")
        for path in sorted(EXAMPLES.glob("*.json"))
    }
    alone = {name: found(Linter().check(name, text)) for name, text in texts.items()}
    wrong: list[object] = []
    together = threading.Barrier(6)

    def work() -> None:
        linter = Linter()
        together.wait()
        try:
            wrong.extend(
                (name, there)
                for _ in range(5)
                for name, text in texts.items()
                if (there := found(linter.check(name, text))) != alone[name]
            )
        except Exception as error:  # noqa: BLE001  (a thread's own would be lost)
            wrong.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.parametrize("selector", ["ineffective-ignore", "CFG", "ALL"])
def test_findings_about_comments_are_ignored_by_file_too(selector: str) -> None:
    text = "# fargate-lint: ignore[unknown-member]\nfamily: shop\ncontainerDefinitions: []\n"
    settings = Settings()
    settings.select = ["ineffective-ignore"]
    assert [each.name for each in Linter(settings).check("task.yaml", text).findings] == [
        "ineffective-ignore"
    ]
    settings.per_file_ignores = {"task.yaml": [selector]}
    assert Linter(settings).check("task.yaml", text).findings == []


def test_a_plugin_that_cannot_be_loaded_is_a_problem_of_the_linter(tmp_path: Path) -> None:
    (tmp_path / "fargate-lint.toml").write_text('[plugins]\npaths = ["mine.py"]\n')
    (tmp_path / "mine.py").write_text("1 / 0")
    linter = Linter.for_path(str(tmp_path), plugins=True)
    [problem] = linter.problems
    assert problem.endswith("mine.py` can't be loaded: ZeroDivisionError: division by zero")
    assert linter.check("task.json", TEXT).status == "checked"


def test_a_configuration_whose_plugins_are_left_out_is_named(tmp_path: Path) -> None:
    (tmp_path / "fargate-lint.toml").write_text('[plugins]\npaths = ["mine.py"]\n')
    (tmp_path / "mine.py").write_text("")
    linter = Linter.for_path(str(tmp_path))
    [problem] = linter.problems
    assert problem == (
        f"the plugins that `{tmp_path / 'fargate-lint.toml'}` names are left out: "
        "they are code that nobody asked for"
    )
    assert Linter.for_path(str(tmp_path), plugins=True).problems == []
