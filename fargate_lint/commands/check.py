"""`fargate-lint check`: find what would go wrong."""

from __future__ import annotations

import os
import sys

from fargate_lint.lint import files, registry
from fargate_lint.lint.batch import Batch
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.lint.summary import Summary
from fargate_lint.report.findings import Broken, formats
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from typing import Any, TextIO

    from fargate_lint.commands.fix import Fixing
    from fargate_lint.lint.linter import Report
    from fargate_lint.report.findings import Format

    Prepared = tuple[Configuration, registry.Registry, list[str], dict[str, Format]]


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
        return _show(args)
    if args.diff:
        return _diff(args)
    prepared = _prepared(args)
    outputs = _outputs(args.output_format or ["text"], prepared[-1])
    summary = inspect(args, prepared, fixes=any(output.fixes for output, _ in outputs))
    # What was read from the standard input goes to the standard output once it is fixed.
    stream = sys.stderr if args.fix and files.STDIN in args.paths else sys.stdout
    status = summary.status()
    for output, target in outputs:
        try:
            _write(output, target, summary, stream, statistics=args.statistics)
        except Broken as broken:
            print(f"warning: {broken}", file=sys.stderr)  # noqa: T201
            status = 4
    if status == 3 and not summary.findings and not args.quiet:
        from fargate_lint.report.terminal import escape  # noqa: PLC0415  (hardly ever needed)

        why = _why(summary, args.paths or [os.curdir])
        print(escape(f"nothing to check: {why}"), file=sys.stderr)  # noqa: T201
    return 0 if status == 1 and args.exit_zero else status


def inspect(
    args: argparse.Namespace, prepared: Prepared | None = None, *, fixes: bool = False
) -> Summary:
    """Check the paths and sum up what was found, with `fixes` what fixes it too.

    Stops at a wrong argument or configuration.
    """
    configuration, known, paths, _ = prepared or _prepared(args)
    batch = Batch(known, configuration.settings, skip_unrelated=args.skip_unrelated, fixes=fixes)
    summary = Summary(
        configuration,
        skip_unrelated=args.skip_unrelated or args.changed_since is not None,
        quiet=args.quiet,
    )
    if args.baseline is not None:
        from fargate_lint.lint.ignore.baseline import Baseline  # noqa: PLC0415  (only for a gate)

        summary.baseline = Baseline(args.baseline)
    if args.verbose:
        from fargate_lint.commands.watch import tell  # noqa: PLC0415  (rarely asked for)

        tell(configuration, known, sum(1 for _ in _wanted(args, configuration, paths)))
    fixing = _fixing(args, batch)
    if files.STDIN in paths:
        summary.add(_standard_input(batch, args.stdin_filename, fixing))
    wanted = _wanted(args, configuration, paths)
    if fixing is not None:
        wanted = fixing.through(wanted)
    reports = batch.run(wanted, args.jobs or os.cpu_count() or 1)
    if sys.stderr.isatty() and not args.quiet and not args.verbose:
        from fargate_lint.report.progress import shown  # noqa: PLC0415  (for people who wait)

        reports = shown(reports, lambda: sum(1 for _ in _wanted(args, configuration, paths)))
    for report in reports:
        if args.verbose and report.status == "skipped":
            print(f"skipped {report.name}: not a task definition", file=sys.stderr)  # noqa: T201
        summary.add(report)
    summary.finish(known, paths)
    if fixing is not None and not args.quiet:
        fixing.tell(would=False)
    if summary.fixed and not args.quiet and not getattr(args, "prune", False):
        print(  # noqa: T201
            f"note: {len(summary.fixed):,} of {len(summary.baseline.entries):,} findings of "  # type: ignore[union-attr]
            f"`{args.baseline}` are fixed: `fargate-lint baseline --prune -o {args.baseline}`",
            file=sys.stderr,
        )
    return summary


def _fixing(args: argparse.Namespace, batch: Batch) -> Fixing | None:
    if not getattr(args, "fix", False):
        return None
    from fargate_lint.commands.fix import Fixing  # noqa: PLC0415  (on request)

    return Fixing(batch, unsafe=args.unsafe_fixes)


def _diff(args: argparse.Namespace) -> int:
    """Show what `--fix` would do; 1 when it would do something."""
    from fargate_lint.commands.fix import Fixing  # noqa: PLC0415  (on request)

    configuration, known, paths, _ = _prepared(args)
    batch = Batch(known, configuration.settings)
    fixing = Fixing(batch, unsafe=args.unsafe_fixes)
    wanted = _wanted(args, configuration, paths)
    if files.STDIN in paths:
        wanted = [files.Found(files.STDIN, named=True)]
    status = fixing.diff(wanted, args.stdin_filename)
    if not args.quiet:
        fixing.tell(would=True)
    return 0 if args.exit_zero else status


