"""`explain PATH…`: what went wrong with a task, for a support ticket."""

from __future__ import annotations

import contextlib
import os
import sys
from importlib import import_module

from fargate_lint.commands.launches import includes
from fargate_lint.diagnose import folders, tasks
from fargate_lint.diagnose.diagnosis import diagnose
from fargate_lint.inputs import shapes
from fargate_lint.lint import files, registry
from fargate_lint.lint.files import STDIN
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.report.findings.text import counted
from fargate_lint.report.progress import reading
from fargate_lint.report.terminal import escape
from fargate_lint.source.read import extension, read
from fargate_lint.source.text import LIMIT
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import BinaryIO

    from fargate_lint.diagnose.tasks import TaskState
    from fargate_lint.diagnose.verdict import Diagnosis
    from fargate_lint.source.document import Document

#: Names of files that are logs when they are nothing else.
LOGS = frozenset({"", "csv", "gz", "json", "log", "md", "out", "tsv", "txt"})
#: What a description of a task has.
TASK_WORDS = (b"stoppedReason", b"StoppedReason", b"exitCode", b"ExitCode", b"stopCode")
#: Names of files in a folder that may be evidence.
EVIDENCE = (".csv", ".gz", ".jsonl", ".log", ".ndjson", ".out", ".tsv", ".txt")


class Ticket:
    """What was given: task definitions, logs, tasks, and files of the router."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.documents: list[Document] = []
        self.logs: list[str] = list(args.logs)
        self.states: list[TaskState] = []
        #: Files that the states come from.
        self.task_files: list[str] = []
        self.includes = includes(args.include)
        #: Files that hold nothing that can be explained.
        self.passed: list[str] = []
        #: How many of the files in a folder do.
        self.unrelated = 0
        self._parts: list[str] = []
        for path in args.tasks:
            self._take_tasks(path)
        for found in files.search(args.subjects, lambda _: False, (*files.SUFFIXES, *EVIDENCE)):
            if found.named:
                self._take(found.path)
            else:
                self._find(found.path)
        if args.reason or args.exit_code is not None or args.container:
            self.states.append(
                tasks.from_arguments(args.reason or "", args.exit_code, args.container or "")
            )
        self._match_parts()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to explain."""
        return not (self.documents or self.logs or self.states)

    def _take_tasks(self, path: str) -> None:
        """A file that was named as one with tasks; text in it is read like a log."""
        found = [state for document in _read(path) for state in tasks.states(document)]
        self.states += found
        (self.task_files if found else self.logs).append(path)

    def _take(self, path: str) -> None:
        """A file that was named, whatever it is."""
        if path != STDIN and _is_large(path):
            self.logs.append(path)
        elif not self._document(path):
            (self.logs if extension(path) in LOGS else self.passed).append(path)

    def _find(self, path: str) -> None:
        """A file in a folder, if it has to do with any of this."""
        if not os.path.isfile(path):
            return
        text = path.lower().endswith(EVIDENCE)
        if _is_large(path) or (text and not _describes(path)) or not self._document(path):
            telling = text or extension(path) == "json"
            if telling and folders.is_evidence(path, _bytes(path)):
                self.logs.append(path)
            else:
                self.unrelated += 1

    def _document(self, path: str) -> bool:
        """Take a file for what it holds: task definitions, tasks, a configuration."""
        documents = _read(path)
        definitions = [document for document in documents if shapes.tasks(document)]
        states = [state for document in documents for state in tasks.states(document)]
        if definitions:
            self.documents += definitions
        elif states:
            self.states += states
            self.task_files.append(path)
        elif extension(path) == "conf":
            self._parts.append(path)
        return bool(definitions or states or extension(path) == "conf")

    def _match_parts(self) -> None:
        """Take a configuration for the file of the router that has its name."""
        for document in self.documents:
            for task in shapes.tasks(document):
                for container in task.containers:
                    wanted = container.text("firelensConfiguration", "options", "config-file-value")
                    for path in self._parts if isinstance(wanted, str) else ():
                        if os.path.basename(path) == os.path.basename(str(wanted)):
                            text = _bytes(path).decode("utf-8", "replace")
                            self.includes.setdefault(str(wanted), (path, text))


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
    configuration = Configuration(overrides, file=args.config, isolated=args.isolated)
    ticket = Ticket(args)
    if ticket.empty:
        _say_nothing(ticket.passed or args.subjects)
        return None
    known = registry.load(
        *configuration.plugins([args.subjects[0] if args.subjects else os.curdir])
    )
    configuration.validate(known)
    folder = os.path.dirname(ticket.documents[0].name) if ticket.documents else ""
    with contextlib.ExitStack() as stack:
        streams = [(_name(path), stack.enter_context(_open(path))) for path in ticket.logs]
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
    if ticket.unrelated:
        count = counted(ticket.unrelated, "other file")
        print(f"note: nothing to explain in {count} of the folder", file=sys.stderr)  # noqa: T201
    for problem in known.problems:
        print(f"warning: {problem}", file=sys.stderr)  # noqa: T201
    basis = found.basis
    if not (basis.definitions or basis.tasks or basis.lines):
        _say_nothing([*ticket.passed, *ticket.logs])
        return None
    if args.anonymize:
        from fargate_lint.diagnose.pseudonyms import Pseudonyms  # noqa: PLC0415  (on request)

        Pseudonyms().apply(found)
    return ticket, found


def _say_nothing(paths: list[str]) -> None:
    names = ", ".join(f"`{_name(path)}`" for path in paths) or "nothing was given"
    text = f"nothing to explain: no task definition, log or stopped task in {names}"
    print(escape(text), file=sys.stderr)  # noqa: T201


def write(found: Diagnosis, name: str) -> None:
    """Write the report to the standard output."""
    import_module(f"fargate_lint.report.ticket.{name}").write(found, sys.stdout)


def _name(path: str) -> str:
    return "<stdin>" if path == STDIN else path


def _open(path: str) -> BinaryIO:
    if path == STDIN:
        return open(sys.stdin.fileno(), "rb", closefd=False)
    try:
        return open(path, "rb")
    except OSError as error:
        raise Stop(f"`{path}` can't be read: {(error.strerror or str(error)).lower()}") from error


def _describes(path: str) -> bool:
    """Whether a text may be what ECS says of a task, rather than a log."""
    return any(word in _bytes(path) for word in TASK_WORDS)


def _is_large(path: str) -> bool:
    try:
        return os.path.getsize(path) > LIMIT
    except OSError:
        return False


def _bytes(path: str) -> bytes:
    with _open(path) as file:
        return file.read(LIMIT + 1)


def _read(path: str) -> list[Document]:
    return read(_name(path), _bytes(path))
