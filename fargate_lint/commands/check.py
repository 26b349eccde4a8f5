"""`fargate-lint check`: find what would go wrong."""

from __future__ import annotations

import os
import sys

from fargate_lint.commands import remarks
from fargate_lint.commands.selection import prepared, show, wanted
from fargate_lint.lint import files
from fargate_lint.lint.batch import Batch
from fargate_lint.lint.summary import Summary
from fargate_lint.report.findings import Broken, chosen, write_to

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from fargate_lint.commands.selection import Prepared
    from fargate_lint.lint.corrections import Fixing
    from fargate_lint.lint.linter import Report


def run(args: argparse.Namespace) -> int:
    """Check the paths; 1 when something at or above `--fail-on` is found.

    Raises Stop for a wrong argument or configuration.
    """
    if args.fix or args.diff or args.unsafe_fixes:
        from fargate_lint.commands.fix import refuse  # noqa: PLC0415  (on request)

        refuse(args)
    if args.watch:
        from fargate_lint.commands.watch import watch  # noqa: PLC0415  (for people at work)

        return watch(args, run)
    if args.show_settings or args.show_files:
        return show(args)
    if args.diff:
        from fargate_lint.commands.fix import diff  # noqa: PLC0415  (on request)

        return diff(args)
    selection = prepared(args)
    outputs = chosen(args.output_format or ["text"], selection[-1])
    if any(target for _, target in outputs):
        from fargate_lint.commands.targets import of_check  # noqa: PLC0415  (not for a terminal)

        of_check(args, selection, [target for _, target in outputs])
    summary = inspect(args, selection, fixes=any(output.fixes for output, _ in outputs))
    # Standard input goes to the standard output once it is fixed.
    stream = sys.stderr if args.fix and files.STDIN in args.paths else sys.stdout
    status = summary.status()
    for output, target in outputs:
        try:
            write_to(target or stream, output, summary, statistics=args.statistics)
        except Broken as broken:
            status = remarks.broken(broken)
    if status == 3 and not summary.findings and not args.quiet:
        remarks.nothing(summary, args.paths)
    return 0 if status == 1 and args.exit_zero else status


def inspect(
    args: argparse.Namespace, selection: Prepared | None = None, *, fixes: bool = False
) -> Summary:
    """Check the paths and sum up what was found, with `fixes` what fixes it too. Stops as `run`."""
    configuration, known, paths, _ = selection or prepared(args)
    batch = Batch(known, configuration.settings, skip_unrelated=args.skip_unrelated, fixes=fixes)
    batch.cached = not args.no_cache
    summary = Summary(
        configuration,
        skip_unrelated=args.skip_unrelated or args.changed_since is not None,
        quiet=args.quiet,
    )
    if args.baseline is not None:
        from fargate_lint.lint.ignore.baseline import Baseline  # noqa: PLC0415  (only for a gate)

        summary.baseline = Baseline(args.baseline)
    if args.verbose:
        remarks.describe(configuration, known, sum(1 for _ in wanted(args, configuration, paths)))
    fixing = None
    if getattr(args, "fix", False):
        from fargate_lint.lint.corrections import Fixing  # noqa: PLC0415  (on request)

        fixing = Fixing(batch, unsafe=args.unsafe_fixes)
    if files.STDIN in paths:
        summary.add(_standard_input(batch, args.stdin_filename, fixing))
    found = wanted(args, configuration, paths, summary.passed)
    found = fixing.through(found) if fixing is not None else found
    reports = batch.run(found, args.jobs or os.cpu_count() or 1)
    if args.verbose:
        reports = remarks.passed_over(reports)
    elif sys.stderr.isatty() and not args.quiet:
        from fargate_lint.report.progress import shown  # noqa: PLC0415  (for people who wait)

        reports = shown(reports, lambda: sum(1 for _ in wanted(args, configuration, paths)))
    for report in reports:
        summary.add(report)
    summary.finish(known, paths)
    if fixing is not None:
        from fargate_lint.commands.fix import tell  # noqa: PLC0415  (on request)

        summary.unwritten = fixing.unwritten
        tell(fixing, would=False, quiet=args.quiet)
    if not args.quiet:
        remarks.rest(args, configuration, summary)
    return summary


def _standard_input(batch: Batch, name: str | None, fixing: Fixing | None) -> Report:
    from fargate_lint.commands.streams import content  # noqa: PLC0415  (not for files)

    found = files.Found(name or files.called(files.STDIN), named=True)
    if fixing is None:
        return batch.check(found, content(files.STDIN))
    from fargate_lint.commands.fix import through  # noqa: PLC0415  (on request)

    return batch.check(found, through(fixing, name))
