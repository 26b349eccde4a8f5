from __future__ import annotations

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
    for name, value in parsed.items():
        assert (getattr(plain, name) or None) == (value or None), name


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
