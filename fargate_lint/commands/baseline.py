"""`fargate-lint baseline`: accept what is there, so that only what is new counts."""

from __future__ import annotations

import os

from fargate_lint.commands.check import inspect
from fargate_lint.commands.selection import prepared
from fargate_lint.commands.streams import say
from fargate_lint.commands.targets import of_check
from fargate_lint.lint.ignore import baseline
from fargate_lint.report.findings.text import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace) -> int:
    """Write a baseline of all findings or, with `--prune`, take out of it what is fixed."""
    if args.prune:
        return _prune(args)
    selection = prepared(args)
    of_check(args, selection, [args.output])
    summary = inspect(args, selection)
    accepted = [finding for finding in summary.findings if not summary.is_locked(finding)]
    entries = baseline.of(accepted, args.output)
    baseline.write(args.output, entries)
    files = counted(len({entry["file"] for entry in entries}), "file")
    say(f"{args.output}: {counted(len(entries), 'finding')} in {files}")
    left = len(summary.findings) - len(accepted)
    if left:
        say(f"note: {counted(left, 'finding')} of locked rules can't be accepted")
    return 4 if summary.broken else 0


def _prune(args: argparse.Namespace) -> int:
    args.baseline = args.output
    args.paths = args.paths or [os.path.dirname(args.output) or os.curdir]
    summary = inspect(args)
    known = summary.baseline
    assert known is not None  # noqa: S101  (inspect has read it)
    gone = {entry.index for entry in summary.fixed}
    baseline.write(args.output, (entry.value for entry in known.entries if entry.index not in gone))
    left = counted(len(known.entries) - len(gone), "finding")
    say(f"{args.output}: {len(gone):,} fixed and taken out, {left} left")
    return 4 if summary.broken else 0
