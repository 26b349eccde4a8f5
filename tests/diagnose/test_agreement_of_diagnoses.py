from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.diagnose.diagnosis import diagnose
from fargate_lint.diagnose.logs import read_lines
from scripts import agreement_diagnosis as agreement

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.registry import Registry

DATA = Path(__file__).parent.parent / "data"
FOLDER = DATA / "diagnosis"
#: Cases whose first verdict is another one, and why it is.
DISAGREE: dict[str, str] = {}
CASES: list[dict[str, Any]] = [
    case for case in json.loads((FOLDER / "cases.json").read_text("utf-8")) if case["logs"]
]
ROUTER = "fluent-bit-output/log_router/e73bb8eca012fac9082c0ea85caefa53"
WHEN = "November 17, 2026 at 13:08 (UTC)"


def test_the_first_verdict_is_what_the_case_is_about() -> None:
    found = agreement.run(DATA)
    assert found["sure"][0] == 115
    assert found["unsure"][0] == 2
    wrong = {**found["sure"][1], **found["unsure"][1]}
    assert wrong.keys() == DISAGREE.keys()


def _csv(lines: list[str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["@message", "@timestamp", "@logStream"])
    writer.writerows([line, "2026-11-07 21:20:13.000", ROUTER] for line in lines)
    return text.getvalue()


WRAPPINGS: dict[str, Callable[[list[str]], str]] = {
    "reversed": lambda lines: "\n".join(reversed(lines)),
    "quoted": lambda lines: "```\n" + "\n".join(f"> {line}" for line in lines),
    "compose": lambda lines: "\n".join(f"log_router_1  | {line}" for line in lines),
    "kubectl": lambda lines: "\n".join(f"[pod/fluent-bit-nplqh/router] {line}" for line in lines),
    "tail": lambda lines: "\n".join(f"2026-11-07T21:20:13.887+00:00 {ROUTER} {x}" for x in lines),
    "table": lambda lines: (
        "Timestamp | Message | Container\n-- | -- | --\n"
        + "\n".join(f"{WHEN} | {line} | log_router" for line in reversed(lines))
    ),
    "csv": _csv,
    "events": lambda lines: json.dumps({"events": [{"message": line} for line in lines]}),
    "coloured": lambda lines: "\n".join(f"\x1b[1m{line}\x1b[0m" for line in lines),
    "cut": lambda lines: "\n".join(line[5:] if line[:3] == "[20" else line for line in lines),
}


@pytest.mark.parametrize("name", WRAPPINGS)
def test_no_wrapping_changes_the_verdict(name: str, known: Registry) -> None:
    wrong = {}
    for case in CASES:
        logs = []
        for log in case["logs"]:
            with (FOLDER / log).open("rb") as stream:
                bare = [line.text for line in read_lines(log, stream)]
            logs.append((log, io.BytesIO(WRAPPINGS[name](bare).encode())))
        found = diagnose(
            *_given(case, logs), registry=known, includes=agreement.includes(FOLDER, case)
        )
        reason = agreement.disagreement(case["expected"], found)
        if reason:
            wrong[case["id"]] = reason
    assert wrong.keys() == DISAGREE.keys() & {case["id"] for case in CASES}


def _given(case: dict[str, Any], logs: Any) -> tuple[Any, Any, Any]:
    return agreement.documents(FOLDER, case), logs, agreement.states(FOLDER, case)
