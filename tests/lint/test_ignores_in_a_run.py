from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

import fargate_lint
from fargate_lint.cli import main

AGENT = Path(fargate_lint.__file__).parent / "data" / "examples" / "agent.json"
CONFIGURATION = """\
select = ["aws-flb-2x-eol", "CFG"]

[severity]
aws-flb-2x-eol = "error"

[[ignore]]
rule = "aws-flb-2x-eol"
path = "$.containerDefinitions[?(@.name == 'log_router')].image"
file = "new/*.json"
reason = "3.x comes with the next base image"

[[ignore]]
rule = "IMG"
path = "$.containerDefinitions[?(@.name == 'web')]"
reason = "built elsewhere"
until = 2024-06-30
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for folder in ("new", "old"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "task.json").write_bytes(AGENT.read_bytes())
    (tmp_path / "fargate-lint.toml").write_text(CONFIGURATION)
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["check", "--output-format", "concise", *arguments])
    return status, *capsys.readouterr()


EXPIRED = (
    "fargate-lint.toml:16:9: warning[CFG102] expired-ignore: "
    "this ignore of `IMG` counted until 2024-06-30\n"
)


@pytest.mark.usefixtures("project")
def test_a_run_tells_what_was_not_accepted_and_what_expired(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, _ = check(capsys, ".")
    assert status == 1
    assert [line.partition(": ")[0].partition(":")[0] for line in out.splitlines()] == [
        "old/task.json",
        "fargate-lint.toml",
    ]
    assert out.endswith(EXPIRED)
    assert check(capsys, "new/task.json") == (1, EXPIRED, "")
    assert check(capsys, "new/task.json", "--ignore", "CFG102") == (0, "", "")


def test_a_folder_of_its_own_configuration(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "old" / "pyproject.toml").write_text(
        textwrap.dedent("""\
        [tool.fargate-lint]
        select = ["aws-flb-2x-eol"]
        per-file-ignores = {"*.json" = ["IMG"]}
        """)
    )
    assert check(capsys, ".") == (1, EXPIRED, "")
    assert check(capsys, "old") == (0, "", "")


def test_a_wrong_configuration_ends_the_run_in_any_number_of_processes(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(70):
        (project / "new" / f"{number}.json").write_bytes(AGENT.read_bytes())
    (project / "old" / "fargate-lint.toml").write_text("selec = []")
    expected = (
        "error: old/fargate-lint.toml:1:1: there is no setting `selec`\n"
        "  help: did you mean `select`?\n"
    )
    assert check(capsys, ".", "-j", "1") == (2, "", expected)
    assert check(capsys, ".", "-j", "2") == (2, "", expected)


def test_many_processes_know_the_same_ignores_as_used(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(70):
        (project / "new" / f"{number}.json").write_bytes(AGENT.read_bytes())
    assert check(capsys, ".", "-j", "2") == check(capsys, ".", "-j", "1")


def test_what_a_hook_names_is_excluded_all_the_same(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "fargate-lint.toml").write_text('exclude = ["old"]')
    paths = ["new/task.json", "old/task.json", "--show-files"]
    assert check(capsys, *paths, "--skip-unrelated")[1] == "new/task.json\n"
    assert check(capsys, *paths)[1] == "new/task.json\nold/task.json\n"
