from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fargate_lint.cli import main
from fargate_lint.lint import parallel
from fargate_lint.lint.batch import PARALLEL_FROM
from fargate_lint.lint.files import Found
from fargate_lint.lint.linter import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest


def test_processes_give_the_same_findings_in_the_same_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    count = 2 * PARALLEL_FROM
    for number in range(count):
        family = "a b" if number % 3 else "ab"
        # Files that take longer come first, so that a process has others done before.
        containers = [{"name": f"c{index}", "image": "a:1"} for index in range(count - number)]
        (tmp_path / f"{number:04}.json").write_text(
            json.dumps({"family": family, "containerDefinitions": containers})
        )
    written = []
    for jobs in ("1", "2", "3"):
        assert main(["check", "--isolated", "--output-format", "concise", "-j", jobs]) == 1
        written.append(capsys.readouterr().out)
    assert written[0].count("\n") > count // 2
    assert written[1:] == written[:1] * 2


def test_files_are_looked_up_a_part_at_a_time_and_their_order_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parallel, "AHEAD", 3)
    monkeypatch.setattr(parallel, "CHUNK", 2)
    asked: list[int] = []

    def wanted() -> Iterator[Found]:
        for number in range(10):
            asked.append(number)
            yield Found(str(number), named=False)

    reports = parallel.run(lambda found: Report(found.path, "skipped"), wanted(), 2)
    assert asked == []
    assert next(reports).name == "0"
    assert asked == [0, 1, 2]
    assert [each.name for each in reports] == [str(number) for number in range(1, 10)]
