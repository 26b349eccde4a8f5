from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.cli import main
from fargate_lint.testing import base, overlay

if TYPE_CHECKING:
    from pathlib import Path


def render(tmp_path: Path, value: Any, *options: str) -> int:
    path = tmp_path / "task.json"
    path.write_text(json.dumps(value))
    return main(["render", str(path), "--stage", "order", *options])


def test_the_order_of_start_and_stop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert render(tmp_path, base("firelens")) == 0
    assert capsys.readouterr().out == (
        "start\n"
        "  1  log_router\n"
        "  2  web         when log_router is started (ECS adds it for FireLens)\n"
        "stop\n"
        "  1  web         within 30 s\n"
        "  2  log_router  within 30 s\n"
        "one after the other, web and log_router may take 60 s to stop\n"
    )


def test_a_task_without_a_router_has_an_order_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert render(tmp_path, base("plain"), "--format", "mermaid") == 0
    assert capsys.readouterr().out == 'flowchart TD\n    c0["web"]\n'


def test_a_container_that_never_starts_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    depends = [{"containerName": "web", "condition": "START"}]
    web = {"name": "web", "dependsOn": depends}
    assert render(tmp_path, overlay(base("plain"), {"containerDefinitions": [web]})) == 1
    assert capsys.readouterr().out == "start\nstop\nnever: web waits for web\n"


def test_several_tasks_have_their_titles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = {**base("plain"), "family": "jobs\x1b[31m"}
    assert render(tmp_path, [base("plain"), other]) == 0
    one = "start\n  1  web\nstop\n  1  web  within 30 s\n"
    out = capsys.readouterr().out
    assert "\x1b" not in out
    first, second = out.split("\n\n")
    assert first == f"# shop\n{one}".rstrip("\n")
    assert second.startswith("# jobs")
    assert second.endswith(one)


@pytest.mark.parametrize("kind", ["json", "dot"])
def test_formats_that_the_order_has_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    assert render(tmp_path, base("plain"), "--format", kind) == 2
    assert f"`--format {kind}` has no order of start" in capsys.readouterr().err
