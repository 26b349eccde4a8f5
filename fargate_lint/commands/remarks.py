"""What `check` says beside its findings, on standard error."""

from __future__ import annotations

import os

from fargate_lint.commands.plugins import say_withheld
from fargate_lint.commands.streams import remark, say, warn

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from fargate_lint.lint.linter import Report
    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.settings.configuration import Configuration
    from fargate_lint.lint.summary import Summary
    from fargate_lint.report.findings import Broken


def nothing(summary: Summary, paths: list[str]) -> None:
    """Say why nothing was checked."""
    say(f"nothing to check: {summary.skipped_because(paths or [os.curdir])}")


def broken(error: Broken) -> int:
    """Say which format of a plugin has failed; the exit status for it."""
    warn(str(error))
    return 4


def describe(configuration: Configuration, known: Registry, count: int) -> None:
    """Say what a run works with."""
    names = [document.name for document in configuration.documents()]
    plugins = {entry.plugin for entry in known.entries}
    say(
        f"configuration: {', '.join(names) or 'none'}",
        f"rules: {len(known.entries)} of {', '.join(sorted(plugins))}",
        f"files to look at: {count:,}",
    )


def passed_over(reports: Iterable[Report]) -> Iterator[Report]:
    """The same reports; of each file that was passed over, say so."""
    for report in reports:
        if report.status == "skipped":
            say(f"skipped {report.name}: not a task definition")
        yield report


def rest(args: argparse.Namespace, configuration: Configuration, summary: Summary) -> None:
    """Say what was left out, plugins, links and definitions, and what of a baseline is fixed."""
    say_withheld(configuration)
    if summary.unjudged:
        from fargate_lint.lint.mask.redact import free  # noqa: PLC0415  (few files have any)

        for file, why in summary.unjudged:
            remark(f"{free(file)}: {free(why)}")
    for sentence in summary.passed.said():
        remark(sentence)
    if summary.fixed and not getattr(args, "prune", False):
        say(summary.prune_hint(args.baseline))
