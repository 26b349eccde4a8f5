"""However a run ends: with a status of its own and, where there is a reader, in one line."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fargate_lint import cli, ending, stop
from fargate_lint.source.writing import Writing

ROOT = Path(__file__).parent.parent
CLEAN = str(ROOT / "fixtures/ok/cloudwatch.json")
FAULTY = str(ROOT / "examples/task-definition.json")
FULL = "error: the output can't be written: no space left on device\n"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full and a shell"),
]


def run(words: str, *, unbuffered: bool = False, cwd: Path | None = None) -> tuple[int, str, str]:
    """Status, output and errors of a command line of the shell, in which FL is the program."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    if unbuffered:
        environment["PYTHONUNBUFFERED"] = "1"
    environment["FL"] = f"{sys.executable} -m fargate_lint"
    done = subprocess.run(
        ["bash", "-c", words],
        check=False, capture_output=True, text=True, env=environment, cwd=cwd, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("unbuffered", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        f"check --output-format json {CLEAN}",
        f"check {FAULTY}",
        f"explain {FAULTY}",
        f"render {CLEAN}",
        "rules",
        "--version",
        "--help",
        "check --help",
    ],
)
def test_a_full_disk_is_said(words: str, unbuffered: bool) -> None:
    assert run(f"$FL {words} >/dev/full", unbuffered=unbuffered) == (2, "", FULL)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (f"$FL check {FAULTY} >&-", 2, "error: standard output is closed\n"),
        ("$FL check - <&-", 2, "error: standard input is closed\n"),
        ("$FL render - <&-", 2, "error: standard input is closed\n"),
        ("$FL explain - <&-", 2, "error: standard input is closed\n"),
        (f"$FL check {CLEAN} 2>&-", 0, ""),
        (f"$FL check {FAULTY} 2>&- >/dev/null", 1, ""),
        ("$FL check --no-such-option 2>&-", 2, ""),
        (f"$FL check {CLEAN} <&- >&- 2>&-", 2, ""),
        (f"$FL check {CLEAN} <&-", 0, ""),
        ("$FL check --no-such-option 2>/dev/full", 2, ""),
    ],
)
def test_a_closed_stream_is_said_where_it_is_needed(words: str, status: int, said: str) -> None:
    found, _, errors = run(words)
    assert found == status
    assert errors.startswith(said)
    assert "Traceback" not in errors


@pytest.mark.parametrize("words", [f"check {FAULTY}", f"check --output-format json {FAULTY}"])
def test_a_reader_that_has_seen_enough_is_no_error(words: str) -> None:
    _, status, errors = run(f"$FL {words} | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}")
    assert status in {"0\n", "1\n"}
    assert errors == ""


@pytest.mark.parametrize("words", ["check .", "check", "explain ."])
def test_a_folder_that_is_gone_is_said(words: str, tmp_path: Path) -> None:
    status, _, errors = run(f"mkdir gone && cd gone && rmdir ../gone && $FL {words}", cwd=tmp_path)
    assert (status, errors) == (2, "error: the current folder is gone\n")


