from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fargate_lint.report.findings.sarif import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.located import Located

TASK = '{"a": 1,\n "b": 2}'
HEAD = "suppressed[LCH101] launcher-missing-double-dash: two"


def both(found: Callable[..., Located]) -> list[Located]:
    """A finding, and one that a comment suppresses."""
    suppressed = found(TASK, "2", "two", help="write 3")
    suppressed.suppression = ("comment", "until\nthe move")
    return [found(TASK, "1", "one"), suppressed]


def test_text_says_by_what_and_why(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    assert report("text", both(found)[1]) == (
        f"""\
{HEAD}
 --> task.json:2:7
  |
2 |  "b": 2}}
  |       ^
  |
  = by a comment: until\\nthe move

no problems in 1 file · 1 suppressed
"""
    )
    assert f"task.json:2:7: {HEAD} by a comment: until\\nthe move\n" in report(
        "concise", *both(found)
    )


def test_json_keeps_them_apart(found: Callable[..., Located], report: Callable[..., str]) -> None:
    written = json.loads(report("json", *both(found)))
    assert [finding["message"] for finding in written["findings"]] == ["one"]
    assert [finding["suppression"] for finding in written["suppressed"]] == [
        {"kind": "comment", "reason": "until\nthe move"}
    ]
    assert written["summary"]["errors"] == 1


def test_sarif_has_its_own_word_for_it(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    log = json.loads(report("sarif", *both(found)))
    assert log["$schema"] == SCHEMA
    assert [result.get("suppressions") for result in log["runs"][0]["results"]] == [
        None,
        [{"kind": "inSource", "status": "accepted", "justification": "until\nthe move"}],
    ]


def test_formats_that_make_a_pipeline_fail_leave_them_out(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    for name in ("github", "gitlab", "junit", "markdown", "html"):
        assert "two" not in report(name, *both(found))
