"""Which configurations may bring code: those that the user stands behind."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fargate_lint.cli import main
from fargate_lint.lint.batch import PARALLEL_FROM

if TYPE_CHECKING:
    from collections.abc import Iterator

TASK = '{"family": "web", "containerDefinitions": [{"name": "web", "image": "a"}]}'
LOG = "[2026/01/01 00:00:00] [error] [engine] caught signal (SIGTERM)\n"
NOTE = "note: the plugins that `{}` names were not loaded"

#: Every command that reads a file, or tells of rules.
COMMANDS = {
    "check": ["check", "{}/td.json"],
    "check a folder": ["check", "{}"],
    "check in processes": ["check", "-j", "2", "{}"],
    "check standard input": ["check", "--stdin-filename", "{}/td.json", "-"],
    "fix": ["check", "--fix", "{}/td.json"],
    "diff": ["check", "--diff", "{}/td.json"],
    "show files": ["check", "--show-files", "{}"],
    "show settings": ["check", "--show-settings", "{}/td.json"],
    "baseline": ["baseline", "-o", "base.json", "{}/td.json"],
    "render": ["render", "--stage", "order", "{}/td.json"],
    "trace": ["trace", "--container", "web", "--log", "x", "{}/td.json"],
    "permissions": ["permissions", "{}/td.json"],
    "explain": ["explain", "{}/td.json"],
    "explain a folder": ["explain", "{}"],
    "explain logs": ["explain", "{}/td.json", "--logs", "{}/log"],
    "bundle": ["bundle", "-o", "bundle.zip", "{}"],
}
TICKETS = [name for name in COMMANDS if name.startswith(("explain", "bundle"))]
NAMED = {
    "a file": '[plugins]\npaths = ["x.py"]\n',
    "a module": '[plugins]\npaths = ["."]\nmodules = ["x_of_a_stranger"]\n',
    "in pyproject.toml": '[tool.fargate-lint.plugins]\npaths = ["x.py"]\n',
}


@pytest.fixture
def ticket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A stranger's folder below the current one; `ran` beside it appears when its code runs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", sys.path[:])
    monkeypatch.setattr("sys.stdin", StringIO())
    folder = tmp_path / "t"
    folder.mkdir()
    (folder / "td.json").write_text(TASK)
    (folder / "log").write_text(LOG)
    for name in ("x.py", "x_of_a_stranger.py"):
        (folder / name).write_text(
            f"import pathlib; pathlib.Path({str(tmp_path / 'ran')!r}).touch()\n"
        )
    name_plugins(folder)
    yield folder
    sys.modules.pop("x_of_a_stranger", None)


def name_plugins(folder: Path, how: str = "a file") -> None:
    name = "pyproject.toml" if "pyproject" in how else "fargate-lint.toml"
    (folder / "fargate-lint.toml").unlink(missing_ok=True)
    (folder / name).write_text(NAMED[how])


def run(command: str, folder: str, *more: str) -> None:
    first, *rest = [word.format(folder) for word in COMMANDS[command]]
    main([first, *more, *rest])


@pytest.mark.parametrize("how", NAMED)
@pytest.mark.parametrize("command", COMMANDS)
def test_code_that_came_with_the_input_is_not_run(
    command: str, how: str, ticket: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name_plugins(ticket, how)
    run(command, "t")
    assert not Path("ran").exists()
    name = "t/pyproject.toml" if "pyproject" in how else "t/fargate-lint.toml"
    assert capsys.readouterr().err.count(NOTE.format(name)) == 1


@pytest.mark.parametrize("how", NAMED)
@pytest.mark.parametrize("command", COMMANDS)
def test_it_is_run_when_that_is_asked_for(command: str, how: str, ticket: Path) -> None:
    name_plugins(ticket, how)
    run(command, "t", "--plugins")
    assert Path("ran").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_configuration_above_is_the_users_own_but_in_a_ticket(
    command: str, ticket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ticket / "deeper").mkdir()
    for name in ("td.json", "log"):
        (ticket / name).rename(ticket / "deeper" / name)
    monkeypatch.chdir(ticket)
    run(command, "deeper")
    assert (ticket.parent / "ran").exists() == (command not in TICKETS)


@pytest.mark.parametrize("words", [["explain", "LCH101"], ["explain", "--isolated", "td.json"]])
def test_nothing_of_a_ticket_runs_where_one_stands_in_it(
    words: list[str], ticket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ticket)
    main(words)
    assert not (ticket.parent / "ran").exists()


@pytest.mark.usefixtures("ticket")
@pytest.mark.parametrize("command", ["check", "baseline", "explain", "bundle"])
def test_a_configuration_that_is_given_is_the_users_own(command: str) -> None:
    run(command, "t", "--config", "t/fargate-lint.toml")
    assert Path("ran").exists()


def test_links_do_not_make_a_folder_the_users_own(ticket: Path) -> None:
    """Neither one in the current folder nor one to it."""
    Path("link").symlink_to("t")
    (ticket / "up").symlink_to("..")
    for path in ("link/td.json", "t/up/t/td.json"):
        main(["check", path])
        assert not Path("ran").exists()


def test_rules_of_what_was_not_loaded_are_passed_over(
    ticket: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (ticket / "fargate-lint.toml").write_text(
        'select = ["ACM", "ECS"]\nlocked = ["acme-rule"]\nextend-select = ["acme-rule"]\n'
        '[plugins]\npaths = ["x.py"]\n'
        '[per-file-ignores]\n"*" = ["acme-rule"]\n'
        '[severity]\nACM1 = "error"\n'
        "[rules.acme-rule]\nowners = 3\n"
        '[[ignore]]\nrule = "acme-rule"\nreason = "accepted"\n'
    )
    (ticket / "td.json").write_text(TASK.replace("web", "a b", 1))
    assert main(["check", "t"]) == 1
    captured = capsys.readouterr()
    assert "family-name" in captured.out
    assert captured.err.count("\n") == 1


def test_a_rule_that_does_not_exist_is_a_mistake_where_plugins_are_loaded(
    ticket: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (ticket / "x.py").write_text("")
    name_plugins(ticket)
    with (ticket / "fargate-lint.toml").open("r+") as file:
        file.write('select = ["ACM"]\n' + NAMED["a file"])
    assert main(["check", "--plugins", "t"]) == 2
    assert "there is no rule `ACM`" in capsys.readouterr().err


@pytest.mark.usefixtures("ticket")
def test_plugins_of_a_folder_deeper_down_are_left_out_with_a_note(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["check", "."])
    assert not Path("ran").exists()
    assert NOTE.format("t/fargate-lint.toml") in capsys.readouterr().err


@pytest.mark.usefixtures("ticket")
def test_quiet_and_isolated_runs_have_no_note(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("-q", "--isolated"):
        main(["check", option, "t"])
        assert capsys.readouterr().err == ""


def test_modules_in_the_current_folder_are_not_those_of_python(ticket: Path) -> None:
    """`python -m` would look for them, and for announced plugins, where one stands."""
    mark = ticket.parent / "ran"
    for name in ("textwrap.py", "evil.py"):
        (ticket / name).write_text(f"import pathlib; pathlib.Path({str(mark)!r}).touch()\n")
    announced = ticket / "evil-1.dist-info"
    announced.mkdir()
    (announced / "entry_points.txt").write_text("[fargate_lint]\nevil = evil\n")
    done = subprocess.run(
        [sys.executable, "-m", "fargate_lint", "explain", "td.json"],
        cwd=ticket, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert not mark.exists()


def test_workers_do_not_look_for_modules_in_the_current_folder(ticket: Path) -> None:
    """Where processes can't fork, each is a new Python."""
    mark = ticket.parent / "ran"
    (ticket / "multiprocessing.py").write_text(f"open({str(mark)!r}, 'w')\n")
    for index in range(PARALLEL_FROM):
        (ticket / f"{index}.json").write_text(TASK.replace("web", "a b", 1))
    start = ticket.parent / "start.py"
    start.write_text(
        "import multiprocessing, sys\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.get_all_start_methods = lambda: ['spawn']\n"
        "    multiprocessing.set_start_method('spawn')\n"
        "    from fargate_lint.cli import main\n"
        "    sys.exit(main(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, start, "check", "-j", "2", "--isolated", "--statistics", "."],
        cwd=ticket, check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert not mark.exists()
    assert (done.returncode, done.stderr) == (1, "")


ACME = '''
from fargate_lint.lint.rule import Rule


class Acme(Rule):
    """Reports every task."""

    code = "ACM101"
    name = "acme-rule"
    severity = "error"

    def check_task(self, task):
        self.report(task, "acme was here")


def fargate_lint_rules():
    return [Acme]
'''
LEFT_OUT = "may belong to plugins that were not loaded"


def name_rules(folder: Path, select: str) -> None:
    (folder / "x.py").write_text(ACME)
    (folder / "fargate-lint.toml").write_text(f"{select}\n{NAMED['a file']}")


@pytest.mark.parametrize("command", ["check", "check a folder", "baseline", "show settings"])
@pytest.mark.parametrize(
    ("select", "options"),
    [
        ('select = ["ACM"]', []),
        ("", ["--select", "ACM"]),
        ("", ["--select", "acme-rule,ACM101"]),
        ('select = ["ECS"]', ["--select", "acme-rule"]),
    ],
)
def test_a_run_without_rules_since_their_plugin_is_left_out_is_a_mistake(
    command: str, select: str, options: list[str], ticket: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name_rules(ticket, select)
    first, *rest = [word.format("t") for word in COMMANDS[command]]
    assert main([first, *options, *rest]) == 2
    error = capsys.readouterr().err
    assert LEFT_OUT in error
    assert "help: if you trust `t/fargate-lint.toml`, add --plugins" in error
    assert main([first, *options, "--plugins", *rest]) == (
        1 if first == "check" and "show" not in command else 0
    )


@pytest.mark.parametrize(
    ("select", "options"),
    [
        ('select = ["ACM", "ECS"]', []),
        ('select = ["ACM"]', ["--select", "ECS"]),
        ('select = ["ACM"]', ["--extend-select", "ECS"]),
        ("", ["--select", "ACM,ECS"]),
        ("", ["--ignore", "ACM"]),
        ("", ["--extend-select", "acme-rule"]),
    ],
)
def test_a_run_with_other_rules_goes_on(
    select: str, options: list[str], ticket: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name_rules(ticket, select)
    (ticket / "td.json").write_text(TASK.replace("web", "a b", 1))
    assert main(["check", *options, "t"]) == 1
    captured = capsys.readouterr()
    assert "family-name" in captured.out
    assert captured.err.count("\n") == 1
    assert NOTE.format("t/fargate-lint.toml") in captured.err


@pytest.mark.usefixtures("ticket")
def test_a_name_of_no_rule_is_a_mistake_where_no_plugin_is_left_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "--isolated", "--select", "ACM,ECS", "t"]) == 2
    assert "there is no rule `ACM`" in capsys.readouterr().err


@pytest.mark.usefixtures("ticket")
@pytest.mark.parametrize("options", [[], ["--config", "t/fargate-lint.toml"]])
@pytest.mark.parametrize("command", ["check", "check a folder", "baseline", "rules"])
def test_no_plugins_are_loaded_and_none_are_advised(
    command: str, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    first, *rest = [word.format("t") for word in COMMANDS.get(command, [command])]
    assert main([first, "--no-plugins", *options, *rest]) in {0, 1}
    captured = capsys.readouterr()
    assert not Path("ran").exists()
    assert "--plugins" not in captured.err
    assert "acme" not in captured.out


def test_no_plugins_in_ones_own_folder(
    ticket: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in a pipeline that checks pull requests of strangers."""
    monkeypatch.chdir(ticket)
    name_rules(ticket, 'select = ["ACM", "ECS"]')
    (ticket / "td.json").write_text(TASK.replace("web", "a b", 1))
    assert main(["check", "--no-plugins"]) == 1
    captured = capsys.readouterr()
    assert "family-name" in captured.out
    assert "acme" not in captured.out
    assert captured.err == ""
    name_rules(ticket, 'select = ["ACM"]')
    assert main(["check", "--no-plugins"]) == 2
    assert f"{LEFT_OUT}\n  help: leave out --no-plugins" in capsys.readouterr().err
    assert main(["rules"]) == 0
    assert "acme-rule" in capsys.readouterr().out
    assert main(["rules", "--no-plugins"]) == 0
    assert "acme-rule" not in capsys.readouterr().out
