"""`.gitignore` files leave out what git leaves out, and nothing of theirs takes long."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fargate_lint.cli import main
from fargate_lint.lint import gitignore
from fargate_lint.lint.files import search

if TYPE_CHECKING:
    from pathlib import Path

TASK = '{"family": "a", "containerDefinitions": []}'
FILES = (
    "a.json",
    "ab.json",
    "x/a.json",
    "x/y/a.json",
    "x/y/b b.json",
    "out/a.json",
    "x/out/!a.json",
)


def found(folder: Path, *, gitignore: bool = True) -> list[str]:
    """The files of a folder that are searched, relative to it."""
    searched = search([str(folder)], lambda _: False, gitignore=lambda _: gitignore)
    paths = (each.path for each in searched)
    return sorted(os.path.relpath(path, folder) for path in paths)


def fill(folder: Path, ignored: dict[str, str], files: tuple[str, ...] = FILES) -> None:
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(TASK)
    for name, text in ignored.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def git(folder: Path, *words: str) -> str:
    command = ["git", "-C", str(folder), *words]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


PIECES = st.sampled_from([
    "a", "b", "x", "y", "out", "*", "**", "/", "?", "!", "#", " ", ".json", "\\", "[ab]", "[!a]",
    "[a-c]", "[]a]", "\\*", "\\!", "[[:alpha:]]",
])  # fmt: skip
TEXTS = st.lists(st.lists(PIECES, max_size=6).map("".join), max_size=5).map("\n".join)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(top=TEXTS, inner=TEXTS)
@example("*.json\n!a.json", "a.json")
@example("/out\nx/**/a.json", "")
@example("out/", "!out/\n")
@example("**/y/**", "")
@example("x/*\n!x/y", "")
@example("a.json \nb\\ b.json", "")
@example("\\!a.json\n[!a].json", "")
@example("**out\nx**y", "x/../a")
def test_what_git_ignores_is_ignored(
    tmp_path_factory: pytest.TempPathFactory, top: str, inner: str
) -> None:
    folder = tmp_path_factory.mktemp("repository")
    fill(folder, {".gitignore": top, "x/.gitignore": inner})
    git(folder, "init", "-q")
    known = git(folder, "ls-files", "-z", "--others", "--exclude-standard").split("\0")
    assert found(folder) == sorted(name for name in known if name.endswith(".json"))


def test_files_above_count_up_to_the_top_of_the_repository(tmp_path: Path) -> None:
    fill(tmp_path, {".gitignore": "*.json", "repo/.gitignore": "/x/y\n"}, ())
    repository = tmp_path / "repo"
    fill(repository, {})
    (repository / ".git" / "info").mkdir(parents=True)
    (repository / ".git" / "info" / "exclude").write_text("ab.json\n")
    assert found(repository / "x") == ["a.json", "out/!a.json"]
    assert "ab.json" not in found(repository)


def test_without_a_repository_the_files_in_the_folder_count(tmp_path: Path) -> None:
    fill(tmp_path, {".gitignore": "out/\n", "x/.gitignore": "a.json\n"})
    assert found(tmp_path) == ["a.json", "ab.json", "x/y/b b.json"]
    assert found(tmp_path, gitignore=False) == sorted(FILES)


def test_a_repository_in_another_has_its_own_patterns(tmp_path: Path) -> None:
    fill(tmp_path, {".gitignore": "a.json\n", "x/.gitignore": "b b.json\n"})
    (tmp_path / ".git").mkdir()
    (tmp_path / "x" / ".git").write_text("gitdir: ../.git/modules/x\n")
    assert found(tmp_path) == ["ab.json", "x/a.json", "x/out/!a.json", "x/y/a.json"]


def test_a_configuration_may_ask_for_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(tmp_path, {".gitignore": "*.json\n", "fargate-lint.toml": "respect-gitignore = false\n"})
    monkeypatch.chdir(tmp_path)
    main(["check", "--show-files"])
    assert len(capsys.readouterr().out.splitlines()) == len(FILES)


def test_a_named_file_always_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, {".gitignore": "*\n"})
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    assert [each.path for each in search(["a.json", "x"], lambda _: False)] == ["a.json"]


def test_the_option_searches_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(tmp_path, {".gitignore": "*.json\n"})
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 3
    assert main(["check", "--show-files"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["check", "--show-files", "--no-gitignore"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(FILES)


def test_a_long_line_and_a_strange_set_are_passed_over_without_a_word(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    fill(
        tmp_path, {".gitignore": "[" * 60_000 + "\n" + "[" * 900 + "\n[a--b].json\n[&&~~||].json\n"}
    )
    assert found(tmp_path) == sorted(FILES)
    assert not recwarn.list


@pytest.mark.parametrize(
    "pattern", ["*a" * 40 + "b", "**/" * 30 + "b", "a?" * 40, "[a-z]*" * 30 + "!"]
)
def test_no_pattern_takes_long(tmp_path: Path, pattern: str) -> None:
    fill(tmp_path, {".gitignore": pattern}, ("a" * 200 + ".json", "x/" * 40 + "a.json"))
    assert len(found(tmp_path)) == 2


def test_what_is_no_file_of_patterns_is_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, {})
    os.mkfifo(tmp_path / ".gitignore")
    (tmp_path / "x" / ".gitignore").mkdir()
    (tmp_path / "x" / "y" / ".gitignore").symlink_to(tmp_path / "a.json")
    (tmp_path / "out" / ".gitignore").write_bytes(b"\xff\xfe\n[z-a]\na.json\n")
    assert found(tmp_path) == sorted(set(FILES) - {"out/a.json"})
    assert gitignore.read(str(tmp_path / "nowhere")) == []


def test_folders_of_cdk_are_not_searched_unless_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(tmp_path, {}, ("a.json", "app/cdk.out/b.json"))
    monkeypatch.chdir(tmp_path)
    main(["check", "."])
    assert "note: `app/cdk.out` was not searched: name it" in capsys.readouterr().err
    main(["check", "--show-files", "app/cdk.out"])
    assert capsys.readouterr().out == "app/cdk.out/b.json\n"
