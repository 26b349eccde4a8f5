"""`explain PATH…`: what went wrong with a task, for a support ticket."""

from __future__ import annotations

import contextlib
import os
import sys
from importlib import import_module

from fargate_lint.commands.definitions import given
from fargate_lint.commands.includes import includes
from fargate_lint.commands.plugins import load
from fargate_lint.commands.streams import content, log, remark, say, warn
from fargate_lint.diagnose import tasks
from fargate_lint.diagnose.diagnosis import diagnose
from fargate_lint.diagnose.ticket import Ticket
from fargate_lint.lint import files
from fargate_lint.lint.files import STDIN
from fargate_lint.lint.mask.redact import free
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.report.findings.text import counted
from fargate_lint.report.progress import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from fargate_lint.diagnose.verdict import Diagnosis


def run(args: argparse.Namespace) -> int:
    """Explain; 0 when there is an answer, 3 when there is nothing to explain.

    Raises Stop for a wrong argument, and for a file that can't be read.
    """
    found = explained(args)
    if found is None:
        return 3
    write(found[1], args.format)
    return 0


def explained(args: argparse.Namespace) -> tuple[Ticket, Diagnosis] | None:
    """What was given, and the diagnosis; None when there is nothing to explain, which is said."""
    overrides = {} if args.fluent_bit is None else {"fluent_bit": args.fluent_bit}
    # A ticket is a stranger's, wherever one stands while reading it.
    configuration = Configuration(
        overrides,
        file=args.config,
        isolated=args.isolated,
        trust="all" if args.plugins else "none",
    )
    known = load(configuration, [args.subjects[0] if args.subjects else os.curdir])
    known.given = given(args)
    known.address = args.address or ""
    ticket = Ticket(args.subjects, args.logs, args.tasks, includes(args.include), known, content)
    for problem in ticket.problems:
        warn(problem)
    if args.reason or args.exit_code is not None or args.container:
        ticket.states.append(
            tasks.from_arguments(args.reason or "", args.exit_code, args.container or "")
        )
    if ticket.empty:
        _say_nothing(ticket.skipped or args.subjects)
        return None
    configuration.validate(known)
    folder = os.path.dirname(ticket.documents[0].name) if ticket.documents else ""
    with contextlib.ExitStack() as stack:
        streams = [
            (free(files.called(path)), stack.enter_context(log(path))) for path in ticket.logs
        ]
        size = sum(os.path.getsize(path) for path in ticket.logs if path != STDIN)
        found = diagnose(
            ticket.documents,
            streams,
            ticket.states,
            registry=known,
            settings=configuration.settings(folder),
            includes=ticket.includes,
            progress=stack.enter_context(reading(size)),
        )
    for sentence in ticket.passed.said():
        remark(sentence)
    if ticket.unrelated:
        count = counted(ticket.unrelated, "other file")
        remark(f"nothing to explain in {count} of the folder")
    basis = found.basis
    if not (basis.definitions or basis.tasks or basis.lines):
        _say_nothing([*ticket.skipped, *ticket.logs])
        return None
    if args.anonymize:
        from fargate_lint.diagnose.pseudonyms import Pseudonyms  # noqa: PLC0415  (on request)

        Pseudonyms().apply(found)
    return ticket, found


def _say_nothing(paths: list[str]) -> None:
    names = ", ".join(f"`{files.called(path)}`" for path in paths) or "nothing was given"
    say(f"nothing to explain: no task definition, log or stopped task in {names}")


def write(found: Diagnosis, name: str) -> None:
    """Write the report to the standard output."""
    import_module(f"fargate_lint.report.ticket.{name}").write(found, sys.stdout)
