from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from fargate_lint.source.writing import Replacement

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, text: str, *, fail: bool = False) -> None:
    with Replacement(str(path)) as temporary, open(temporary, "w", encoding="utf-8") as file:
        file.write(text)
        if fail:
            raise OSError("the disk is full")


def test_a_file_is_replaced_as_a_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "task.json"
    target.write_text("old")
    target.chmod(0o640)
    write(target, "new")
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["task.json"]


def test_what_fails_in_the_middle_leaves_everything_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "task.json"
    target.write_text("old")
    with pytest.raises(OSError, match="full"):
        write(target, "new", fail=True)
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["task.json"]


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old")
    link = tmp_path / "task.json"
    link.symlink_to("real.json")
    write(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "real.json").read_text() == "new"
