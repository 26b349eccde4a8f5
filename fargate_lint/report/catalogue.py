"""The list of rules on a terminal, as a table of rich's."""

from __future__ import annotations

from itertools import groupby

from rich import box
from rich.style import Style
from rich.table import Table
from rich.text import Text

from fargate_lint.report.page import console
from fargate_lint.report.terminal import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TextIO

    from fargate_lint.report.terminal import Terminal

STYLES = {"error": "bold bright_red", "warning": "bold yellow", "info": "bold bright_cyan"}
# Narrower terminals have the summary below the name.
BESIDE = 130


def show(rules: Iterable[dict[str, Any]], terminal: Terminal, stream: TextIO) -> None:
    """Print the table, a line between families."""
    beside = terminal.width >= BESIDE
    table = Table(box=box.SIMPLE_HEAD, border_style="bright_blue", pad_edge=False)
    table.add_column("code", no_wrap=True)
    table.add_column("severity", no_wrap=True)
    table.add_column("name" if beside else "name and summary", no_wrap=beside)
    if beside:
        table.add_column("summary")
    for _, family in groupby(rules, key=lambda rule: rule["code"].rstrip("0123456789")):
        for rule in family:
            table.add_row(*_cells(rule, terminal, beside=beside))
        table.add_section()
    console(terminal, stream).print(table)


def _cells(rule: dict[str, Any], terminal: Terminal, *, beside: bool) -> list[Text]:
    link = Style(link=terminal.page(rule["code"], rule["name"]) or None)
    code = Text(rule["code"], Style(bold=True) + link)
    severity = Text(rule["severity"], STYLES[rule["severity"]])
    name = Text(rule["name"], link if beside else Style(bold=True) + link)
    summary = Text(escape(rule["summary"]))
    summary.highlight_regex("`[^`]+`", "bright_cyan")
    if beside:
        return [code, severity, name, summary]
    return [code, severity, Text("\n").join([name, summary])]
