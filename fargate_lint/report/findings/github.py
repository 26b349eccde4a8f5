"""Annotations on a pull request of GitHub's, by the workflow commands that its runner reads.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import os

from fargate_lint.lint.finding import SEVERITIES
from fargate_lint.report.findings import repository
from fargate_lint.report.findings.text import NOUNS, counted
from fargate_lint.report.terminal import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from fargate_lint.lint.located import Located
    from fargate_lint.lint.summary import Summary

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
#: Of each kind GitHub shows this many from one step, and drops the rest without a word.
LIMIT = 10
#: A job's summary may have 1 MiB, together with those that other steps have written.
SUMMARY_LIMIT = 1024 * 1024


def write(
    summary: Summary,
    stream: TextIO,
    *,
    statistics: bool,  # noqa: ARG001  (annotations are single findings)
) -> None:
    """Write annotations, then the findings that are too many for them as lines of the log.

    Where GITHUB_STEP_SUMMARY names a file, all findings are appended to it as Markdown.
    """
    left: list[Located] = []
    room = dict.fromkeys(SEVERITIES, LIMIT)
    counts = dict.fromkeys(SEVERITIES, 0)
    for finding in summary.findings:
        counts[finding.severity] += 1
    if any(count > LIMIT for count in counts.values()):
        # The notice that says so takes the place of one.
        room["info"] -= 1
    for finding in summary.findings:
        if room[finding.severity]:
            room[finding.severity] -= 1
            stream.write(f"{_annotation(finding)}\n")
        else:
            left.append(finding)
    summarized = _append(summary, os.environ)
    if left:
        stream.write(f"{_notice(left, summarized=summarized)}\n")
        stream.writelines(f"- {_line(finding)}\n" for finding in left)


def _annotation(finding: Located) -> str:
    (line, column), (last, end) = finding.start, finding.end
    properties = {
        "file": escape(repository.path(finding.file)),
        "line": str(line),
        "endLine": str(last),
    }
    if line == last:
        # GitHub takes columns only within one line, and refuses an empty range.
        properties |= {"col": str(column), "endColumn": str(max(end, column + 1))}
    properties["title"] = f"{finding.code} {finding.name}"
    text = f"{finding.message}{f' ({finding.about})' if finding.about else ''}"
    if finding.help:
        text += f"\nhelp: {finding.help}"
    text = "\n".join(escape(each) for each in text.split("\n"))
    words = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{COMMANDS[finding.severity]} {words}::{_data(text)}"


def _notice(left: list[Located], *, summarized: bool) -> str:
    counts = dict.fromkeys(reversed(SEVERITIES), 0)
    for finding in left:
        counts[finding.severity] += 1
    words = ", ".join(
        counted(count, f"more {NOUNS[severity]}") for severity, count in counts.items() if count
    )
    where = "in the job's summary and in this step's log" if summarized else "in this step's log"
    return f"::notice title=fargate-lint::{_data(f'{words} {where}: GitHub shows {LIMIT} of each')}"


def _line(finding: Located) -> str:
    line, column = finding.start
    return escape(
        f"{repository.path(finding.file)}:{line}:{column}: "
        f"{finding.severity}[{finding.code}] {finding.name}: {finding.message}"
    )


def _append(summary: Summary, environ: Mapping[str, str]) -> bool:
    file = environ.get("GITHUB_STEP_SUMMARY")
    if not file or not summary.findings:
        return False
    from fargate_lint.report.findings.markdown import render  # noqa: PLC0415  (only on GitHub's runners)

    try:
        taken = os.path.getsize(file) if os.path.exists(file) else 0
        with open(file, "a", encoding="utf-8", errors="replace") as stream:
            stream.write(render(summary, SUMMARY_LIMIT - taken))
    except OSError:
        # The annotations are worth more than the summary.
        return False
    return True


def _data(text: str) -> str:
    """Text behind `::`, as `escapeData` of actions/toolkit has it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Text before `::`, as `escapeProperty` of actions/toolkit has it."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
