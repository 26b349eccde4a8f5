"""`check --fix` and `check --diff`: make the fixes in files, or show what would become of them."""

from __future__ import annotations

import sys

from fargate_lint.commands.selection import prepared, wanted
from fargate_lint.commands.streams import complain, content, put, say
from fargate_lint.lint import files
from fargate_lint.lint.batch import Batch
from fargate_lint.lint.corrections import Fixing
from fargate_lint.lint.diff import unified
from fargate_lint.report.findings.diff import painted
from fargate_lint.report.findings.text import counted
from fargate_lint.report.terminal import Terminal
from fargate_lint.source.text import decode
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


def refuse(args: argparse.Namespace) -> None:
    """Stop at options that make no sense together."""
    if args.unsafe_fixes and not (args.fix or args.diff):
        raise Stop("`--unsafe-fixes` does nothing by itself", "add --diff or --fix")
    if not (args.fix or args.diff):
        return
    how = "--diff" if args.diff else "--fix"
    for option in ("watch", "baseline", *(("statistics",) if args.diff else ())):
        if getattr(args, option):
            raise Stop(f"`{how}` and `--{option}` can't be combined", "leave one of them out")
    paths = args.paths or []
    if files.STDIN in paths and len(paths) > 1:
        raise Stop("standard input can't be fixed together with files", "name one of them")


def through(fixing: Fixing, name: str | None) -> bytes:
    """Standard input, fixed; it is written to the standard output, too."""
    data = content(files.STDIN)
    change = fixing.change(files.Found(name or files.called(files.STDIN), named=True), data)
    if change is None:
        put(data, decode(data)[0])
        return data
    fixing.count(change)
    put(change.data, change.after)
    return change.data


def diff(args: argparse.Namespace) -> int:
    """Show what `--fix` would do; 1 when it would do something."""
    configuration, known, paths, _ = prepared(args)
    fixing = Fixing(Batch(known, configuration.settings), unsafe=args.unsafe_fixes)
    wanted_files = wanted(args, configuration, paths)
    if files.STDIN in paths:
        wanted_files = [files.Found(files.STDIN, named=True)]
    terminal = Terminal(sys.stdout)
    for found in wanted_files:
        data = _bytes(found.path)
        if found.path == files.STDIN:
            found = files.Found(args.stdin_filename or files.called(files.STDIN), named=True)  # noqa: PLW2901  (its name)
        change = fixing.change(found, data) if data is not None else None
        if change is None:
            continue
        fixing.count(change)
        lines = unified(change.name, change.before, change.after)
        sys.stdout.writelines(f"{line}\n" for line in painted(lines, terminal))
    tell(fixing, would=True, quiet=args.quiet)
    return 1 if fixing.files and not args.exit_zero else 0


def tell(fixing: Fixing, *, would: bool, quiet: bool) -> None:
    """Say on stderr what was done, unless `quiet`, and what couldn't be."""
    for why in fixing.unwritten:
        complain(why)
    if fixing.findings and not quiet:
        done = "would fix" if would else "fixed"
        what = f"{counted(fixing.findings, 'finding')} in {counted(fixing.files, 'file')}"
        say(f"{done} {what}")


def _bytes(path: str) -> bytes | None:
    """What is in a file, None for one that can't be read, which checking reports."""
    try:
        return content(path)
    except Stop:
        return None
