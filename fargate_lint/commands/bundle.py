"""`bundle`: what a ticket needs in one file, without secrets. Nothing leaves this machine."""

from __future__ import annotations

import os
import zipfile

from fargate_lint.commands.targets import refuse
from fargate_lint.commands.ticket import explained
from fargate_lint.diagnose.ticket import SUFFIXES
from fargate_lint.lint.files import STDIN
from fargate_lint.report.terminal import escape
from fargate_lint.report.ticket.bundle import Bundle
from fargate_lint.source.writing import Writing, unwritable
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace) -> int:
    """Write the bundle; 0 when there was something to explain, else 3.

    Raises Stop for a wrong argument, and for a file that can't be read or written.
    """
    if STDIN in (*args.subjects, *args.logs, *args.tasks):
        raise Stop("a bundle is made of files", "write standard input to a file, and name that")
    for path in (*args.subjects, *args.logs, *args.tasks):
        if os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path)):
            raise Stop(f"`{path}` is no file, so it can't be read twice", "write it to a file")
    given = [text.partition("=")[2] for text in args.include] + [args.config or ""]
    paths = (*args.subjects, *args.logs, *args.tasks, *given)
    refuse([args.output], paths, lambda path: path.lower().endswith(SUFFIXES))
    found = explained(args)
    if found is None:
        return 3
    ticket, diagnosis = found
    try:
        with (
            Writing(args.output) as output,
            zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as file,
        ):
            Bundle(file, ticket, diagnosis).write()
    except OSError as error:
        raise unwritable(args.output, error) from error
    print(escape(diagnosis.headline))  # noqa: T201
    return 0
