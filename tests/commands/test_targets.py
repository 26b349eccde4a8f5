"""Whatever is written: what is read, and what nobody named, stays as it is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from fargate_lint.cli import main
from fargate_lint.commands.includes import includes

EXAMPLE = Path("examples/task-definition.json").resolve()
LOG = "[2026/11/07 21:20:13] [error] [output:syslog:syslog.0] no upstream connections available\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a task definition and a log in `in`, and more beside it."""
    inside = tmp_path / "in"
    inside.mkdir()
    for name in ("in/task.json", "beside.json"):
        shutil.copyfile(EXAMPLE, tmp_path / name)
    for name in ("in/app.log", "beside.log"):
        (tmp_path / name).write_text(LOG)
    (inside / "link.json").symlink_to(tmp_path / "beside.json")
    (inside / "link.log").symlink_to(tmp_path / "beside.log")
    (inside / "again.json").symlink_to("task.json")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def state(folder: Path) -> dict[str, bytes]:
    """All files and what is in them."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("check --output-format json:in/task.json in/task.json", "in/task.json"),
        ("check --output-format json:in/task.json in", "in/task.json"),
        ("check --output-format json:in/again.json in", "in/again.json"),
        ("check --output-format text --output-format html:./in/task.json .", "./in/task.json"),
        ("check --fix --output-format json:in/task.json in/task.json", "in/task.json"),
        ("check --baseline b.json --output-format json:b.json in", "b.json"),
        ("baseline -o in/task.json in/task.json", "in/task.json"),
        ("baseline -o in/task.json in", "in/task.json"),
        ("bundle -o in/task.json in/task.json", "in/task.json"),
        ("bundle -o in/app.log in", "in/app.log"),
        ("bundle -o beside.log --logs beside.log", "beside.log"),
    ],
)
def test_no_output_replaces_what_is_read(
    words: str, target: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "b.json").write_text('{"version": 1, "findings": []}')
    before = state(folder)
    assert main(words.split()) == 2
    assert f"error: `{target}` is read, so it is no place to write to\n" in capsys.readouterr().err
    assert state(folder) == before


@pytest.mark.parametrize(
    "words",
    [
        "check --exit-zero --output-format json:in/report.json in",
        "baseline -o in/baseline.json in",
        "bundle -o in/ticket.zip in",
    ],
)
@pytest.mark.usefixtures("folder")
def test_an_output_of_an_earlier_run_is_replaced(words: str) -> None:
    assert main(words.split()) == 0
    assert main(words.split()) == 0


def test_fixes_don_t_follow_a_link_out_of_the_folder(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--fix", "--exit-zero", "in"]) == 0
    said = "note: `in/link.json` is a link out of the folder, and was not followed: name it to"
    assert said in capsys.readouterr().err
    assert (folder / "beside.json").read_bytes() == EXAMPLE.read_bytes()
    assert (folder / "in/task.json").read_bytes() != EXAMPLE.read_bytes()
    assert main(["check", "--fix", "--exit-zero", "in/link.json"]) == 0
    assert (folder / "beside.json").read_bytes() != EXAMPLE.read_bytes()


@pytest.mark.usefixtures("folder")
def test_a_ticket_is_what_is_in_its_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "in"]) == 0
    said = capsys.readouterr()
    assert "`in/link.json` and 1 more are links out of the folder, and were not" in said.err
    assert "beside" not in said.out
    assert "link.log" not in said.out


def test_a_link_to_what_has_no_end_is_not_waited_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "in/pipe.log").symlink_to(folder / "pipe")
    assert main(["explain", "in"]) == 0
    assert "and 2 more are links" in capsys.readouterr().err


def test_an_included_folder_is_what_is_in_it(folder: Path) -> None:
    assert set(includes([f"/x={folder / 'in'}"])) == {
        "/x/", "/x/again.json", "/x/app.log", "/x/task.json"
    }  # fmt: skip
