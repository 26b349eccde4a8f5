"""`rules`: the catalogue."""

from __future__ import annotations

import os
import sys

from fargate_lint.commands.plugins import load
from fargate_lint.lint import pages
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.report.terminal import Terminal, escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from fargate_lint.lint.registry import Registry

VERSION = 1


def run(args: argparse.Namespace) -> int:
    """List all rules: a table on a terminal, columns in a pipe, or JSON.

    With `--test`, run the examples of those that a configuration states; 1 when one fails.
    """
    if args.test is not None:
        from fargate_lint.commands.policies import test  # noqa: PLC0415  (for authors of rules)

        return test(args.test, only_ours=args.no_plugins)
    applied = Configuration({}, file=args.config, only_ours=args.no_plugins)
    found = load(applied, [os.curdir])
    applied.define(found)
    rules = entries(found)
    terminal = Terminal(sys.stdout)
    if args.format == "json":
        from json import dumps  # noqa: PLC0415  (only here)

        sys.stdout.write(dumps({"version": VERSION, "rules": rules}, indent=2) + "\n")
    elif terminal.rich:
        from fargate_lint.report.catalogue import show  # noqa: PLC0415  (rich takes its time)

        show(rules, terminal, sys.stdout)
    else:
        columns = ("code", "name", "severity")
        widths = [max((len(rule[column]) for rule in rules), default=0) for column in columns]
        for rule in rules:
            cells = [
                rule[column].ljust(width) for column, width in zip(columns, widths, strict=True)
            ]
            sys.stdout.write(escape("  ".join([*cells, rule["summary"]])) + "\n")
    return 0


def entries(found: Registry) -> list[dict[str, Any]]:
    """What there is to say about each rule in a line, in the order of their codes."""
    return [
        {
            "code": rule.code,
            "name": rule.name,
            "aliases": list(rule.aliases),
            "severity": rule.severity,
            "fix": rule.fixable or None,
            "summary": pages.summary(rule),
            "since": rule.since,
            "plugin": found.plugin_of(rule),
        }
        for rule in found.rules
    ]
