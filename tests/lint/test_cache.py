"""Reports are kept for the next run, which says the same without judging again."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fargate_lint.cli import main
from fargate_lint.lint import cache
from fargate_lint.lint.linter import Linter

if TYPE_CHECKING:
    from fargate_lint.lint.linter import Report

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
TASK = {"family": "a b", "containerDefinitions": [{"name": "web", "image": "web:1"}]}
PLUGIN = """
from fargate_lint.lint.rule import Rule

class Told(Rule):
    code = "TLD101"
    name = "told"
    def check_task(self, task):
        self.report(task, "{message}")

def fargate_lint_rules():
    return [Told]
"""


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were judged, in a process that keeps reports."""
    names: list[str] = []
    check = Linter.check

    def noted(self: Linter, name: str, data: bytes | str, **how: bool) -> Report:
        names.append(name)
        return check(self, name, data, **how)

    monkeypatch.setattr(Linter, "check", noted)
    monkeypatch.delenv(cache.VARIABLE)
    return names


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, judged: list[str]) -> Path:
    """A folder with two task definitions, in which the program is started."""
    assert judged == []
    monkeypatch.chdir(tmp_path)
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps(TASK, indent=2))
    return tmp_path


@pytest.fixture
def run(project: Path, judged: list[str], capsys: pytest.CaptureFixture[str]) -> Run:
    assert project.is_dir()
    return Run(judged, capsys)


class Run:
    """Runs of `check`, each with what it printed and the files that it judged."""

    def __init__(self, judged: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        self._judged = judged
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str, list[str]]:
        self._judged.clear()
        status = main(["check", "-j1", *words])
        return status, self._capsys.readouterr().out, self._judged[:]


def entries(folder: Path) -> list[Path]:
    """The kept reports."""
    return [path for path in folder.iterdir() if len(path.name) == 2 * cache.SIZE]


def test_a_second_run_judges_nothing_and_says_the_same(run: Run, project: Path) -> None:
    status, out, judged = run()
    assert (status, judged) == (1, ["a.json", "b.json"])
    assert "error" in out
    assert run() == (status, out, [])
    assert len(entries(project / cache.FOLDER)) == 2


@pytest.mark.parametrize(
    "form", ["text", "json", "jsonl", "sarif", "junit", "gitlab", "github", "markdown", "html"]
)
def test_every_format_says_the_same_of_all_fixtures(run: Run, project: Path, form: str) -> None:
    for folder in ("ok", "err"):
        shutil.copytree(FIXTURES / folder, project / folder)
    words = ("--min-severity", "info", "--show-suppressed", "--output-format", form)
    status, out, judged = run(*words)
    assert len(judged) > 50
    again = run(*words)
    assert again[:2] == (status, out)
    # Configurations of Fluent Bit depend on files beside them.
    assert {Path(name).suffix for name in again[2]} <= {".conf", ".yaml"}


def test_only_what_has_changed_is_judged_again(run: Run, project: Path) -> None:
    run()
    (project / "b.json").write_text(json.dumps({**TASK, "family": "b"}))
    assert run()[2] == ["b.json"]
    (project / "c.json").write_text(json.dumps(TASK))
    assert run()[2] == ["c.json"]


@pytest.mark.parametrize(
    "words",
    [
        ("--select", "ECS"), ("--min-severity", "error"), ("--fail-on", "never"),
        ("--show-suppressed",), ("--fluent-bit", "5.0.9"), ("--output-format", "sarif"),
        ("a.json", "b.json"), ("--skip-unrelated",), ("--ignore", "ECS101"),
    ],
)  # fmt: skip
def test_other_options_are_another_report(run: Run, words: tuple[str, ...]) -> None:
    run()
    assert run(*words)[2] == ["a.json", "b.json"]
    assert run(*words)[2] == run()[2] == []


def test_another_configuration_is_another_report(run: Run, project: Path) -> None:
    run()
    (project / "fargate-lint.toml").write_text('ignore = ["ECS"]\n')
    out = run()
    assert out[2] == ["a.json", "b.json"]
    (project / "fargate-lint.toml").write_text('ignore = ["IMG"]\n')
    assert run()[2] == ["a.json", "b.json"]


def test_other_parameters_of_a_stack_are_another_report(run: Run, project: Path) -> None:
    properties = {"Family": {"Ref": "Name"}, "ContainerDefinitions": TASK["containerDefinitions"]}
    resources = {"Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": properties}}
    template = {"Parameters": {"Name": {"Type": "String"}}, "Resources": resources}
    (project / "a.json").write_text(json.dumps(template))
    (project / "wrong").write_text('{"Name": "a b"}')
    (project / "right").write_text('{"Name": "ab"}')
    wrong = run("--parameters", "wrong")
    right = run("--parameters", "right")
    assert "a.json" in right[2]
    assert wrong[1] != right[1]
    assert run("--region", "eu-west-1")[2] == ["a.json", "b.json"]
    assert run("--parameters", "right") == (*right[:2], [])


def test_what_is_given_beside_the_files_is_judged_each_time(run: Run, project: Path) -> None:
    policy = {"Version": "2012-10-17", "Statement": []}
    (project / "policy").write_text(json.dumps(policy))
    for _ in range(2):
        assert run("--task-role-policy", "policy")[2] == ["a.json", "b.json"]


