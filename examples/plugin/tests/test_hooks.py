import json
from pathlib import Path
from typing import Any

import pytest

from fargate_lint.cli import main


def router(options: dict[str, str]) -> dict[str, Any]:
    return {
        "name": "log_router",
        "image": "registry.acme.example/base/fluent-bit:7",
        "firelensConfiguration": {"type": "fluentbit"},
        "logConfiguration": {"logDriver": "awslogs", "options": options},
    }


def web(options: dict[str, str]) -> dict[str, Any]:
    return {
        "name": "web",
        "image": "registry.acme.example/web:1.2.3",
        "logConfiguration": {"logDriver": "awsfirelens", "options": options},
    }


def check(tmp_path: Path, value: Any, *words: str) -> int:
    path = tmp_path / "task.json"
    path.write_text(json.dumps(value))
    return main(["check", str(path), *words])


def task(**options: str) -> dict[str, Any]:
    return {"family": "web", "containerDefinitions": [router({}), web({"Name": "acme", **options})]}


def test_options_of_a_private_plugin_are_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(tmp_path, task(Url="https://logs", Batch_Size="10"), "--select", "FLB") == 0
    assert check(tmp_path, task(Url="https://logs", Btach_Size="10"), "--select", "FLB") == 1
    out = capsys.readouterr().out
    assert "the output `acme` has no option `Btach_Size`" in out
    assert "did you mean `batch_size`?" in out


def test_a_private_image_is_known_as_what_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = {"Name": "http", "http_method": "PUT"}
    assert check(tmp_path, {"containerDefinitions": [router({}), web(options)]}) == 1
    assert "`http` has no `http_method` in Fluent Bit 1.9.10" in capsys.readouterr().out


def test_a_deployment_file_is_checked_and_summed_up_by_service(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services = {"web": {"task": task()}, "jobs": {"task": {**task(), "family": "jobs"}}}
    words = ("--select", "acme-team-label-missing", "--output-format", "acme")
    assert check(tmp_path, {"deploy": services}, *words) == 1
    assert capsys.readouterr().out == "jobs: 2\nweb: 2\n"


def test_a_line_of_the_private_output_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "router.log"
    log.write_text("[2026/11/23 10:00:00] [ warn] [output:acme:acme.0] collector is busy\n" * 3)
    assert main(["explain", str(log)]) == 0
    assert "ACME's collector takes no more records for now." in capsys.readouterr().out
