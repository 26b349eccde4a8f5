from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from fargate_lint.source import writing
from fargate_lint.source.writing import Writing

if TYPE_CHECKING:
    from pathlib import Path

root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away"
)


def write(path: Path | str, text: str, *, fail: bool = False) -> None:
    with Writing(str(path)) as file:
        file.write(text.encode())
        if fail:
            raise OSError("the disk is full")


def test_a_file_is_replaced_as_a_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "task.json"
    target.write_text("old")
    target.chmod(0o640)
    before = target.stat().st_ino
    write(target, "new")
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert target.stat().st_ino != before
    assert os.listdir(tmp_path) == ["task.json"]


def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write(tmp_path / "task.json", "new")
    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1


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


def test_another_name_of_a_file_leads_to_what_is_new(tmp_path: Path) -> None:
    target, other = tmp_path / "task.json", tmp_path / "other.json"
    target.write_text("a longer old text")
    os.link(target, other)
    write(target, "new")
    assert (target.read_text(), other.read_text()) == ("new", "new")
    assert sorted(os.listdir(tmp_path)) == ["other.json", "task.json"]


def test_a_file_of_several_names_is_as_it_was_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "task.json"
    target.write_text("old")
    os.link(target, tmp_path / "other.json")
    overwrite = writing._overwrite
    calls = []

    def failing(file: object, data: bytes) -> None:
        calls.append(data)
        overwrite(file, data)  # type: ignore[arg-type]
        if data == b"new":
            raise OSError("the disk is full")

    monkeypatch.setattr(writing, "_overwrite", failing)
    with pytest.raises(OSError, match="full"):
        write(target, "new")
    assert calls == [b"new", b"old"]
    assert target.read_text() == "old"


@root
def test_a_file_keeps_its_owner(tmp_path: Path) -> None:
    target = tmp_path / "task.json"
    target.write_text("old")
    os.chown(target, 1234, 2345)
    write(target, "new")
    assert (target.stat().st_uid, target.stat().st_gid) == (1234, 2345)


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found: list[str] = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_text()))
    reader.start()
    write(pipe, "new")
    reader.join()
    assert found == ["new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert os.listdir(tmp_path) == ["pipe"]


def test_a_device_is_written_to_and_stays_one() -> None:
    write(os.devnull, "new")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@pytest.mark.parametrize("path", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("into", ["pipe", "file"])
def test_what_is_open_is_written_to_in_its_order(into: str, path: str, tmp_path: Path) -> None:
    program = (
        "import os; from fargate_lint.source.writing import Writing\n"
        "os.write(1, b'before ')\n"
        f"with Writing({path!r}) as file: file.write(b'new')\n"
        "os.write(1, b' after')\n"
    )
    out = tmp_path / "out"
    with out.open("wb") as file:
        done = subprocess.run(
            [sys.executable, "-c", program],
            stdout=subprocess.PIPE if into == "pipe" else file,
            check=True,
        )
    assert (done.stdout if into == "pipe" else out.read_bytes()) == b"before new after"


def test_nothing_is_followed_that_was_not_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where somebody knew the name of the file that is made beside the target."""
    monkeypatch.setattr(os, "urandom", bytes)
    precious = tmp_path / "precious"
    precious.write_text("precious")
    (tmp_path / f".fargate-lint-{bytes(8).hex()}").symlink_to(precious)
    with pytest.raises(FileExistsError):
        write(tmp_path / "task.json", "new")
    assert precious.read_text() == "precious"
    assert not (tmp_path / "task.json").exists()
