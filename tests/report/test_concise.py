from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.located import Located


def test_concise_is_one_line_a_finding(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    task = '{"a": 1,\n "b": 2}'
    findings = [
        found(task, "1", "one", container="web", help="two"),
        found(task, "2", "two\nlines", severity="warning", related=[("1", "one")]),
        found(task, "2", "two", severity="info"),
    ]
    assert report("concise", *findings, skipped=1) == (
        """\
task.json:1:7: error[LCH101] launcher-missing-double-dash: one (web)
task.json:2:7: warning[LCH101] launcher-missing-double-dash: two\\nlines
"""
    )
    assert report("concise") == ""
