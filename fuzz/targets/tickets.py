"""`explain` never raises for what files hold, and each format can write the answer."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING

from fargate_lint import explain, read
from fargate_lint.report.ticket import html, markdown, text
from fargate_lint.report.ticket import json as as_json
from fuzz import seeds
from fuzz.target import Target, joined, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = (text, markdown, html, as_json)


def ticket(data: bytes) -> None:
    """A task definition, a log, and a description of stopped tasks."""
    definition, log, tasks = parts(data, 3)
    _answer(definition, log, tasks)


def log(data: bytes) -> None:
    """A log alone."""
    _answer(b"", data, b"")


def _answer(definition: bytes, log: bytes, tasks: bytes) -> None:
    found = explain(
        read("task.json", definition).definitions if definition else (),
        logs={"router.log": log} if log else None,
        tasks={"tasks.json": tasks} if tasks else None,
    )
    json.dumps(found.as_json())
    for form in FORMATS:
        form.write(found, StringIO())


def tickets() -> Iterator[bytes]:
    """A definition, a log and a description of tasks, of each composed case."""
    for case in sorted((seeds.ROOT / "tests/data/diagnosis").glob("composed-*")):
        definition = case / "task-definition.json"
        log = next(case.glob("*.log"), None)
        tasks = next((each for each in sorted(case.glob("*.json")) if each != definition), None)
        yield joined(*(each.read_bytes() if each else b"" for each in (definition, log, tasks)))


TARGETS = {
    "explain": Target(ticket, tickets, longest=12_000),
    "logs": Target(log, seeds.logs, longest=4096),
}
