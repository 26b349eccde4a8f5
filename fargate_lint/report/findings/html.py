"""One HTML page that needs nothing else: totals, by rule, by file, and every finding's source."""

from __future__ import annotations

import base64
import os
import re
from hashlib import sha256

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from fargate_lint import data
from fargate_lint.lint.finding import SEVERITIES
from fargate_lint.report.findings import repository
from fargate_lint.report.findings.statistics import counts
from fargate_lint.report.findings.text import NOUNS, counted
from fargate_lint.report.terminal import escape
from fargate_lint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TextIO

    from fargate_lint.lint.located import Located
    from fargate_lint.lint.summary import Summary

FOLDER = os.path.join(os.path.dirname(data.__file__), "html")
COLUMNS = (
    ("severity", "Severity"),
    ("code", "Rule"),
    ("place", "Place"),
    ("message", "Problem"),
)
CODE = re.compile(r"`([^`]+)`")
# A minified file is one line: what is around the fault will do.
AROUND = 120


def write(
    summary: Summary,
    stream: TextIO,
    *,
    statistics: bool,  # noqa: ARG001  (the page counts by rule and by file in any case)
) -> None:
    """Write the page. Everything from a file is escaped, and no script but its own may run."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["words"] = words
    shown = dict.fromkeys(SEVERITIES, 0)
    by_file: dict[str, int] = {}
    for finding in summary.findings:
        shown[finding.severity] += 1
        file = escape(repository.path(finding.file))
        by_file[file] = by_file.get(file, 0) + 1
    totals = [
        (severity, NOUNS[severity] + ("" if shown[severity] == 1 else "s"), shown[severity])
        for severity in reversed(SEVERITIES)
    ]
    found = [counted(count, NOUNS[severity]) for severity, _, count in totals if count]
    checked = counted(summary.files["checked"] + summary.files["unreadable"], "file")
    script = own("findings.js")
    digest = base64.b64encode(sha256(script.encode()).digest()).decode()
    template = environment.get_template("findings.html")
    parts = template.generate(
        headline=f"{', '.join(found) or 'no problems'} in {checked}",
        version=__version__,
        totals=totals,
        files=summary.files,
        rules=counts(summary.findings),
        by_file=sorted(by_file.items(), key=lambda item: (-item[1], item[0])),
        columns=COLUMNS,
        # Only whether there are any is asked before they are gone through.
        findings=_findings(summary) if summary.findings else None,
        style=Markup(own("style.css")),  # noqa: S704  (a file of ours)
        script=Markup(script),  # noqa: S704  (a file of ours)
        script_hash=f"sha256-{digest}",
    )
    stream.writelines(map(in_ascii, parts))


def own(name: str) -> str:
    """The text of a file of ours."""
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read()


def in_ascii(page: str) -> str:
    """HTML that is the same in any encoding: the one of the terminal is not always UTF-8."""
    return page.encode("ascii", "xmlcharrefreplace").decode()


def words(text: str) -> Markup:
    """Text, of lines, in which what stands in backticks is code."""
    pieces = CODE.split("\n".join(map(escape, text.splitlines())))
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if index % 2 else piece
        for index, piece in enumerate(pieces)
    )


def _findings(summary: Summary) -> Iterator[dict[str, Any]]:
    for finding in summary.findings:
        line, column = finding.start
        yield {
            "severity": finding.severity,
            "code": finding.code,
            "name": finding.name,
            "place": escape(f"{repository.path(finding.file)}:{line}:{column}"),
            "container": escape(finding.about),
            "message": escape(finding.message),
            "help": finding.help,
            "page": repository.page(finding),
            "excerpts": list(_excerpts(finding)),
        }


def _excerpts(finding: Located) -> Iterator[dict[str, Any]]:
    yield {"title": "", "lines": _lines(finding.start, finding.end, finding.source)}
    for file, _, start, end, message, source in finding.related:
        place = f"{repository.path(file)}:{start[0]}:{start[1]}"
        title = escape(f"{place}: {message}" if message else place)
        yield {"title": title, "lines": _lines(start, end, source)}


def _lines(
    start: tuple[int, int], end: tuple[int, int], source: dict[int, str]
) -> list[dict[str, str]]:
    """The lines of a place, each in three parts: before, marked, after."""
    found = []
    for number, text in source.items():
        first = start[1] - 1 if number == start[0] else 0
        last = end[1] - 1 if number == end[0] else len(text)
        before, after = text[:first], text[last:]
        found.append({
            "number": str(number),
            "before": _shown("…" + before[-AROUND:] if len(before) > AROUND else before),
            "marked": _shown(text[first:last][: 2 * AROUND]),
            "after": _shown(after[:AROUND] + "…" if len(after) > AROUND else after),
        })  # fmt: skip
    return found


def _shown(text: str) -> str:
    return escape(text.expandtabs(4))
