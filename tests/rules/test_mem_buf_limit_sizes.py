"""`Mem_Buf_Limit` is judged by the size that the router's own Fluent Bit reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fargate_lint.cli import main
from tests import build

if TYPE_CHECKING:
    from pathlib import Path

ROUTER = {
    "name": "log_router",
    "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3",
    "firelensConfiguration": {"type": "fluentbit"},
    "entryPoint": ["/var/alertlogic/lib/fluent-bit/fluent-launch"],
}


@pytest.mark.parametrize(
    ("value", "version", "message"),
    [
        ("0.5M", "1.9.10", "`0.5M` is less than 1 MB: no limit at all"),
        ("0.5M", "4.2.8", "`0.5M` is less than 1 MB, less than one chunk of logs"),
        ("50MiB", "1.9.10", "`50MiB` is not a size: Fluent Bit runs without a limit"),
        ("50MiB", "5.0.9", "`50MiB` is not a size: Fluent Bit does not start"),
        ("50MB", "5.0.9", None),
    ],
)
def test_a_size_means_what_the_version_reads(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    value: str,
    version: str,
    message: str | None,
) -> None:
    command = ["-i", "Mem_Buf_Limit", value, "--", "-o", "null", "-m", "*"]
    path = tmp_path / "task.json"
    path.write_text(json.dumps(build.task(ROUTER | {"command": command})))
    main(
        ["check", "--isolated", "--select", "LCH403", "--fluent-bit", version,
         "--output-format", "json", str(path)]
    )  # fmt: skip
    said = [one["message"] for one in json.loads(capsys.readouterr().out)["findings"]]
    assert said == ([message] if message else [])


@pytest.mark.parametrize(("size", "count"), [(90 * 2**20, 1), (90 * 2**20 - 1, 0)])
def test_a_limit_may_take_less_than_nine_tenths_of_the_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], size: int, count: int
) -> None:
    command = ["-i", "Mem_Buf_Limit", str(size), "--", "-o", "null", "-m", "*"]
    path = tmp_path / "task.json"
    router = ROUTER | {"command": command, "memory": 100}
    path.write_text(json.dumps({"family": "shop", "containerDefinitions": [router]}))
    main(["check", "--isolated", "--select", "LCH404", "--output-format", "json", str(path)])
    assert len(json.loads(capsys.readouterr().out)["findings"]) == count
