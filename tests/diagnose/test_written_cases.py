from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.diagnose import tasks
from fargate_lint.diagnose.causes import causes
from fargate_lint.diagnose.diagnosis import diagnose
from fargate_lint.source.read import read
from scripts.agreement_diagnosis import disagreement

if TYPE_CHECKING:
    from fargate_lint.diagnose.verdict import Diagnosis
    from fargate_lint.lint.registry import Registry

DATA = Path(__file__).parent.parent / "data" / "diagnosis" / "written.json"
#: Cases written from what each cause means, and after reports that people published (`after`): the
#: shape of what they had, with other names. Expected is as in `cases.json`.
CASES: list[dict[str, Any]] = json.loads(DATA.read_text("utf-8"))


def _diagnosis(case: dict[str, Any], known: Registry) -> Diagnosis:
    definition = json.dumps(case["definition"], indent=1) if case.get("definition") else ""
    documents = read("task-definition.json", definition.encode()) if definition else []
    states = [
        state
        for task in case.get("tasks", ())
        for document in read("tasks.json", json.dumps(task, indent=1).encode())
        for state in tasks.states(document)
    ]
    given = case.get("arguments")
    if given:
        reason, container = given.get("reason", ""), given.get("container", "")
        states.append(tasks.from_arguments(reason, given.get("exit_code"), container))
    logs = [
        (f"{index}.log", io.BytesIO("\n".join(lines).encode()))
        for index, lines in enumerate(case.get("logs", ()))
    ]
    return diagnose(documents, logs, states, registry=known)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_first_verdict_is_what_was_written_of(case: dict[str, Any], known: Registry) -> None:
    assert disagreement(case["expected"], _diagnosis(case, known)) == ""


def test_every_cause_is_written_of() -> None:
    named: dict[str, int] = {}
    for case in CASES:
        for name in {case["expected"]["primary"], *case["expected"]["acceptable"]}:
            named[name] = named.get(name, 0) + 1
    few = {name for name, one in causes().items() if not one.benign and named.get(name, 0) < 2}
    assert not few
