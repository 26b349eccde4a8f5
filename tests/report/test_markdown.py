from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.located import Located

TASK = '{"a": 1,\n "b": 2}'


def test_findings_are_a_table_for_each_file(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    findings = [
        found(TASK, "1", "`web` waits for `b`", container="web", help='write "3"'),
        found(TASK, "2", "two", severity="warning", file="b.json", rule="ACME101 no-owner"),
    ]
    page = (
        "https://github.com/fargate-lint/fargate-lint/blob/main/docs/rules/"
        "launcher-missing-double-dash.md"
    )
    assert report("markdown", *findings) == (
        f"""\
<!-- fargate-lint -->
### fargate-lint: 1 error, 1 warning in 1 file

#### `task.json`

| | Line | Problem | Rule |
|---|--:|---|---|
| **error** | 1 | `web` waits for `b` (`web`)<br>**help:** write "3" \
| [LCH101 launcher-missing-double-dash]({page}) |

#### `b.json`

| | Line | Problem | Rule |
|---|--:|---|---|
| **warning** | 2 | two | ACME101 no-owner |
"""
    )
    assert report("markdown") == (
        "<!-- fargate-lint -->\n### fargate-lint: no problems in 1 file\n"
    )


def test_nothing_in_a_file_becomes_markup(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    evil = "a|b <img src=x> [x](javascript:y) `c|<b>` ` *d*\n# e @team &lt; ``"
    finding = found(TASK, "1", evil, file=evil, container=evil, help=evil)
    html = (
        MarkdownIt("commonmark", {"html": True}).enable("table").render(report("markdown", finding))
    )
    assert "<img" not in html
    assert "<b>" not in html
    assert "<em>" not in html
    assert 'href="javascript' not in html
    assert html.count("<h1>") == 0
    assert "@team" not in re.sub("<code>.*?</code>", "", html, flags=re.DOTALL)
    assert html.count("<td") == 4


def test_a_comment_has_an_end(found: Callable[..., Located], report: Callable[..., str]) -> None:
    findings = [found(TASK, "1", f"fault {number} " + "x" * 300) for number in range(1000)]
    text = report("markdown", *findings)
    assert len(text) < 65_536
    shown = text.count("fault")
    assert 50 < shown < 1000
    assert text.endswith(f"\n… and {1000 - shown} more findings in the log.\n")


def test_statistics_are_one_table(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    text = report("markdown", found(TASK, "1", "a"), found(TASK, "2", "b"), statistics=True)
    assert text.endswith("| LCH101 launcher-missing-double-dash | 2 |\n")
