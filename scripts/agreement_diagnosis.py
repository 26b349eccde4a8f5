"""Diagnoses: the first verdict is what a case is about, and nothing is blamed for nothing."""

from __future__ import annotations

import json

from fargate_lint.diagnose import tasks
from fargate_lint.diagnose.causes import causes
from fargate_lint.diagnose.diagnosis import diagnose
from fargate_lint.lint import registry
from fargate_lint.source.read import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from fargate_lint.diagnose.tasks import TaskState
    from fargate_lint.diagnose.verdict import Diagnosis
    from fargate_lint.lint.registry import Registry
    from fargate_lint.source.document import Document

SURE = frozenset({"confirmed", "likely"})


def run(data: Path) -> dict[str, tuple[int, dict[str, str]]]:
    """Cases that disagree: those that the text decides (`sure`), and the others (`unsure`)."""
    folder = data / "diagnosis"
    known = registry.load()
    result: dict[str, tuple[int, dict[str, str]]] = {"sure": (0, {}), "unsure": (0, {})}
    for case in json.loads((folder / "cases.json").read_text("utf-8")):
        kind = "unsure" if case["confidence"] == "low" else "sure"
        total, wrong = result[kind]
        reason = disagreement(case["expected"], diagnosis(folder, case, known))
        if reason:
            wrong[case["id"]] = reason
        result[kind] = total + 1, wrong
    return result


def diagnosis(folder: Path, case: dict[str, Any], known: Registry) -> Diagnosis:
    """What we say of a case."""
    logs = [(name, (folder / name).open("rb")) for name in case["logs"]]
    try:
        return diagnose(
            documents(folder, case),
            logs,
            states(folder, case),
            registry=known,
            includes=includes(folder, case),
        )
    finally:
        for _, stream in logs:
            stream.close()


def documents(folder: Path, case: dict[str, Any]) -> list[Document]:
    """The task definition of a case."""
    name = case["task_definition"]
    return read(name, (folder / name).read_bytes()) if name else []


def states(folder: Path, case: dict[str, Any]) -> list[TaskState]:
    """The tasks of a case."""
    return [
        state
        for name in case["tasks"]
        for document in read(name, (folder / name).read_bytes())
        for state in tasks.states(document)
    ]


def includes(folder: Path, case: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """The files of a case's own configuration."""
    return {
        path: (name, (folder / name).read_text("utf-8"))
        for path, name in case.get("includes", {}).items()
    }


def disagreement(expected: dict[str, Any], found: Diagnosis) -> str:
    """How a diagnosis differs from what is expected, "" when it does not.

    Null is right where the primary cause is none, or one of the acceptable ones is benign; then
    nothing may be confirmed or likely but an acceptable cause.
    """
    right = {expected["primary"], *expected["acceptable"]}
    well = any(name is None or causes()[name].benign for name in right)
    blamed = [one for one in found.verdicts if one.status != "ruled-out"]
    first = blamed[0].cause.id if blamed else None
    if expected["primary"] is None:
        blamed = [one for one in blamed if one.status in SURE]
        first = blamed[0].cause.id if blamed else None
    if first in right or (first is None and well):
        return ""
    return f"{expected['primary']}, we say {first}"
