"""Findings for people: each with its lines of source, what belongs to it, and the remedy."""

from __future__ import annotations

from fargate_lint.lint.finding import SEVERITIES
from fargate_lint.report.terminal import Terminal, escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from fargate_lint.lint.located import Located
    from fargate_lint.lint.summary import Summary

ARTICLES = {
    "baseline": "the baseline",
    "comment": "a comment",
    "configuration": "the configuration",
    "label": "a label",
    "metadata": "metadata",
}
NOUNS = {"error": "error", "warning": "warning", "info": "note"}


def write(summary: Summary, stream: TextIO, *, statistics: bool) -> None:
    """Write the findings (or, with `statistics`, how often each rule found something), and counts.

    Nothing is written when there is nothing to show, except to somebody at a terminal.
    """
    terminal = Terminal(stream)
    if not (summary.findings or summary.suppressed):
        if terminal.interactive and summary.files["checked"] and not summary.quiet:
            stream.write(f"{_total(summary, terminal)}\n")
        return
    if statistics:
        from fargate_lint.report.findings.statistics import rows  # noqa: PLC0415  (rarely asked for)

        stream.writelines(f"{row}\n" for row in rows(summary.findings, terminal))
        stream.write("\n")
    else:
        for finding in (*summary.findings, *summary.suppressed):
            stream.writelines(f"{row}\n" for row in _finding(finding, terminal))
            stream.write("\n")
    if not summary.quiet:
        stream.write(f"{_total(summary, terminal)}\n")


def _finding(finding: Located, terminal: Terminal) -> Iterator[str]:
    # A clean run needs no excerpts.
    from fargate_lint.report.findings.excerpt import MOST_SHOWN, blocks  # noqa: PLC0415

    yield head(finding, terminal)
    found = blocks(finding, terminal.width)
    gutter = len(str(max((number for block in found for number in block.lines), default=1)))
    room = terminal.width - gutter - 3
    for block in found:
        first = block is found[0]
        if not first:
            yield terminal.paint("gutter", " " * gutter + " |")
        arrow = "-->" if first else ":::"
        place = f"{terminal.paint('gutter', ' ' * gutter + arrow)} {block.place}"
        if first and finding.about:
            place += "  " + terminal.paint("faint", f"({escape(finding.about)})")
        yield place
        yield from block.rows(gutter, room, terminal)
    left = len(finding.related) - MOST_SHOWN
    if left > 0:
        yield terminal.paint("gutter", " " * gutter + " ...") + f" {counted(left, 'place')} more"
    if finding.suppression is not None:
        yield terminal.paint("gutter", " " * gutter + " |")
        yield terminal.paint("gutter", " " * gutter + " =") + suppression(finding)
    elif finding.help:
        yield terminal.paint("gutter", " " * gutter + " |")
        lead = terminal.paint("gutter", " " * gutter + " =")
        word = terminal.paint("help", "help:")
        for index, line in enumerate(finding.help.splitlines()):
            text = escape(line)
            yield f"{lead} {word} {text}" if index == 0 else " " * (gutter + 9) + text


def head(finding: Located, terminal: Terminal) -> str:
    """The line that says what was found: severity, code, name and message."""
    code = terminal.link(finding.code, finding.name, finding.code)
    name = terminal.link(finding.code, finding.name, finding.name)
    message = terminal.paint("strong", escape(finding.message))
    severity = finding.severity if finding.suppression is None else "suppressed"
    style = finding.severity if finding.suppression is None else "faint"
    return f"{terminal.paint(style, f'{severity}[{code}]')} {name}: {message}"


def suppression(finding: Located) -> str:
    """What suppresses a finding, and why; "" when nothing does."""
    if finding.suppression is None:
        return ""
    kind, reason = finding.suppression
    return escape(f" by {ARTICLES[kind]}: {reason}")


def _total(summary: Summary, terminal: Terminal) -> str:
    """The last line: what is shown, in how many files, and what is not shown, and why."""
    shown = dict.fromkeys(SEVERITIES, 0)
    for finding in summary.findings:
        shown[finding.severity] += 1
    files = summary.files["checked"] + summary.files["unreadable"]
    skipped = summary.files["skipped"]
    counts = [
        terminal.paint(severity, counted(shown[severity], NOUNS[severity]))
        for severity in reversed(SEVERITIES)
        if shown[severity]
    ]
    text = ", ".join(counts) or terminal.paint("good", "no problems")
    text += f" in {counted(files, 'file')}"
    if skipped:
        what = "not a task definition" if skipped == 1 else "not task definitions"
        text += f" ({counted(skipped, 'file')} skipped: {what})"
    if summary.kinds.keys() - {"direct"}:
        # Of files of infrastructure code people want to know that they were read.
        kinds = (f"{count:,} in {KINDS.get(kind, kind)}" for kind, count in summary.kinds.items())
        text += f" {terminal.middot} definitions: {', '.join(kinds)}"
    fixable = sum(finding.fixable for finding in summary.findings)
    if fixable and terminal.interactive:
        text += f" {terminal.middot} {fixable:,} can be fixed (--diff)"
    if summary.suppressed:
        text += f" {terminal.middot} {len(summary.suppressed):,} suppressed"
    hidden = {severity: summary.counts[severity] - shown[severity] for severity in SEVERITIES}
    left = [severity for severity in reversed(SEVERITIES) if hidden[severity]]
    if left:
        words = ", ".join(counted(hidden[severity], NOUNS[severity]) for severity in left)
        more = f" {terminal.middot} {words} hidden (--min-severity {left[-1]})"
        text += terminal.paint("faint", more)
    return text


#: The kinds of definitions in words.
KINDS = {"direct": "JSON or YAML", "cloudformation": "CloudFormation"}


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 file`, `1,024 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
