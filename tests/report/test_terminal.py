from __future__ import annotations

import io
import sys

import pytest

from fargate_lint.report.terminal import Terminal, escape


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


class Latin(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="latin-1")


def shows(stream: io.TextIOBase, **environ: str) -> str:
    """What a stream can show, in words."""
    terminal = Terminal(stream, environ)  # type: ignore[arg-type]
    return " ".join(name for name in ("rich", "colour", "links") if getattr(terminal, name))


def test_a_terminal_shows_everything_and_a_pipe_nothing() -> None:
    assert shows(Tty()) == "rich colour links"
    assert shows(Tty(), TERM="xterm-256color") == "rich colour links"
    assert shows(io.StringIO()) == ""


def test_a_dumb_terminal_shows_nothing() -> None:
    assert shows(Tty(), TERM="dumb") == ""
    assert shows(Tty(), TERM="linux") == "rich colour"


def test_no_color_is_honoured_and_stronger_than_force_color() -> None:
    assert shows(Tty(), NO_COLOR="1") == "rich links"
    assert shows(Tty(), NO_COLOR="1", FORCE_COLOR="1") == "rich links"
    assert shows(Tty(), NO_COLOR="") == "rich colour links"


def test_force_color_is_for_standard_output_only(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stdout", pipe)
    assert shows(pipe, FORCE_COLOR="1") == "rich colour"
    assert shows(pipe, FORCE_COLOR="0") == ""
    assert shows(io.StringIO(), FORCE_COLOR="1") == ""


def test_links_can_be_forced_and_forbidden() -> None:
    assert shows(io.StringIO(), FORCE_HYPERLINK="1") == "links"
    assert shows(Tty(), FORCE_HYPERLINK="0") == "rich colour"


def test_only_our_own_rules_have_a_page_to_link() -> None:
    terminal = Terminal(Tty(), {})
    page = "https://github.com/fargate-lint/fargate-lint/blob/main/docs/rules/some-name.md"
    assert terminal.link("LCH101", "some-name", "x") == f"\x1b]8;;{page}\x1b\\x\x1b]8;;\x1b\\"
    assert terminal.link("ACM101", "some-name", "x") == "x"


def test_columns_are_those_of_the_terminal_within_reason() -> None:
    assert Terminal(Tty(), {"COLUMNS": "90"}).width == 90
    assert Terminal(Tty(), {"COLUMNS": "9"}).width == 40
    assert Terminal(Tty(), {"COLUMNS": "wide"}).width == 120
    assert Terminal(io.StringIO(), {"COLUMNS": "90"}).width == 120


def test_dots_are_what_the_stream_can_encode() -> None:
    assert Terminal(io.StringIO(), {}).dots == "…"
    assert Terminal(Latin(), {}).dots == "..."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain `x`", "plain `x`"),
        ("é ログ 🙂", "é ログ 🙂"),
        ("a\tb\r\n", r"a\tb\r\n"),
        ("\x00\x1b[0m\x7f", r"\x00\x1b[0m\x7f"),
        ("\x85\x9b\xad", r"\x85\x9b\xad"),
        ("\u202e\u2066\u200b\u2028\ufeff", r"\u202e\u2066\u200b\u2028\ufeff"),
        ("\udc80\U000e0041", r"\udc80\U000e0041"),
    ],
)
def test_what_a_terminal_would_obey_is_written_out(text: str, shown: str) -> None:
    assert escape(text) == shown
