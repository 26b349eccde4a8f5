from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fargate_lint.diagnose.diagnosis import diagnose
from fargate_lint.lint import registry
from fargate_lint.report.ticket import text as ticket_text
from tests.report.conftest import Screen

if TYPE_CHECKING:
    from pathlib import Path

ERROR = "[error] [config] cloudwatch_logs: unknown configuration property 'awslogs-group'. The"
LOST = "[ warn] [engine] chunk '1-1.2.flb' cannot be retried: task_id=0, input=x > output=http.0"
COLOURS = re.compile(r"\x1b\[(?:\d+;)*(?:3|9)\d[;m]")
CODES = re.compile(r"\x1b\[[\d;]*m")


def shown(log: str, *, terminal: bool = True) -> str:
    screen = Screen(terminal=terminal)
    found = diagnose([], [("log", io.BytesIO(log.encode()))], [], registry=registry.load())
    ticket_text.write(found, screen)
    return screen.getvalue()


def bare(text: str) -> list[str]:
    return [line.rstrip() for line in CODES.sub("", text).splitlines()]


def test_a_terminal_shows_the_answer_in_a_box_and_quotes_with_a_bar() -> None:
    text = bare(shown(f"{ERROR}\n{LOST}\n"))
    assert text[0].startswith("╭─ Likely ───")
    assert text[1].startswith("│ Most likely: A plugin is given an option it does not have.")
    at = text.index("Why")
    assert text[at + 1].startswith("  `cloudwatch_logs` has no option `awslogs-group` in this")
    assert "  - the log says log:1" in text
    assert f"    │ {ERROR}" in text
    assert any(line.startswith("  1. Remove or correct the option") for line in text)
    assert text[-1] == "fargate-lint 0.1.0: 2 lines of 1 log"


@pytest.mark.parametrize(
    ("log", "words", "colour"),
    [
        (ERROR, "Likely", "1;33"),
        ("[info] [sp] stream processor started", "Fine", "1;92"),
        ("[info] [sp] stream processor started", "Harmless", "1;92"),
        (ERROR, "What to change", "1;94"),
    ],
)
def test_words_have_the_colour_of_what_they_say(log: str, words: str, colour: str) -> None:
    assert re.search(rf"\x1b\[{colour}m *{words} *\x1b\[0m", shown(log))


def test_no_colours_for_those_who_want_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert COLOURS.search(shown(ERROR))
    monkeypatch.setenv("NO_COLOR", "1")
    text = shown(ERROR)
    assert not COLOURS.search(text)
    assert bare(text)[0].startswith("╭─ Likely ───")


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {}])
def test_where_it_is_of_no_use_there_is_nothing_but_text(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    text = shown(ERROR, terminal=bool(environment))
    assert "\x1b" not in text
    assert text.isascii()


@pytest.mark.parametrize("columns", [40, 60, 200])
def test_it_fits_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = bare(shown(f"{ERROR} {'x' * 300}\n{LOST}"))
    assert max(map(len, lines)) == min(columns, 100)


def test_nothing_that_was_given_moves_the_cursor_or_is_markup() -> None:
    text = shown(f"{ERROR}\x1b[2J\x07 [red]x[/red] :boom: \u202e\n")
    assert "\x1b[2J" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "[red]x[/red] :boom:" in " ".join(bare(text))


def run(folder: Path, out: int) -> None:
    (folder / "log").write_text(ERROR)
    words = [sys.executable, "-m", "fargate_lint", "explain", "--isolated", "log"]
    path = os.pathsep.join(filter(None, sys.path))
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": path, "TERM": "xterm-256color"}
    subprocess.run(words, cwd=folder, env=environment, stdout=out, check=True, timeout=60)


@pytest.mark.slow
def test_a_real_terminal_sees_colours(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    run(tmp_path, theirs)
    os.close(theirs)
    text = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert COLOURS.search(text)
    assert bare(text)[0].startswith("╭─ Likely ───")
