"""`permissions`: what the two roles of a task definition must allow, and nothing more."""

from __future__ import annotations

import json
import sys

from fargate_lint.commands import given
from fargate_lint.data.permissions import EXEC, PARAMETER, SECRET
from fargate_lint.ecs.iam import grants, policy
from fargate_lint.inputs import detect, shapes
from fargate_lint.launch.needs import EXECUTION, TASK
from fargate_lint.launch.permissions import pairs, permissions
from fargate_lint.lint.files import STDIN
from fargate_lint.lint.mask.redact import mask_of
from fargate_lint.lint.stop import Stop
from fargate_lint.report.terminal import Terminal, escape
from fargate_lint.source.read import read
from fargate_lint.source.text import LIMIT

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from typing import Any

    from fargate_lint.ecs.task import Task
    from fargate_lint.launch.needs import Need
    from fargate_lint.launch.permissions import Permissions
    from fargate_lint.source.document import Path

#: The key of each role's policy in JSON, and what stands above it in text.
ROLES = {
    TASK: ("taskRole", "what its containers do with the role that `taskRoleArn` names"),
    EXECUTION: ("executionRole", "what ECS does with the role that `executionRoleArn` names"),
}
TITLES = {TASK: "Task role", EXECUTION: "Execution role"}


def run(args: argparse.Namespace) -> int:
    """Print the least policies for the two roles of a task definition.

    What the definition doesn't tell goes to stderr, or below the policies in text. Stops when the
    file can't be read, or holds no task definition, or several.
    """
    task = _task(args.taskdef)
    found = permissions(task, None)
    show = mask_of(task.lens.document).text
    if args.format == "json":
        documents = {ROLES[role][0]: policy(grants(pairs(found.of(role)))) for role in ROLES}
        sys.stdout.write(show(json.dumps(documents, indent=2)) + "\n")
        for line in (*_widened(found), *_notes(found)):
            print(escape(show(f"note: {line}")), file=sys.stderr)  # noqa: T201
        return 0
    terminal = Terminal(sys.stdout)
    for role in ROLES:
        title = terminal.paint("strong", TITLES[role])
        sys.stdout.write(f"{title}: {ROLES[role][1]}\n")
        for line in _role(found.of(role), found):
            sys.stdout.write(escape(show(line)) + "\n")
        sys.stdout.write("\n")
    sys.stdout.write(terminal.paint("strong", "Not told by the definition") + "\n")
    for line in (*_notes(found), *_advice(found)):
        sys.stdout.write(escape(show(f"  {line}")) + "\n")
    return 0


def _role(needs: list[Need], found: Permissions) -> Iterator[str]:
    """The policy of a role, then who needs each statement of it and where."""
    statements = grants(pairs(needs))
    if not statements:
        yield "nothing"
        return
    yield from json.dumps(policy(statements), indent=2).splitlines()
    for number, statement in enumerate(statements, 1):
        resources = statement["Resource"]
        wanted = {resources} if isinstance(resources, str) else set(resources)
        users = [need for need in needs if need.resource in wanted]
        yield f"statement {number}: {'; '.join(dict.fromkeys(_user(n, found) for n in users))}"


def _user(need: Need, found: Permissions) -> str:
    who = f"`{need.subject}`, to " if need.subject else "to "
    unknown = ", ".join(f"`{text}`" for text in need.unknown)
    widened = f", where {unknown} may be anything" if unknown else ""
    return f"{who}{need.purpose} ({_place(need.path, found.task)}{widened})"


def _place(path: Path, task: Task) -> str:
    document, _, start, _ = task.lens.written(path)
    line, column = document.place(start)
    return f"{document.name}:{line}:{column}"


def _widened(found: Permissions) -> Iterator[str]:
    for need in found.needs:
        for text in need.unknown:
            place = _place(need.path, found.task)
            yield f"{place}: `{text}` is not known, so that the policy allows anything in its place"


def _notes(found: Permissions) -> Iterator[str]:
    for note in dict.fromkeys(found.notes):
        yield f"{_place(note.path, found.task)}: {note.text}"


def _advice(found: Permissions) -> Iterator[str]:
    """What no task definition tells."""
    statement: dict[str, Any] = grants([(EXEC, "*")])[0]
    yield "what your own programs do with the task role"
    if any({SECRET, PARAMETER} & set(need.names) for need in found.needs):
        yield "whether a secret has a key of your own: the execution role needs kms:Decrypt on it"
    yield f"whether ECS Exec is enabled: the task role needs {json.dumps(statement)}"


def _task(path: str) -> Task:
    """The task definition in a file, or in what comes from standard input."""
    if path == STDIN:
        documents = read("<stdin>", sys.stdin.buffer.read(LIMIT + 1))
    else:
        documents = given.documents(path)
    found = [task for document in documents for task in shapes.tasks(document)]
    if not found:
        fault = next((fault for fault in documents[0].faults if fault.fatal), None)
        what = fault.message if fault else f"it seems to be {detect.other(documents[0])}"
        raise Stop(f"`{path}` holds no task definition: {what}")
    if len(found) > 1:
        raise Stop(
            f"`{path}` holds {len(found)} task definitions",
            "write the one you mean to a file of its own",
        )
    return found[0]
