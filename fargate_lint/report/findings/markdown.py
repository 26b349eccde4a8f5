"""Findings as Markdown, for a comment on a pull request or a job's summary."""

from __future__ import annotations

import re
from itertools import groupby

from fargate_lint.lint.finding import SEVERITIES
from fargate_lint.report.findings import repository
from fargate_lint.report.findings.text import NOUNS, counted
from fargate_lint.report.terminal import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from fargate_lint.lint.located import Located
    from fargate_lint.lint.summary import Summary

#: By this line a comment is found again, to be replaced by the next run's.
MARKER = "<!-- fargate-lint -->"
#: GitHub takes comments of 65,536 characters; GitLab and Bitbucket take more.
LIMIT = 65_000
# What Markdown, or GitHub's extensions of it, would make something else of.
SPECIAL = re.compile(r"[\\`*_\[\]|~<>&]")
# What GitHub and GitLab would make a person, an issue, a merge request or a snippet of.
REFERENCE = re.compile(r"@|[#!$](?=\d)")
LONGEST = 400
HEAD = "| | Line | Problem | Rule |\n|---|--:|---|---|\n"


def write(summary: Summary, stream: TextIO, *, statistics: bool) -> None:
    """Write the findings as tables, a table for each file; with `statistics`, one for the rules."""
    if statistics:
        from fargate_lint.report.findings.statistics import counts  # noqa: PLC0415  (rarely asked for)

        stream.write(f"{MARKER}\n{_headline(summary)}\n\n| Rule | Findings |\n|---|--:|\n")
        stream.writelines(
            f"| {rule['code']} {rule['name']} | {rule['count']:,} |\n"
            for rule in counts(summary.findings)
        )
        return
    stream.write(render(summary, LIMIT))


def render(summary: Summary, limit: int) -> str:
    """The whole report in at most `limit` bytes; what finds no room is counted at its end."""
    parts = [f"{MARKER}\n{_headline(summary)}\n"]
    # Room for the line that says what was left out.
    room = limit - len(parts[0].encode()) - 200
    shown = 0
    for file, findings in groupby(summary.findings, key=lambda finding: finding.file):
        head = f"\n#### {_code(repository.path(file))}\n\n{HEAD}"
        for row in _rows(findings):
            text = head + row
            room -= len(text.encode("utf-8", "replace"))
            if room < 0:
                left = len(summary.findings) - shown
                parts.append(f"\n… and {counted(left, 'more finding')} in the log.\n")
                return "".join(parts)
            parts.append(text)
            head = ""
            shown += 1
    return "".join(parts)


def _headline(summary: Summary) -> str:
    shown = dict.fromkeys(SEVERITIES, 0)
    for finding in summary.findings:
        shown[finding.severity] += 1
    counts = [
        counted(shown[severity], NOUNS[severity])
        for severity in reversed(SEVERITIES)
        if shown[severity]
    ]
    files = summary.files["checked"] + summary.files["unreadable"]
    return f"### fargate-lint: {', '.join(counts) or 'no problems'} in {counted(files, 'file')}"


def _rows(findings: Iterator[Located]) -> Iterator[str]:
    for finding in findings:
        container = f" ({_code(finding.about)})" if finding.about else ""
        remedy = f"<br>**help:** {plain(finding.help)}" if finding.help else ""
        address = repository.page(finding)
        rule = f"{plain(finding.code)} {plain(finding.name)}"
        yield (
            f"| **{finding.severity}** | {finding.start[0]} "
            f"| {plain(finding.message)}{container}{remedy} "
            f"| {f'[{rule}]({address})' if address else rule} |\n"
        )


def plain(text: str) -> str:
    """A message as Markdown: its `values` in code, everything else as it is."""
    text = escape(" ".join(text.split()))
    if len(text) > LONGEST:
        text = text[:LONGEST] + "…"
    *pairs, last = text.split("`")
    if len(pairs) % 2:
        # A backtick without a partner.
        last = f"{pairs.pop()}`{last}"
    parts = [
        _code(part) if index % 2 and part else "" if index % 2 else _prose(part)
        for index, part in enumerate(pairs)
    ]
    return "".join(parts) + _prose(last)


def _prose(text: str) -> str:
    return SPECIAL.sub(_entity, unreferred(text))


def unreferred(text: str) -> str:
    """`text` by which nobody is called, by somebody's container name, and nothing is linked to."""
    return REFERENCE.sub("\\g<0>\u2060", text)


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _code(text: str) -> str:
    runs = re.findall("`+", text)
    fence = "`" * (max(map(len, runs), default=0) + 1)
    pad = " " if runs else ""
    # In a table a bar ends the cell, even in code.
    return fence + pad + escape(text).replace("|", "\\|") + pad + fence
