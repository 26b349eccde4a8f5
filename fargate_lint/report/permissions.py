"""What the two roles of a task definition must allow, as text."""

from __future__ import annotations

import json

from fargate_lint.data.permissions import EXEC, PARAMETER, SECRET
from fargate_lint.ecs.iam import grants, policy
from fargate_lint.launch.needs import EXECUTION, TASK
from fargate_lint.launch.permissions import pairs
from fargate_lint.report.terminal import Terminal, escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TextIO

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


def write(found: Permissions, show: Callable[[str], str], stream: TextIO) -> None:
    """Write the policy of each role with who needs it, and what the definition doesn't tell.

    `show` hides secrets.
    """
    terminal = Terminal(stream)
    for role in ROLES:
        title = terminal.paint("strong", TITLES[role])
        stream.write(f"{title}: {ROLES[role][1]}\n")
        stream.writelines(escape(show(line)) + "\n" for line in _role(found.of(role), found))
        stream.write("\n")
    stream.write(terminal.paint("strong", "Not told by the definition") + "\n")
    stream.writelines(escape(show(f"  {line}")) + "\n" for line in (*notes(found), *_advice(found)))


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


def widened(found: Permissions) -> Iterator[str]:
    """Lines on what is allowed in the place of unknown names."""
    for need in found.needs:
        for text in need.unknown:
            place = _place(need.path, found.task)
            yield f"{place}: `{text}` is not known, so that the policy allows anything in its place"


def notes(found: Permissions) -> Iterator[str]:
    """Lines on what the definition leaves open."""
    for note in dict.fromkeys(found.notes):
        yield f"{_place(note.path, found.task)}: {note.text}"


def _advice(found: Permissions) -> Iterator[str]:
    """What no task definition tells."""
    statement: dict[str, Any] = grants([(EXEC, "*")])[0]
    yield "what your own programs do with the task role"
    if any({SECRET, PARAMETER} & set(need.names) for need in found.needs):
        yield "whether a secret has a key of your own: the execution role needs kms:Decrypt on it"
    yield f"whether ECS Exec is enabled: the task role needs {json.dumps(statement)}"
