"""The files that `check` and `baseline` are asked for, and the rules and settings that apply."""

from __future__ import annotations

import os
import sys

from fargate_lint.lint import files, registry
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.report.findings import formats

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from typing import Any

    from fargate_lint.report.findings import Format

    Prepared = tuple[Configuration, registry.Registry, list[str], dict[str, Format]]


def prepared(args: argparse.Namespace) -> Prepared:
    """The configuration, the rules that it has, the paths to check, and the output formats."""
    configuration = Configuration(
        _overrides(args),
        file=args.config,
        isolated=args.isolated,
        trust="all" if args.plugins else "above",
        only_ours=args.no_plugins,
    )
    paths = args.paths or [os.curdir]
    called = [args.stdin_filename or path if path == files.STDIN else path for path in paths]
    known = registry.load(*configuration.plugins(called), only_ours=configuration.only_ours)
    if args.parameters or args.region:
        from fargate_lint.commands.definitions import given  # noqa: PLC0415  (only for templates)

        known.given = given(args)
    offered = formats(known)
    if (known.problems or configuration.withheld) and not args.quiet:
        from fargate_lint.commands.plugins import say_problems  # noqa: PLC0415  (few have any)

        say_problems(known, configuration)
    configuration.validate(known)
    return configuration, known, paths, offered


def wanted(
    args: argparse.Namespace,
    configuration: Configuration,
    paths: list[str],
    passed: files.Passed | None = None,
) -> Iterable[files.Found]:
    """The files to check, in their order; `passed` takes what is passed over."""
    named = [path for path in paths if path != files.STDIN]
    asks_git = configuration.respects_gitignore if not args.no_gitignore else lambda _: False
    found_files = (
        found
        for found in files.search(named, configuration.excludes, passed=passed, gitignore=asks_git)
        # A hook names files that nobody has chosen.
        if not (found.named and args.skip_unrelated and configuration.excludes(found.path))
    )
    if args.changed_since is not None:
        from fargate_lint.lint.changes import since  # noqa: PLC0415  (only for a gate)

        changed = since(args.changed_since, named)
        return (found for found in found_files if os.path.realpath(found.path) in changed)
    return found_files


def show(args: argparse.Namespace) -> int:
    """Print the settings that apply, or the files that would be checked."""
    configuration, known, paths, _ = prepared(args)
    if args.show_settings:
        from fargate_lint.report.settings import write  # noqa: PLC0415  (rarely asked for)

        write(configuration, known, paths, sys.stdout)
        return 0
    from fargate_lint.lint.mask.redact import free  # noqa: PLC0415  (rarely asked for)
    from fargate_lint.report.terminal import escape  # noqa: PLC0415  (the same)

    for found in wanted(args, configuration, paths):
        print(escape(free(found.path)))  # noqa: T201
    return 0


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
