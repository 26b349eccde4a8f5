"""One line a finding, for grep and for editors: `file:line:column: severity[CODE] name: …`."""

from __future__ import annotations

from fargate_lint.lint.mask.redact import free
from fargate_lint.report.findings.text import head, suppression
from fargate_lint.report.terminal import Terminal, escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from fargate_lint.lint.summary import Summary


def write(summary: Summary, stream: TextIO, *, statistics: bool) -> None:
    """Write the findings, or, with `statistics`, how often each rule found something."""
    terminal = Terminal(stream)
    if statistics:
        from fargate_lint.report.findings.statistics import rows  # noqa: PLC0415  (rarely asked for)

        stream.writelines(f"{row}\n" for row in rows(summary.findings, terminal))
        return
    for finding in (*summary.findings, *summary.suppressed):
        line, column = finding.start
        container = f" ({escape(finding.about)})" if finding.about else ""
        after = container + suppression(finding)
        stream.write(
            f"{escape(free(finding.file))}:{line}:{column}: "
            f"{head(finding, terminal)}{terminal.paint('faint', after)}\n"
        )
