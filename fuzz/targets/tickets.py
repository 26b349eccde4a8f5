"""`explain` never raises for what files hold, and each format can write the answer."""

from __future__ import annotations

import json
from io import StringIO

from fargate_lint import explain, read
from fargate_lint.report.ticket import html, markdown, text
from fargate_lint.report.ticket import json as as_json
from fuzz import seeds
from fuzz.target import Target, joined, parts

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


def tickets() -> list[bytes]:
    found = []
    for folder in sorted((seeds.ROOT / "tests/data/diagnosis").glob("composed-*")):
        files = sorted(folder.iterdir())
        names = ("task-definition.json", ".log", ".json")
        found.append(
            joined(*(
                next((f.read_bytes() for f in files if f.name.endswith(name) and (at != 2 or f.name != names[0])), b"")
                for at, name in enumerate(names)
            ))
        )
    return found


TARGETS = {
    "explain": Target(ticket, tickets, longest=12_000),
    "logs": Target(log, seeds.logs, longest=4096),
}
