from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.diagnose import tasks
from fargate_lint.diagnose.diagnosis import diagnose
from fargate_lint.lint import registry
from fargate_lint.source.read import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fargate_lint.diagnose.tasks import TaskState
    from fargate_lint.diagnose.verdict import Diagnosis
    from fargate_lint.lint.registry import Registry

EXAMPLES = Path(__file__).parent.parent.parent / "fargate_lint" / "data" / "examples"


@pytest.fixture(scope="session")
def known() -> Registry:
    return registry.load()


@pytest.fixture
def definition() -> dict[str, Any]:
    """A clean definition: web, log_router and al-agent, with CloudWatch."""
    found: dict[str, Any] = json.loads((EXAMPLES / "cloudwatch.json").read_text())
    return found


@pytest.fixture
def explain(known: Registry) -> Callable[..., Diagnosis]:
    def run(
        *logs: str | bytes,
        definition: Any = None,
        task: Any = None,
        states: Sequence[TaskState] = (),
        **more: Any,
    ) -> Diagnosis:
        documents = (
            read("task.json", json.dumps(definition, indent=1).encode()) if definition else []
        )
        described = read("tasks.json", json.dumps(task, indent=1).encode()) if task else []
        found = [state for document in described for state in tasks.states(document)]
        streams = [
            (f"log{index}", io.BytesIO(log if isinstance(log, bytes) else log.encode()))
            for index, log in enumerate(logs)
        ]
        return diagnose(documents, streams, [*found, *states], **{"registry": known, **more})

    return run
