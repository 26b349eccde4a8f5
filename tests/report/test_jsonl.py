from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.located import Located

TASK = '{"a": 1,\n "b": 2}'


def test_each_line_is_a_finding_as_json_has_it(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    findings = [found(TASK, "1", "one\ntwo"), found(TASK, "2", "three", severity="warning")]
    written = report("jsonl", *findings).splitlines()
    assert [json.loads(line) for line in written] == [finding.as_json() for finding in findings]
    assert report("jsonl") == ""


def test_statistics_are_a_line_for_each_rule(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    findings = [found(TASK, "1", "one"), found(TASK, "2", "two")]
    assert report("jsonl", *findings, statistics=True) == (
        '{"code": "LCH101", "name": "launcher-missing-double-dash", "count": 2}\n'
    )
