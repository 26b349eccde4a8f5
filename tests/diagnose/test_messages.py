from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fargate_lint.launch.problem import Problem
from fargate_lint.lint.finding import Finding
from scripts import agreement_diagnosis as agreement

if TYPE_CHECKING:
    import pytest

    from fargate_lint.lint.registry import Registry

FOLDER = Path(__file__).parent.parent / "data" / "diagnosis"


def answers(known: Registry) -> list[list[tuple[str, str, float]]]:
    cases = json.loads((FOLDER / "cases.json").read_text("utf-8"))
    return [
        [
            (one.cause.id, one.status, one.weight)
            for one in agreement.diagnosis(FOLDER, case, known).verdicts
        ]
        for case in cases
        if case["task_definition"]
    ]


def test_no_verdict_depends_on_how_a_message_is_worded(
    known: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answers(known)

    def reworded(made: Any) -> Any:
        def init(self: Any, first: Any, second: Any, _: str, *args: Any, **more: Any) -> None:
            if "help" in more:
                more["help"] = "do otherwise"
            made(self, first, second, "something else", *args, **more)

        return init

    # The first three arguments of both end in the message.
    for kind in (Problem, Finding):
        monkeypatch.setattr(kind, "__init__", reworded(kind.__init__))
    assert answers(known) == before
