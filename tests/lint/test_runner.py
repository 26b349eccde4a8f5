from __future__ import annotations

import gc
import json
from pathlib import Path

import pytest

import fargate_lint
from fargate_lint.launch import launch_of
from fargate_lint.lint.batch import Batch
from fargate_lint.lint.files import Found
from fargate_lint.lint.linter import Linter
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.settings import Settings

EXAMPLES = sorted((Path(fargate_lint.__file__).parent / "data" / "examples").glob("*.json"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("faulty", [False, True])
def test_a_checked_file_leaves_only_a_task_and_its_containers_for_the_collector(
    example: Path, faulty: bool, tmp_path: Path
) -> None:
    task = json.loads(example.read_text())
    if faulty:
        task["networkMode"] = "bridge"
        task["containerDefinitions"][0]["cpuu"] = 1
        task["containerDefinitions"][-1]["command"] = ["-o", "syslogg", "-V"]
    file = tmp_path / "task.json"
    file.write_text(json.dumps(task))
    found = Found(str(file), named=True)
    settings = Settings()
    batch = Batch(load(), lambda _: settings)
    # What is kept from file to file is made first.
    assert bool(batch.check(found).findings) >= faulty
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        batch.check(found)
        # What was judged last is let go of with the next one.
        batch.check(found)
        gc.collect()
        left = {type(each) for each in gc.garbage}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    ours = {each.__name__ for each in left if each.__module__.startswith("fargate_lint")}
    # A container knows its task; both hold the definition with its document.
    assert ours <= {"Container", "Definition", "Direct", "Document", "Span", "Task"}


def test_what_was_checked_can_be_asked_afterwards() -> None:
    linter = Linter(Settings())
    reports = [linter.check(path.name, path.read_bytes()) for path in EXAMPLES]
    for report in reports:
        [task] = report.tasks
        assert all(each.task is task for each in task.containers)
        pipeline = launch_of(task, None).pipeline
        logging = [each for each in task.containers if each.driver == "awsfirelens"]
        assert [each for each, _ in (pipeline.senders if pipeline else ())] == logging
