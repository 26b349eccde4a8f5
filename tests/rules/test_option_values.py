"""Options whose values are no text at all: some rule says so, and no rule breaks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint import cli

if TYPE_CHECKING:
    from pathlib import Path

KEYS = ["Name", "mode", "Match", "include-pattern", "Host", "TLS", "awslogs-group"]
FIRELENS = ["config-file-type", "config-file-value", "enable-ecs-log-metadata"]


@pytest.mark.parametrize("value", [{}, {"a": 1}, [], ["a"], 1, True, None], ids=str)
@pytest.mark.parametrize("key", [*KEYS, *FIRELENS])
def test_a_value_of_any_kind(key: str, value: Any, tmp_path: Path) -> None:
    logs: dict[str, Any] = {"Name": "cloudwatch_logs", "region": "eu-west-1"}
    options: dict[str, Any] = {"config-file-type": "file", "config-file-value": "/extra.conf"}
    (options if key in FIRELENS else logs)[key] = value
    containers = [
        {"name": "r", "firelensConfiguration": {"type": "fluentbit", "options": options}},
        {"name": "a", "logConfiguration": {"logDriver": "awsfirelens", "options": logs}},
    ]
    path = tmp_path / "task.json"
    path.write_text(json.dumps({"family": "f", "containerDefinitions": containers}))
    assert cli.main(["check", str(path)]) != 4
