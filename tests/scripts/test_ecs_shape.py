from __future__ import annotations

from typing import TYPE_CHECKING

from scripts import ecs_shape

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_table_is_fresh() -> None:
    assert ecs_shape.main(["--check"]) == 0


def test_a_table_that_was_edited_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "ecs_shape.py"
    table.write_text(ecs_shape.text() + "# by hand\n")
    monkeypatch.setattr(ecs_shape, "DATA", table)
    assert ecs_shape.main(["--check"]) == 1
    assert capsys.readouterr().err.startswith("ecs_shape.py is out of date")
    assert ecs_shape.main([]) == 0
    assert ecs_shape.main(["--check"]) == 0
