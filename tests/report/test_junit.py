from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xmlschema

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.located import Located

TASK = '{"a": 1,\n "b": 2}'
SCHEMA = Path(__file__).parent.parent / "data" / "schemas" / "junit-10.xsd"


@pytest.fixture(scope="module")
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(SCHEMA))


def test_a_file_is_a_suite_and_a_finding_a_failed_case(
    found: Callable[..., Located], report: Callable[..., str], schema: xmlschema.XMLSchema
) -> None:
    written = report(
        "junit",
        found(TASK, "1", "one <&> `two`", container="web", help='say "3"', related=[("2", "too")]),
        found(TASK, "2", "only advice", severity="info", rule="ACME101 no-owner"),
        found(TASK, "2", "three", severity="warning", file="b.json", rule="ACME101 no-owner"),
        min_severity="info",
    )
    schema.validate(written)
    assert (
        written
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="fargate-lint" tests="3" failures="2">
  <testsuite name="task.json" tests="2" failures="1" errors="0">
    <testcase classname="task.json" name="LCH101 launcher-missing-double-dash (1:7)">
      <failure type="LCH101" message="error: one &lt;&amp;&gt; `two`">\
task.json:1:7: one &lt;&amp;&gt; `two`
container: web
task.json:2:7: too
help: say "3"
https://github.com/fargate-lint/fargate-lint/blob/main/docs/rules/launcher-missing-double-dash.md\
</failure>
    </testcase>
    <testcase classname="task.json" name="ACME101 no-owner (2:7)">
      <system-out>task.json:2:7: only advice</system-out>
    </testcase>
  </testsuite>
  <testsuite name="b.json" tests="1" failures="1" errors="0">
    <testcase classname="b.json" name="ACME101 no-owner (2:7)">
      <failure type="ACME101" message="warning: three">b.json:2:7: three</failure>
    </testcase>
  </testsuite>
</testsuites>
"""
    )


def test_a_clean_run_has_a_case_that_passes(
    report: Callable[..., str], schema: xmlschema.XMLSchema
) -> None:
    written = report("junit")
    schema.validate(written)
    assert '<testcase classname="fargate-lint" name="no problems in 1 file"/>' in written


def test_nothing_in_a_file_breaks_the_xml(
    found: Callable[..., Located], report: Callable[..., str], schema: xmlschema.XMLSchema
) -> None:
    evil = "]]></failure>\x00\x1b[31m\ud800\uffff\"'"
    schema.validate(report("junit", found(TASK, "1", evil, file=evil, container=evil, help=evil)))
