from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from fargate_lint.cli import main
from fargate_lint.lint import changes
from fargate_lint.lint.changes import SHALLOW, since
from fargate_lint.stop import Stop

if TYPE_CHECKING:
    from pathlib import Path

TASK = '{"family": "%s", "containerDefinitions": [{"name": "web", "image": "a", "cpu": 1}]}'
pytestmark = pytest.mark.slow


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    for name in ("a", "b", "gone"):
        (tmp_path / f"{name}.json").write_text(TASK % name)
    commit(tmp_path)
    return tmp_path


@pytest.fixture(params=["now", "before 2.31"])
def old_git(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Git as it is, and one that takes no configuration from the environment."""
    if request.param != "now":
        folder = tmp_path_factory.mktemp("bin")
        script = f'#!/bin/sh\nunset GIT_CONFIG_COUNT\nexec {shutil.which("git")} "$@"\n'
        (folder / "git").write_text(script)
        (folder / "git").chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.invalid"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "all")


def files(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(["check", "--isolated", "--show-files", *words]) == 0
    return capsys.readouterr().out.splitlines()


def test_only_what_differs_from_the_branch_point_is_checked(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repository, "checkout", "-q", "-b", "work")
    (repository / "b.json").write_text(TASK % "committed")
    (repository / "gone.json").unlink()
    commit(repository)
    git(repository, "checkout", "-q", "main")
    (repository / "a.json").write_text(TASK % "somebody else's")
    commit(repository)
    git(repository, "checkout", "-q", "work")
    assert files(capsys, "--changed-since", "main") == ["b.json"]
    (repository / "new file.json").write_text(TASK % "new")
    (repository / "a.json").write_text(TASK % "changed")
    expected = ["a.json", "b.json", "new file.json"]
    assert files(capsys, "--changed-since", "main") == expected
    assert files(capsys, "--changed-since", "main", "a.json", "gone.json") == ["a.json"]


def test_nothing_changed_is_no_error(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--isolated", "--changed-since", "HEAD", str(repository)]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_reference_that_is_none_is_said(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repository
    for reference in ("nowhere", "--output=x"):
        assert main(["check", "--changed-since=" + reference]) == 2
        assert capsys.readouterr().err == (
            f"error: `--changed-since`: git knows no commit `{reference}`\n  help: {SHALLOW}\n"
        )


def test_a_clone_without_the_branch_point_is_said(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = tmp_path / "shallow"
    git(repository, "checkout", "-q", "--orphan", "elsewhere")
    git(repository, "commit", "-qm", "a history of its own")
    git(repository, "clone", "-q", ".", str(clone))
    assert main(["check", "--isolated", "--changed-since", "origin/main", str(clone)]) == 2
    said = capsys.readouterr().err
    assert "merge base" in said
    assert SHALLOW in said


def test_a_folder_outside_of_git_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert main(["check", "--isolated", "--changed-since", "main", str(tmp_path)]) == 2
    assert "not a git repository" in capsys.readouterr().err


@pytest.mark.parametrize(
    "hostile",
    [
        "[core]\nfsmonitor = {run}\n",
        "[diff]\nexternal = {run}\n",
        '[filter "Odd-name.x"]\nclean = {run}\nrequired = true\n',
        '[filter "Odd-name.x"]\nprocess = {run}\n',
        '[diff "odd"]\ntextconv = {run}\ncommand = {run}\n',
        "[core]\nhooksPath = hooks\npager = {run}\nsshCommand = {run}\n",
        "[include]\npath = more\n",
    ],
)
@pytest.mark.usefixtures("old_git")
def test_nothing_runs_that_a_repository_names(
    hostile: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mark = repository / "RAN"
    program = repository / "run.sh"
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\ncat\n")
    program.chmod(0o755)
    hooks = repository / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (hooks / name).write_text(program.read_text())
        (hooks / name).chmod(0o755)
    (repository / ".git" / "more").write_text(f"[core]\nfsmonitor = {program}\n")
    # The same length, so that git has to read the file to tell that it differs.
    (repository / "a.json").write_text(TASK % "b")
    (repository / ".gitattributes").write_text("*.json filter=Odd-name.x diff=odd\n")
    with (repository / ".git" / "config").open("a") as configuration:
        configuration.write(hostile.format(run=program))
    assert files(capsys, "--changed-since", "main") == ["a.json"]
    assert not mark.exists()


def test_a_filter_that_git_cannot_turn_off_is_refused(repository: Path) -> None:
    with (repository / ".git" / "config").open("a") as configuration:
        configuration.write('[filter "a=b"]\nclean = cat\n')
    with pytest.raises(Stop, match="`--changed-since`: the filter `a=b` can't be turned off"):
        since("main", ["."])


def test_what_the_user_tells_git_still_holds(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "new.json").write_text(TASK % "new")
    (repository.parent / "mine").write_text("new.json\n")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.excludesFile")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(repository.parent / "mine"))
    (repository / "a.json").write_text(TASK % "changed")
    assert files(capsys, "--changed-since", "main") == ["a.json"]


@pytest.mark.parametrize(
    ("words", "said", "advice"),
    [
        ("echo one >&2; echo 'fatal: no such thing' >&2; exit 128", "no such thing", ""),
        ("echo 'error: fatal: x' >&2; exit 1", "error: fatal: x", ""),
        ("exit 3", "git rev-parse failed", ""),
        (
            "printf 'fatal: dubious ownership\\nCall:\\n\\tgit safe.directory x\\n' >&2; exit 128",
            "dubious ownership",
            "if you trust it: `git safe.directory x`",
        ),
        ("echo 'fatal: no merge base found' >&2; exit 1", "no merge base found", SHALLOW),
    ],
)
def test_what_git_calls_fatal_or_says_last_is_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, said: str, advice: str
) -> None:
    (tmp_path / "git").write_text(f"#!/bin/sh\n{words}\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Stop) as caught:
        since("main", ["."])
    assert caught.value.message == f"`--changed-since`: {said}"
    assert caught.value.help == advice


def test_without_git_nothing_changed_since(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Stop, match="`--changed-since` needs git"):
        since("main", ["."])


def test_names_that_are_no_text_and_repositories_of_all_paths_are_known(repository: Path) -> None:
    other = repository.parent / f"{repository.name}-other"
    (other / "deep").mkdir(parents=True)
    git(other, "init", "-q", "-b", "main")
    (other / "x.json").touch()
    commit(other)
    (other / "deep" / "y.json").touch()
    (other / ".gitignore").write_text("*.tmp\n")
    (other / "z.tmp").touch()
    odd = os.fsencode(repository) + b"/\xff\n.json"
    with open(odd, "w", encoding="utf-8") as file:
        file.write("{}")
    assert since("HEAD", ["a.json", str(other / "deep")]) == {
        os.fsdecode(odd), str(other / "deep" / "y.json"), str(other / ".gitignore"),
    }  # fmt: skip


def test_git_is_not_waited_for_without_end(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / ".git/config").unlink()
    os.mkfifo(repository / ".git/config")
    monkeypatch.setattr(changes, "LONGEST", 0.2)
    assert main(["check", "--changed-since", "main", "."]) == 2
    said = capsys.readouterr().err
    assert said == "error: `--changed-since`: git has not answered in 0.2 seconds\n"
