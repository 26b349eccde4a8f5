from __future__ import annotations

import io
import re

from fargate_lint.report.catalogue import show
from fargate_lint.report.terminal import Terminal

RULES = [
    {"code": "AAA101", "name": "no-owner", "severity": "error", "summary": "There is no `owner`."},
    {"code": "AAA102", "name": "two", "severity": "info", "summary": "Two of [them]."},
    {"code": "LCH1001", "name": "old-image", "severity": "warning", "summary": "An old `image`."},
]


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


def table(columns: int, **environ: str) -> str:
    screen = Tty()
    show(RULES, Terminal(screen, {"COLUMNS": str(columns), **environ}), screen)
    return screen.getvalue()


def plain(text: str) -> str:
    bare = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", text)
    return "\n".join(line.strip() for line in bare.split("\n")).strip() + "\n"


def test_a_wide_terminal_shows_a_rule_on_a_line() -> None:
    assert plain(table(140)) == (
        """\
code      severity   name        summary
─────────────────────────────────────────────────────
AAA101    error      no-owner    There is no `owner`.
AAA102    info       two         Two of [them].

LCH1001   warning    old-image   An old `image`.
"""
    )


def test_a_narrow_terminal_shows_summaries_below_names() -> None:
    assert plain(table(80)) == (
        """\
code      severity   name and summary
─────────────────────────────────────────
AAA101    error      no-owner
There is no `owner`.
AAA102    info       two
Two of [them].

LCH1001   warning    old-image
An old `image`.
"""
    )


def test_severities_have_colours_and_our_rules_links() -> None:
    text = table(140)
    assert "\x1b[1;91merror" in text
    assert "\x1b[1;33mwarning" in text
    assert "docs/rules/old-image.md" in text
    assert "docs/rules/no-owner.md" not in text
    assert "\x1b]8" not in table(140, FORCE_HYPERLINK="0")


def test_without_colour_it_is_still_a_table() -> None:
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]|\x1b\[[0-9;]*9[0-9]", table(140, NO_COLOR="1"))
