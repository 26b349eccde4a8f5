from __future__ import annotations

import io
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fargate_lint.diagnose import tasks
from fargate_lint.diagnose.diagnosis import diagnose
from fargate_lint.lint import registry
from fargate_lint.source.read import read
from tests.report.conftest import Screen

EXAMPLE = Path(__file__).parent.parent.parent / "fargate_lint/data/examples/cloudwatch.json"
TASK: dict[str, Any] = json.loads(EXAMPLE.read_text())
REGISTRY = registry.load()
SECRETS = st.lists(
    st.text("abcdefghjkmnpqrstuvwxyzABCDEFGH23456789", min_size=12, max_size=40),
    min_size=8,
    max_size=8,
    unique=True,
)


def written(secrets: list[str], form: str, screen: Screen) -> str:
    """A ticket in which every secret stands where one may stand."""
    key, password, token, basic, license_, url, quoted, reason = secrets
    task = json.loads(json.dumps(TASK))
    for container in task["containerDefinitions"]:
        if container["name"] == "al-agent":
            container["environment"] = [{"name": "KEY", "value": key}]
    options = task["containerDefinitions"][0]["logConfiguration"]["options"]
    options |= {"log_group_name": "shop:web", "http_passwd": password}
    log = (
        f"GET / token={token}\n"
        f"[error] [output:http:http.0] https://u:{url}@a.b:1, HTTP status=403 {key}\n"
        f"web: Authorization: Basic {basic}\n"
        f"[error] [output:http:http.1] a.b:1, HTTP status=401 license_key: {license_}\n"
        f'{{"api_key": "{quoted}"}} {password}\n'
    )
    state = {
        "stoppedReason": f"CannotPullContainerError: https://u:{reason}@r.io: not found",
        "containers": [{"name": "web", "exitCode": 1, "reason": f"web: password={reason}"}],
    }
    states = [
        one for document in read("s.json", json.dumps(state, indent=1).encode())
        for one in tasks.states(document)
    ]  # fmt: skip
    found = diagnose(
        read("task.json", json.dumps(task, indent=1).encode()),
        [("log", io.BytesIO(log.encode()))],
        states,
        registry=REGISTRY,
    )
    import_module(f"fargate_lint.report.ticket.{form}").write(found, screen)
    return screen.getvalue()


@pytest.mark.parametrize(
    ("form", "terminal"),
    [("text", False), ("text", True), ("markdown", False), ("json", False), ("html", False)],
)
def test_no_format_shows_a_secret_wherever_it_stands(form: str, terminal: bool) -> None:
    @settings(max_examples=10)
    @given(SECRETS)
    def check(secrets: list[str]) -> None:
        text = written(secrets, form, Screen(terminal=terminal))
        assert len(text) > 1000
        assert not [secret for secret in secrets if secret in text]

    check()
