from __future__ import annotations

import gc
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fargate_lint import cli

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["check", "task.json", "folder"],
        ["check", "-"],
        ["check", "--isolated", "task.json"],
        ["check", "--skip-unrelated", "a.json", "b.yaml"],
    ],
)
def test_plain_arguments_mean_the_same_without_argparse(words: Sequence[str]) -> None:
    parsed = vars(cli._parser(list(words)).parse_args(words))
    plain = cli.Plain(words[1:])
    assert {name: getattr(plain, name) for name in parsed} == parsed
    with pytest.raises(AttributeError):
        plain.no_such_option  # type: ignore[attr-defined]  # noqa: B018  (asking is the test)


def test_a_plain_check_does_not_import_argparse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "argparse", None)
    assert cli.main(["check", "--isolated", "there-is-no-such-file.json"]) == 1


def test_help_is_as_wide_as_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit):
        cli.main(["check", "--help"])
    assert 100 < max(map(len, capsys.readouterr().out.splitlines())) < 200


def test_the_program_ends_with_its_status_and_all_that_it_printed() -> None:
    program = [sys.executable, "-m", "fargate_lint"]
    run = subprocess.run([*program, "rules"], capture_output=True, text=True, check=False)
    assert run.returncode == 0
    assert run.stdout.endswith("\n")
    gone = subprocess.run([*program, "check", "gone.json"], capture_output=True, check=False)
    assert gone.returncode == 1
    assert b"no such file" in gone.stdout


def test_a_reader_that_goes_away_is_no_failure() -> None:
    words = [sys.executable, "-m", "fargate_lint", "rules", "--format", "json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait() == 0


def test_a_bug_is_no_finding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> int:
        raise RuntimeError("boom")

    ends: list[int] = []
    monkeypatch.setattr(cli, "main", fail)
    monkeypatch.setattr(os, "_exit", ends.append)
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)
    cli.run()
    assert ends == [4]
    said = capsys.readouterr().err
    assert said.startswith("error: a bug of fargate-lint: RuntimeError at test_cli.py:")
    assert "boom" in said
    assert said.count("\n") == 1
