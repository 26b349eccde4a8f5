from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from fargate_lint.cli import _parser, main
from fargate_lint.commands.check import run
from fargate_lint.commands.watch import watch

if TYPE_CHECKING:
    from pathlib import Path

FAULTY = """{"family": "a b", "containerDefinitions": [{"name": "web", "image": "a", "cpu": 1}]}"""
CLEAN = FAULTY.replace("a b", "ab")
PLUGIN = '''
from fargate_lint.lint.rule import Rule


class Always(Rule):
    """Something is said about every task."""

    code = "ACM101"
    name = "always"

    def check_task(self, task):
        self.report(task, "said")


def fargate_lint_rules():
    return [Always]
'''


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        # Set before it is deleted, so that what a test sets is undone.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "task.json").write_text(FAULTY)
    (tmp_path / "package.json").write_text('{"name": "web", "image": 1}')
    return tmp_path


def test_quiet_leaves_only_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--select", "ECS", "-q"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("error[ECS")
    assert " error in " not in out
    assert err == ""
    assert main(["check", "-q", "package.json", "--select", "ECS", "--skip-unrelated"]) == 0
    assert capsys.readouterr() == ("", "")


def test_verbose_tells_what_a_run_works_with(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "fargate-lint.toml").write_text('select = ["ECS"]')
    assert main(["check", "-v", "."]) == 1
    err = capsys.readouterr().err
    assert "configuration: fargate-lint.toml\n" in err
    assert " of fargate_lint\n" in err
    assert "files to look at: 2\n" in err
    assert "skipped package.json: not a task definition\n" in err


def test_exit_zero_is_for_findings_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--select", "ECS", "--exit-zero"]) == 0
    assert "error[ECS" in capsys.readouterr().out
    assert main(["check", "--exit-zero", "--select", "NOSUCH"]) == 2


@pytest.mark.parametrize(("wish", "coloured"), [("always", True), ("never", False)])
def test_colour_is_as_wished(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, wish: str, coloured: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", "1" if coloured else "")
    monkeypatch.setenv("FORCE_COLOR", "" if coloured else "1")
    monkeypatch.delenv("TERM", raising=False)
    main(["check", "--select", "ECS", "--color", wish])
    assert ("\x1b[" in capsys.readouterr().out) is coloured


def test_plugins_can_be_left_out(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "acme.py").write_text(PLUGIN)
    (here / "fargate-lint.toml").write_text('[plugins]\npaths = ["acme.py"]')
    main(["check", "--output-format", "concise"])
    assert "ACM101" in capsys.readouterr().out
    main(["check", "--output-format", "concise", "--no-plugins"])
    out = capsys.readouterr().out
    assert "ACM101" not in out
    assert "ECS" in out


class Enough(Exception):
    """The watching is over."""


def test_watching_checks_again_when_something_changes(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = []

    changes = [
        ("task.json", CLEAN),
        ("fargate-lint.toml", "selec"),
        ("fargate-lint.toml", 'select = ["ECS", "DOC"]'),
        ("task.json", CLEAN[:-2]),
    ]

    def steps() -> None:
        seen.append(capsys.readouterr())
        if len(seen) == 1:
            return
        if not changes:
            raise Enough
        name, text = changes.pop(0)
        (here / name).write_text(text)
        # A clock may be coarser than a test.
        os.utime(here / name, ns=(0, len(seen)))

    words = ["check", "--watch", "--select", "ECS,DOC", "--output-format", "concise", "-j1"]
    arguments = _parser(words).parse_args(words)
    with pytest.raises(Enough):
        watch(arguments, run, steps)
    outs = [out for out, _ in seen]
    assert "ECS" in outs[0]
    assert outs[1] == ""
    assert outs[2] == ""
    assert "not TOML" in seen[3].err
    assert outs[4] == ""
    assert "DOC" in outs[5]
    assert len(seen) == 6
