from __future__ import annotations

import gc
import json
from pathlib import Path

import pytest

import fargate_lint
from fargate_lint.lint.batch import Batch
from fargate_lint.lint.files import Found
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.settings import Settings

EXAMPLES = sorted((Path(fargate_lint.__file__).parent / "data" / "examples").glob("*.json"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("faulty", [False, True])
def test_a_checked_file_leaves_nothing_for_the_collector(
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
    try:
        batch.check(found)
        # What was judged last is let go of with the next one.
        batch.check(found)
        assert gc.collect() == 0
    finally:
        gc.enable()
