"""JUnit's XML, which every CI server reads: a suite for each file, a failed case for each finding.

https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
"""

from __future__ import annotations

import re
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from fargate_lint.report import terminal
from fargate_lint.report.findings import repository
from fargate_lint.report.findings.text import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from fargate_lint.lint.located import Located
    from fargate_lint.lint.summary import Summary

# Characters that XML can't hold, beyond those that `terminal.escape` writes out.
# https://www.w3.org/TR/xml/#charsets
FORBIDDEN = re.compile("[\ufffe\uffff]")


def write(
    summary: Summary,
    stream: TextIO,
    *,
    statistics: bool,  # noqa: ARG001  (readers of JUnit's XML count for themselves)
) -> None:
    """Write the suites. Advice (severity info) is a case that passes and has something to say."""
    cases = len(summary.findings)
    failures = sum(finding.severity != "info" for finding in summary.findings)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f'<testsuites name="fargate-lint" tests="{cases or 1}" failures="{failures}">\n')
    for file, findings in groupby(summary.findings, key=lambda finding: finding.file):
        stream.writelines(_suite(repository.path(file), list(findings)))
    if not cases:
        # Some servers take a report without any case for a failure.
        files = counted(summary.files["checked"], "file")
        stream.write('  <testsuite name="fargate-lint" tests="1" failures="0" errors="0">\n')
        stream.write(f'    <testcase classname="fargate-lint" name="no problems in {files}"/>\n')
        stream.write("  </testsuite>\n")
    stream.write("</testsuites>\n")


def _suite(file: str, findings: list[Located]) -> Iterator[str]:
    failures = sum(finding.severity != "info" for finding in findings)
    yield (
        f"  <testsuite name={_attribute(file)} tests={_attribute(len(findings))} "
        f'failures={_attribute(failures)} errors="0">\n'
    )
    for finding in findings:
        line, column = finding.start
        name = f"{finding.code} {finding.name} ({line}:{column})"
        yield f"    <testcase classname={_attribute(file)} name={_attribute(name)}>\n"
        details = escape(_plain("\n".join(_details(finding, file))))
        if finding.severity == "info":
            yield f"      <system-out>{details}</system-out>\n"
        else:
            message = _attribute(f"{finding.severity}: {finding.message}")
            yield (
                f"      <failure type={_attribute(finding.code)} message={message}>"
                f"{details}</failure>\n"
            )
        yield "    </testcase>\n"
    yield "  </testsuite>\n"


def _details(finding: Located, file: str) -> Iterator[str]:
    line, column = finding.start
    yield terminal.escape(f"{file}:{line}:{column}: {finding.message}")
    if finding.address:
        yield terminal.escape(f"address: {finding.address}")
    if finding.container:
        yield terminal.escape(f"container: {finding.container}")
    for other, _, start, _, message, _ in finding.related:
        yield terminal.escape(f"{repository.path(other)}:{start[0]}:{start[1]}: {message}")
    if finding.help:
        yield "help: " + terminal.escape(finding.help)
    address = repository.page(finding)
    if address:
        yield address


def _attribute(value: object) -> str:
    return quoteattr(_plain(terminal.escape(str(value))))


def _plain(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)