@pytest.fixture(scope="module")
def huge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A task definition of 3 MB with faults all over."""
    task = json.loads(Path(FAULTY).read_text())
    containers = task["containerDefinitions"]
    task["containerDefinitions"] = [
        {**each, "name": f"{each['name']}{index}"} for index in range(1500) for each in containers
    ]
    path = tmp_path_factory.mktemp("huge") / "task.json"
    path.write_text(json.dumps(task, indent=1))
    return path


@pytest.fixture(scope="module")
def bare() -> int:
    """KiB of address space of a Python that does nothing."""
    program = "print(open('/proc/self/status').read().split('VmPeak:')[1].split()[0])"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    return int(done.stdout)


@pytest.mark.parametrize(
    "words",
    ["check", "check --diff", "explain", "explain --format html", "bundle -o b.zip", "baseline"],
)
@pytest.mark.parametrize("more", [40_000, 55_000, 70_000])
def test_no_memory_is_said_whatever_took_it(
    words: str, more: int, huge: Path, bare: int, tmp_path: Path
) -> None:
    line = f"ulimit -v {bare + more}; ulimit -t 60; $FL {words} {huge} >/dev/null"
    assert run(line, cwd=tmp_path)[::2] == (2, "error: there is not enough memory\n")
    assert not list(tmp_path.iterdir())


def ended(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> int:
    """The status of a program whose command raises `error`."""

    def fail(_: object = None) -> int:
        raise error

    ends: list[int] = []
    monkeypatch.setattr(cli, "main", fail)
    monkeypatch.setattr(os, "_exit", ends.append)
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)
    monkeypatch.setattr(stop, "program", False)
    cli.run()
    return ends[0]


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (MemoryError(), 2, "error: there is not enough memory\n"),
        (OSError(28, "No space left on device"), 2, FULL),
        (PermissionError(13, "Permission denied", "a\nb"), 2, r"error: `a\nb`: permission denied"),
        (RecursionError("too deep"), 4, "error: a bug of fargate-lint: RecursionError at "),
        (SystemExit(2), 2, ""),
        (SystemExit(0), 0, ""),
    ],
)
def test_each_error_has_a_status_and_one_line(
    error: BaseException,
    status: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ended(error, monkeypatch) == status
    errors = capsys.readouterr().err
    assert errors.startswith(said)
    assert errors.count("\n") == bool(said)


def test_the_place_of_a_bug_is_shown_on_request(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FARGATE_LINT_TRACEBACK", "1")
    assert ended(KeyError("x"), monkeypatch) == 4
    assert "Traceback" in capsys.readouterr().err


def test_no_memory_is_no_bug_of_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    from fargate_lint.lint import checker

    def fail(_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(checker, "sidecars", fail)
    with pytest.raises(MemoryError):
        cli.main(["check", "--isolated", CLEAN])


def test_a_signal_takes_away_what_is_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stop, "program", True)
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(signal, "getsignal", lambda _: signal.SIG_DFL)
    target = tmp_path / "task.json"
    target.write_text("old")

    def write() -> None:
        with Writing(str(target)) as file:
            file.write(b"half of the n")
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)

    try:
        with pytest.raises(stop.Ended, match=str(int(signal.SIGTERM))):
            write()
    finally:
        signal.signal(signal.SIGTERM, before)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["task.json"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_program_and_its_workers(number: int, tmp_path: Path) -> None:
    text = Path(FAULTY).read_text()
    for index in range(600):
        (tmp_path / f"{index}.json").write_text(text)
    program = subprocess.Popen(
        [sys.executable, "-m", "fargate_lint", "check", "--isolated", "-j", "2", str(tmp_path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        while program.poll() is None and len(_group(program.pid)) < 3:
            time.sleep(0.01)
        program.send_signal(number)
        _, errors = program.communicate(timeout=60)
    finally:
        program.kill()
    assert program.returncode == -number
    assert errors == b""
    assert _group(program.pid) == []


def _group(leader: int) -> list[str]:
    """The processes that still run in the group of a process."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,stat=", "--no-headers", "-g", str(leader)],
        check=False, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    return [line for line in listed if "Z" not in line.split()[1]]


def test_the_reader_of_a_stream_may_be_gone(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending.unflushed(sys.stdout, BrokenPipeError(32, "Broken pipe")) == 0
    assert ending.unflushed(sys.stderr, OSError(28, "No space left on device")) == 0
    assert capsys.readouterr().err == ""


CONF = """\
[SERVICE]
    Parsers_File pipe.conf
[INPUT]
    Name cpu
@INCLUDE pipe.conf
[OUTPUT]
    Name stdout
    Match *
"""


@pytest.fixture
def pipes(tmp_path: Path) -> Path:
    """A folder with pipes that nobody writes to, where files are looked for."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "folder" / "task.json")
    os.mkfifo(tmp_path / "pipe.conf")
    (tmp_path / "main.conf").write_text(CONF)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("check folder", 3),
        ("check --show-files folder", 0),
        ("check main.conf", 0),
        ("explain folder/../folder", 3),
        ("check --include x=pipe.conf main.conf", 2),
        (f"bundle {CLEAN} --logs pipe.conf", 2),
    ],
)
def test_a_pipe_that_was_not_named_is_not_waited_for(words: str, status: int, pipes: Path) -> None:
    assert run(f"timeout 60 $FL {words}", cwd=pipes)[0] == status


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (f"cat {CLEAN} > pipe.conf & $FL check --output-format concise pipe.conf", ""),
        (f"cat {FAULTY} | $FL check --output-format concise --fail-on never /dev/stdin", "IAM102"),
        ("$FL check /dev/zero", "more than the 67108864 that are read"),
        ("$FL explain --logs /dev/urandom", ""),
    ],
)
def test_a_pipe_or_device_that_was_named_is_read(words: str, said: str, pipes: Path) -> None:
    status, output, errors = run(f"timeout 60 bash -c '{words}'", cwd=pipes)
    assert status in {0, 1, 3}
    assert said in output
    assert "Traceback" not in errors


def test_a_device_without_an_end_has_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from fargate_lint.commands import streams

    monkeypatch.setattr(streams, "PIPE_LIMIT", 1 << 20)
    assert cli.main(["explain", "--logs", "/dev/zero"]) == 2
    assert capsys.readouterr().err.startswith(
        "error: `/dev/zero` has more than the 1,048,576 bytes that are read of a pipe\n"
    )


@pytest.mark.parametrize("words", ["check --output-format json:out {}", "baseline -o out {}"])
def test_what_is_no_file_is_written_to(words: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "out")
    (tmp_path / "task.json").write_text(Path(CLEAN).read_text())
    words = words.format("task.json")
    status, output, _ = run(f"cat out & $FL {words} 2>/dev/null; s=$?; wait; exit $s", cwd=tmp_path)
    assert status == 0
    assert '"findings"' in output
    assert (tmp_path / "out").is_fifo()
