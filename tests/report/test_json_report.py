from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.located import Located

    Make = Callable[..., Located]
    Report = Callable[..., str]

TASK = '{"a": "é",\n "b": 2}'


def test_json_is_one_object_with_a_finding_on_each_line(found: Make, report: Report) -> None:
    error = found(TASK, '"é"', "`é` is wrong\n", help="write `e`", container="web")
    warning = found(TASK, "2", "two", severity="warning", related=[('"a"', "see")])
    hidden = found(TASK, "2", "two", severity="info")
    assert report("json", error, warning, hidden, skipped=2) == (
        r"""{
  "version": 1,
  "findings": [
    {"code": "LCH101", "name": "launcher-missing-double-dash", "severity": "error", "message": "`\u00e9` is wrong\n", "help": "write `e`", "file": "task.json", "path": "/containerDefinitions/1/command/4", "member": "/containerDefinitions/1/command/4", "address": "", "task": "shop", "container": "web", "start": {"line": 1, "column": 7}, "end": {"line": 1, "column": 10}, "related": [], "fix": null, "fingerprint": "0123456789abcdef"},
    {"code": "LCH101", "name": "launcher-missing-double-dash", "severity": "warning", "message": "two", "help": null, "file": "task.json", "path": "/containerDefinitions/1/command/4", "member": "/containerDefinitions/1/command/4", "address": "", "task": "shop", "container": null, "start": {"line": 2, "column": 7}, "end": {"line": 2, "column": 8}, "related": [{"file": "task.json", "path": "/family", "start": {"line": 1, "column": 2}, "end": {"line": 1, "column": 5}, "message": "see"}], "fix": null, "fingerprint": "0123456789abcdef"}
  ],
  "summary": {"files": {"checked": 1, "skipped": 2, "unreadable": 0}, "errors": 1, "warnings": 1, "infos": 1, "hidden": 1, "definitions": {}, "unjudged": []}
}
"""  # noqa: E501  (the whole output)
    )


def test_json_of_a_clean_run_is_an_object_too(report: Report) -> None:
    assert report("json") == (
        """\
{
  "version": 1,
  "findings": [],
  "summary": {"files": {"checked": 1, "skipped": 0, "unreadable": 0}, "errors": 0, "warnings": 0, \
"infos": 0, "hidden": 0, "definitions": {}, "unjudged": []}
}
"""
    )


def test_json_with_statistics_has_counts_beside_the_findings(found: Make, report: Report) -> None:
    findings = [found(TASK, "2", "two"), found(TASK, "2", "x"), found(TASK, "2", "y", rule="A1 b")]
    parsed = json.loads(report("json", *findings, statistics=True))
    assert list(parsed) == ["version", "findings", "statistics", "summary"]
    assert len(parsed["findings"]) == 3
    assert parsed["statistics"] == [
        {"code": "LCH101", "name": "launcher-missing-double-dash", "count": 2},
        {"code": "A1", "name": "b", "count": 1},
    ]


def test_json_takes_what_is_no_text(found: Make, report: Report) -> None:
    text = report("json", found('{"a": "\ud83d"}', '"\ud83d"', "half of a pair: `\ud83d`"))
    assert text.isascii()
    assert json.loads(text)["findings"][0]["message"] == "half of a pair: `\ud83d`"