def _prepared(args: argparse.Namespace) -> Prepared:
    """The configuration, the rules that it has, the paths to check, and the output formats."""
    configuration = Configuration(_overrides(args), file=args.config, isolated=args.isolated)
    paths = args.paths or [os.curdir]
    called = [args.stdin_filename or path if path == files.STDIN else path for path in paths]
    plugins = configuration.plugins(called)
    known = registry.load(*plugins, only_ours=args.no_plugins)
    offered = formats(known)
    for problem in known.problems if not args.quiet else ():
        print(f"warning: {problem}", file=sys.stderr)  # noqa: T201
    configuration.validate(known)
    return configuration, known, paths, offered


def _wanted(
    args: argparse.Namespace, configuration: Configuration, paths: list[str]
) -> Iterable[files.Found]:
    """The files to check, in their order."""
    wanted = (
        found
        for found in files.search(
            [path for path in paths if path != files.STDIN], configuration.excludes
        )
        # A hook names files that nobody has chosen.
        if not (found.named and args.skip_unrelated and configuration.excludes(found.path))
    )
    if args.changed_since is not None:
        from fargate_lint.lint.changes import since  # noqa: PLC0415  (only for a gate)

        changed = since(args.changed_since, [path for path in paths if path != files.STDIN])
        return (found for found in wanted if os.path.realpath(found.path) in changed)
    return wanted


def _show(args: argparse.Namespace) -> int:
    """Print the settings that apply, or the files that would be checked."""
    configuration, known, paths, _ = _prepared(args)
    if args.show_settings:
        from fargate_lint.report.settings import write  # noqa: PLC0415  (rarely asked for)

        write(configuration, known, paths, sys.stdout)
        return 0
    for found in _wanted(args, configuration, paths):
        print(found.path)  # noqa: T201
    return 0


def _why(summary: Summary, paths: Iterable[str]) -> str:
    skipped = summary.files["skipped"]
    if not skipped:
        listed = ", ".join(f"`{path}`" for path in paths)
        return f"no JSON, YAML, `.conf` or template files in {listed}"
    first = f"`{summary.first_skipped}`"
    if skipped == 1:
        return f"{first} holds no task definition"
    return f"{skipped:,} files hold no task definition, {first} the first of them"


def _overrides(args: argparse.Namespace) -> dict[str, Any]:
    lists = {
        name: [rule.strip() for rule in value.split(",") if rule.strip()]
        for name in ("select", "ignore", "extend_select")
        if (value := getattr(args, name)) is not None
    }
    single = {
        name: value
        for name in ("min_severity", "fail_on", "fluent_bit")
        if (value := getattr(args, name)) is not None
    }
    if args.show_suppressed:
        single["show_suppressed"] = True
    return {**lists, **single, **_given(args)}


def _given(args: argparse.Namespace) -> dict[str, Any]:
    """What the command line gives beside the files to check, by the names of Settings."""
    if not (
        args.service or args.task_role_policy or args.execution_role_policy or args.security_group
    ):
        return {}
    from fargate_lint.commands import given  # noqa: PLC0415  (rarely given)

    found: dict[str, Any] = {}
    if args.service:
        found["service"] = given.service(args.service)
    if args.task_role_policy:
        found["task_role_policies"] = given.role(args.task_role_policy)
    if args.execution_role_policy:
        found["execution_role_policies"] = given.role(args.execution_role_policy)
    if args.security_group:
        found["security_groups"] = given.network(args.security_group)
    return found


def _outputs(wanted: Iterable[str], offered: dict[str, Format]) -> list[tuple[Format, str]]:
    found: list[tuple[Format, str]] = []
    for text in wanted:
        name, _, target = text.partition(":")
        output = offered.get(name)
        if output is None:
            raise Stop(f"there is no output format `{name}`", f"one of {', '.join(offered)}")
        if target and any(target == other for _, other in found):
            raise Stop(f"two formats are to be written to `{target}`", "name a file for each")
        found.append((output, target))
    return found


def _standard_input(batch: Batch, name: str | None, fixing: Fixing | None) -> Report:
    from fargate_lint.commands.streams import content  # noqa: PLC0415  (not for files)

    found = files.Found(name or files.called(files.STDIN), named=True)
    data = fixing.standard_input(name) if fixing is not None else content(files.STDIN)
    return batch.check(found, data)


def _write(
    output: Format, target: str, summary: Summary, stream: TextIO, *, statistics: bool
) -> None:
    if not target:
        output.write(summary, stream, statistics=statistics)
        return
    from fargate_lint.source.writing import Replacement  # noqa: PLC0415  (not for a terminal)

    try:
        with (
            Replacement(target) as temporary,
            open(temporary, "w", encoding="utf-8", errors="backslashreplace") as file,
        ):
            output.write(summary, file, statistics=statistics)
    except OSError as error:
        raise Stop(f"`{target}` can't be written: {(error.strerror or '').lower()}") from error