def test_another_release_is_another_report(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr(cache, "__version__", "99.0.0")
    assert run()[2] == ["a.json", "b.json"]


def test_another_code_of_a_plugin_is_another_report(run: Run, project: Path) -> None:
    (project / "fargate-lint.toml").write_text('select = ["TLD"]\nplugins.paths = ["told.py"]\n')
    for message in ("once", "twice"):
        (project / "told.py").write_text(PLUGIN.format(message=message))
        os.utime(project / "told.py", ns=(time.time_ns(), time.time_ns()))
        _, out, judged = run()
        assert judged == ["a.json", "b.json"]
        assert message in out
        assert run()[2] == []


def test_a_file_with_a_suppression_is_judged_again_on_another_day(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "a.json").write_text(
        f"// fargate-lint: ignore[ECS] until=2999-01-01\n{json.dumps(TASK)}"
    )
    run()
    assert run()[2] == []
    monkeypatch.setattr(time, "strftime", lambda _: "2999-01-02")
    assert run()[2] == ["a.json"]


def test_an_ignore_that_a_kept_report_needed_is_not_called_unused(run: Run, project: Path) -> None:
    (project / "fargate-lint.toml").write_text(
        '[[ignore]]\nrule = "ECS"\nfile = "a.json"\nreason = "later"\n'
    )
    first = run(".")
    assert "unused-ignore" not in first[1]
    assert run(".") == (*first[:2], [])


def test_a_configuration_is_judged_again_since_it_includes_others(run: Run, project: Path) -> None:
    (project / "main.conf").write_text(
        "@INCLUDE other.conf\n[OUTPUT]\n    Name stdout\n    Match *\n"
    )
    (project / "other.conf").write_text("[INPUT]\n    Name cpu\n    Tag a\n")
    before = run()[1]
    (project / "other.conf").write_text("[INPUT]\n    Name cpuu\n    Tag a\n")
    _, after, judged = run()
    assert judged == ["main.conf", "other.conf"]
    assert before != after


def test_without_cache_nothing_is_used_and_nothing_kept(run: Run, project: Path) -> None:
    assert run("--no-cache")[2] == ["a.json", "b.json"]
    assert not (project / cache.FOLDER).exists()
    run()
    assert run("--no-cache")[2] == ["a.json", "b.json"]


def test_a_single_file_is_judged_without_a_trace(run: Run, project: Path) -> None:
    run("a.json")
    assert not (project / cache.FOLDER).exists()


def test_git_and_backups_pass_over_the_folder(run: Run, project: Path) -> None:
    run()
    assert (project / cache.FOLDER / ".gitignore").read_text() == "*\n"
    tag = (project / cache.FOLDER / "CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_report_is_as_good_as_none(run: Run, project: Path, data: st.DataObject) -> None:
    status, out, _ = run()
    path = data.draw(st.sampled_from(sorted(entries(project / cache.FOLDER))))
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = bytearray(whole)
    damaged[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(data.draw(st.sampled_from([bytes(damaged), whole[:at], whole + b"x", b""])))
    again = run()
    assert again[:2] == (status, out)
    assert len(again[2]) == 1
    assert path.read_bytes() == whole


def test_a_folder_that_came_with_a_checkout_is_not_believed(run: Run, project: Path) -> None:
    run()
    folder = project / cache.FOLDER
    shutil.copytree(folder, project / "copied")
    shutil.rmtree(folder)
    (project / "copied").rename(folder)
    assert run()[2] == ["a.json", "b.json"]
    assert run()[2] == []


def test_a_folder_that_was_named_may_have_come_from_elsewhere(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.VARIABLE, "kept/here")
    run()
    shutil.copytree(project / "kept", project / "restored")
    monkeypatch.setenv(cache.VARIABLE, "restored/here")
    assert run()[2] == []
    assert not (project / cache.FOLDER).exists()


def test_a_link_in_the_place_of_the_folder_is_not_followed(run: Run, project: Path) -> None:
    (project / "elsewhere").mkdir()
    (project / cache.FOLDER).symlink_to("elsewhere")
    assert run()[2] == run()[2] == ["a.json", "b.json"]
    assert list((project / "elsewhere").iterdir()) == []


def test_a_folder_that_cannot_be_made_changes_nothing(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run("--no-cache")
    (project / "file").write_text("")
    monkeypatch.setenv(cache.VARIABLE, "file/inside")
    assert run() == run() == expected


def test_a_full_disk_changes_nothing(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run("--no-cache")
    run()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    (project / "b.json").write_text(json.dumps(TASK))
    assert run()[0] == expected[0]
    assert not [path for path in (project / cache.FOLDER).iterdir() if len(path.name) > 40]


def test_processes_keep_reports_too(run: Run, project: Path) -> None:
    for number in range(70):
        (project / f"c{number}.json").write_text(json.dumps(TASK))
    _, out, judged = run("-j2")
    assert judged == []
    assert run() == (1, out, [])


def test_a_baseline_is_made_of_kept_reports(run: Run, project: Path) -> None:
    run()
    assert main(["baseline", "-o", "known.json"]) == 0
    assert run("--baseline", "known.json")[0] == 0
    assert json.loads((project / "known.json").read_text())["findings"]
