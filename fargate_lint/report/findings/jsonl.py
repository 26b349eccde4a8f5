"""One finding a line, each a JSON object as in `json`: for `jq`, log shippers and databases."""

from __future__ import annotations

from json import dumps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from fargate_lint.lint.summary import Summary


def write(summary: Summary, stream: TextIO, *, statistics: bool) -> None:
    """Write the findings or, with `statistics`, code, name and count of each rule."""
    if statistics:
        from fargate_lint.report.findings.statistics import counts  # noqa: PLC0415  (rarely asked for)

        stream.writelines(f"{dumps(rule)}\n" for rule in counts(summary.findings))
        return
    for findings in (summary.findings, summary.suppressed):
        stream.writelines(f"{dumps(finding.as_json())}\n" for finding in findings)
