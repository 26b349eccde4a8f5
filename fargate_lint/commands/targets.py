"""Files that are written: none of them takes the place of what the command reads."""

from __future__ import annotations

import os

from fargate_lint.lint import files
from fargate_lint.lint.batch import Batch
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from fargate_lint.commands.selection import Prepared


def of_check(args: argparse.Namespace, selection: Prepared, targets: Iterable[str]) -> None:
    """Stops where a report of `check`, or a baseline, would replace what it is about.

    A file in a folder may be replaced unless it is checked: a report of an earlier run isn't.
    """
    configuration, known, paths, _ = selection
    batch = Batch(known, configuration.settings)
    given = [args.config, args.baseline, args.service]
    for several in (args.task_role_policy, args.execution_role_policy, args.security_group):
        given += several or []

    def is_checked(path: str) -> bool:
        found = files.Found(path, named=False)
        return path.endswith(files.SUFFIXES) and batch.check(found).status == "checked"

    refuse(targets, [*paths, *filter(None, given)], is_checked)


def refuse(targets: Iterable[str], paths: Iterable[str], is_read: Callable[[str], bool]) -> None:
    """Stops where a target is one of `paths`, or lies in a folder of them and is read there."""
    present = [path for path in paths if path != files.STDIN and os.path.exists(path)]
    for target in filter(os.path.isfile, targets):
        for path in present:
            if os.path.samefile(path, target) or (
                os.path.isdir(path) and files.holds(path, target) and is_read(target)
            ):
                what = f"`{target}` is read, so it is no place to write to"
                raise Stop(what, "name another file")
