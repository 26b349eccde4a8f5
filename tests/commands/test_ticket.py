from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.cli import main
from scripts import tickets

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("plain")

TESTS = Path(__file__).parent.parent
CASES = TESTS / "data" / "diagnosis"
EXAMPLE = TESTS.parent / "fargate_lint" / "data" / "examples" / "cloudwatch.json"
OPTION = "[error] [config] cloudwatch_logs: unknown configuration property 'awslogs-group'. The"
REPORTS = dict(tickets.reports())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def explained(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def run(*words: str, status: int = 0) -> str:
        assert main(["explain", "--isolated", *words]) == status
        captured = capsys.readouterr()
        return captured.err if status else captured.out

    return run


@pytest.mark.parametrize("name", tickets.FAILURES)
def test_each_failure_of_the_vendor_s_guide_is_explained(name: str) -> None:
    # The command to write them anew is scripts/tickets.py.
    assert REPORTS[name] == (TESTS / "data" / "tickets" / f"{name}.md").read_text("utf-8")


def test_a_ticket_as_json(folder: Path, explained: Callable[..., str]) -> None:
    (folder / "log.txt").write_text(OPTION)
    found = json.loads(explained("--logs", "log.txt", "--format", "json"))
    assert found["version"] == 1
    assert found["verdicts"][0]["cause"] == "unknown-option"
    assert found["verdicts"][0]["evidence"][0] == {
        "kind": "log", "file": "log.txt", "line": 1, "path": None, "text": OPTION,
    }  # fmt: skip


def test_a_ticket_as_text(folder: Path, explained: Callable[..., str]) -> None:
    (folder / "log.txt").write_text(OPTION)
    text = explained("--logs", "log.txt")
    assert text.startswith("Most likely: A plugin is given an option it does not have (log.txt:1: ")
    assert "\n\nWhy\n  `cloudwatch_logs` has no option `awslogs-group` in this version." in text
    assert "\n\nWhat to change\n  1. Remove or correct the option" in text
    assert text.endswith("\nfargate-lint 0.1.0: 1 line of 1 log\n")
    assert "\x1b" not in text


def test_colours_for_those_who_see_them(
    folder: Path, explained: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    (folder / "log.txt").write_text(OPTION)
    assert "\x1b[1;94mWhat to change\x1b[0m" in explained("--logs", "log.txt")


def test_a_stop_from_the_command_line(explained: Callable[..., str]) -> None:
    words = ("--reason", "OutOfMemoryError: Container killed due to memory usage")
    found = explained(*words, "--exit-code", "137", "--container", "log_router", "--format", "json")
    assert json.loads(found)["verdicts"][0]["cause"] == "out-of-memory"


def test_files_are_told_apart_by_what_they_hold(
    folder: Path, explained: Callable[..., str]
) -> None:
    shutil.copy(EXAMPLE, folder / "task.json")
    case = CASES / "composed-launcher-dashes-1"
    shutil.copy(case / "task-definition.json", folder / "definition.json")
    shutil.copy(case / "describe-tasks.json", folder / "stopped.json")
    (folder / "router.log").write_text("Fluent Bit v1.9.10\n")
    found = json.loads(
        explained("definition.json", "stopped.json", "router.log", "--format", "json")
    )
    assert found["verdicts"][0]["cause"] == "launcher-missing-double-dash"
    assert found["verdicts"][0]["status"] == "confirmed"


def test_a_configuration_is_taken_for_the_file_of_its_name(
    folder: Path, explained: Callable[..., str]
) -> None:
    for file in (CASES / "composed-parser-1").iterdir():
        shutil.copy(file, folder)
    words = ("task-definition.json", "extra.conf", "--tasks", "describe-tasks.json")
    found = json.loads(explained(*words, "--format", "json"))
    assert found["verdicts"][0]["cause"] == "parser-not-found"
    included = ("--include", "/fluent-bit/etc/extra.conf=extra.conf")
    assert (
        json.loads(explained(words[0], *words[2:], *included, "--format", "json"))["verdicts"]
        == (found["verdicts"])
    )


def test_text_in_the_place_of_tasks_is_read_like_a_log(
    folder: Path, explained: Callable[..., str]
) -> None:
    (folder / "events.txt").write_text(
        "(service web) was unable to place a task. Reason: Capacity is unavailable at this time."
    )
    found = json.loads(explained("--tasks", "events.txt", "--format", "json"))
    assert found["verdicts"][0]["cause"] == "provisioning-failed"


def test_a_folder_brings_all_that_it_has(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = folder / "ticket"
    shutil.copytree(CASES / "composed-agent-key-2", given)
    (given / "more").mkdir()
    (given / "more" / "router.log.gz").write_bytes(gzip.compress(OPTION.encode()))
    (given / "notes.txt").write_text("call them back\n")
    (given / "stopped.txt").write_text("stoppedReason: Your Spot Task was interrupted.\n")
    (given / "package.json").write_text('{"name": "web", "version": "1.0.0"}')
    os.mkfifo(given / "pipe.log")
    assert main(["explain", "--isolated", "--format", "json", "ticket"]) == 0
    shown = capsys.readouterr()
    assert shown.err == "note: nothing to explain in 2 other files of the folder\n"
    named = {one["cause"] for one in json.loads(shown.out)["verdicts"]}
    assert {"al-agent-registration-key", "unknown-option", "platform-interruption"} <= named


def test_a_folder_brings_errors_that_are_not_known(
    folder: Path, explained: Callable[..., str]
) -> None:
    (folder / "ticket").mkdir()
    (folder / "ticket" / "router.log").write_text(
        "[2026/10/03 07:11:02] [error] [output:odd:odd.0] connection torn by the peer\n"
    )
    assert explained("ticket").startswith("Perhaps: A destination cannot be connected to")


def test_a_folder_without_evidence_explains_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "x").mkdir()
    (folder / "x" / "notes.txt").write_text("hello\n")
    assert main(["explain", "--isolated", "x"]) == 3
    assert capsys.readouterr().err == (
        "nothing to explain: no task definition, log or stopped task in `x`\n"
    )


def test_a_binary_file_explains_nothing(explained: Callable[..., str], folder: Path) -> None:
    (folder / "core.log").write_bytes(bytes(range(256)) * 40)
    assert explained("core.log", status=3) == (
        "nothing to explain: no task definition, log or stopped task in `core.log`\n"
    )


def test_the_standard_input_is_a_log(
    explained: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "in").write_text(OPTION)
    with (tmp_path / "in").open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        text = explained("--logs", "-", "--format", "markdown")
    assert "`<stdin>:1`" in text


def test_files_that_can_t_be_read_stop_it(explained: Callable[..., str]) -> None:
    assert explained("--logs", "none.log", status=2) == (
        "error: `none.log` can't be read: no such file or directory\n"
    )


def test_accounts_and_hosts_get_other_names_on_request(
    folder: Path, explained: Callable[..., str]
) -> None:
    (folder / "log").write_text(
        "[error] [output:http:http.0] ingest.acme-shop.com:443, HTTP status=403\n"
        "[error] [output:http:http.1] ingest.acme-shop.com:443, HTTP status=401 of 10.1.2.3 for"
        " arn:aws:iam::210987654321:role/x at logs.us-east-1.amazonaws.com\n"
    )
    plain = explained("--logs", "log", "--format", "markdown")
    assert "acme-shop" in plain
    assert "210987654321" in plain
    other = explained("--logs", "log", "--format", "markdown", "--anonymize")
    assert not any(word in other for word in ("acme-shop", "210987654321", "10.1.2.3"))
    assert other.count("host-1.example") == plain.count("ingest.acme-shop.com")
    assert "logs.us-east-1.amazonaws.com" in other
    assert "000000000001" in other


PLANTED = ("planted-one-1", "planted-two-22", "AKIAIOSFODNN7EXAMPLE", "planted-four-4444")


@pytest.mark.parametrize("form", ["text", "markdown", "json", "html"])
def test_no_format_shows_a_secret(form: str, folder: Path, explained: Callable[..., str]) -> None:
    task: dict[str, Any] = json.loads(EXAMPLE.read_text())
    agent = next(one for one in task["containerDefinitions"] if one["name"] == "al-agent")
    agent["environment"] = [{"name": "KEY", "value": PLANTED[0]}]
    (folder / "task.json").write_text(json.dumps(task))
    (folder / "log").write_text(
        f"[error] [output:http:http.0] https://u:{PLANTED[1]}@a.b:1, HTTP status=403 {PLANTED[2]}\n"
        f"[error] [output:http:http.1] a.b:1, HTTP status=401 Authorization: Bearer {PLANTED[3]}\n"
        f"[error] [config] syslog: unknown configuration property '{PLANTED[0]}'\n"
        f"a line beside it: password={PLANTED[1]}, {PLANTED[2]}\n"
    )
    text = explained("task.json", "--logs", "log", "--format", form)
    assert not any(secret in text for secret in PLANTED)


def test_a_bundle_has_everything_but_secrets(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (CASES / "composed-parser-1").iterdir():
        shutil.copy(file, folder)
    task = json.loads((folder / "task-definition.json").read_text())
    task = task.get("taskDefinition", task)
    agent = next(one for one in task["containerDefinitions"] if one["name"] == "al-agent")
    agent["environment"] = [{"name": "KEY", "value": PLANTED[0]}]
    (folder / "task-definition.json").write_text(json.dumps(task, indent=1))
    (folder / "more.log").write_bytes(f"token={PLANTED[1]}\n{PLANTED[0]}\n".encode("utf-16"))
    (folder / "packed.log").write_bytes(gzip.compress(f"apikey: {PLANTED[3]}\n".encode()))
    key = "-----BEGIN RSA PRIVATE KEY-----\nMIIplanted\n-----END RSA PRIVATE KEY-----\nafter\n"
    (folder / "extra.conf").write_text((folder / "extra.conf").read_text() + f"# password {key}")
    words = ["task-definition.json", "extra.conf", "log_router.log", "more.log", "packed.log"]
    command = ["bundle", "--isolated", *words, "--tasks", "describe-tasks.json", "-o", "t.zip"]
    assert main(command) == 0
    assert capsys.readouterr().out.startswith("A parser is used that is not defined")
    with zipfile.ZipFile(folder / "t.zip") as bundle:
        held = {name: bundle.read(name).decode() for name in bundle.namelist()}
    assert sorted(held) == [
        "inputs/describe-tasks.json", "inputs/extra.conf", "inputs/log_router.log",
        "inputs/more.log", "inputs/packed.log", "inputs/task-definition.json", "masked.txt",
        "report.json", "report.md", "versions.txt",
    ]  # fmt: skip
    everything = "".join(held.values())
    assert not any(secret in everything for secret in (*PLANTED, "MIIplanted"))
    assert "more.log:1\nmore.log:2\npacked.log:1\n" in held["masked.txt"]
    assert json.loads(held["report.json"])["verdicts"][0]["cause"] == "parser-not-found"
    first = (folder / "t.zip").read_bytes()
    assert main(command) == 0
    assert (folder / "t.zip").read_bytes() == first


def test_a_bundle_hides_what_a_task_was_started_with(folder: Path) -> None:
    shutil.copy(EXAMPLE, folder / "task.json")
    web = {"name": "web", "environment": [{"name": "DB_PASSWORD", "value": PLANTED[0]}]}
    web["command"] = ["run", "--token", PLANTED[1]]
    state = {
        "stopCode": "EssentialContainerExited",
        "stoppedReason": "Essential container in task exited",
        "containers": [{"name": "web", "exitCode": 1}],
        "overrides": {"containerOverrides": [web]},
    }
    (folder / "tasks.json").write_text(json.dumps({"tasks": [state]}, indent=2))
    assert main(["bundle", "--isolated", "task.json", "--tasks", "tasks.json", "-o", "t.zip"]) == 0
    with zipfile.ZipFile(folder / "t.zip") as bundle:
        held = {name: bundle.read(name).decode() for name in bundle.namelist()}
    assert not any(secret in text for secret in PLANTED for text in held.values())
    assert json.loads(held["inputs/tasks.json"])["tasks"][0]["containers"] == state["containers"]
    assert held["masked.txt"].count("tasks.json:") == 2


def test_a_bundle_tells_its_answer_without_control_characters(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = "[2026/11/05 12:00:00] [error] [output:syslog:syslog.0] no upstream \u202e connections\n"
    (folder / "router.log").write_text(log)
    assert main(["bundle", "--isolated", "--logs", "router.log", "-o", "t.zip"]) == 0
    assert "no upstream \\u202e connections" in capsys.readouterr().out


def test_a_bundle_of_nothing_is_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "x.py").write_text("")
    assert main(["bundle", "--isolated", "x.py"]) == 3
    assert capsys.readouterr().err.startswith("nothing to explain")
    assert not (folder / "ticket.zip").exists()


@pytest.mark.parametrize("command", ["explain", "bundle"])
def test_an_empty_log_explains_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (folder / "router.log").write_text("")
    assert main([command, "--isolated", "router.log"]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == (
        "nothing to explain: no task definition, log or stopped task in `router.log`\n"
    )


def test_markdown_keeps_hostile_text_harmless(folder: Path, explained: Callable[..., str]) -> None:
    (folder / "log").write_text(
        "[error] [output:http:http.0] <script>alert(1)</script>``` | @a, HTTP status=403\x1b[2J\n"
    )
    text = explained("--logs", "log", "--format", "markdown")
    assert "\x1b" not in text
    for line in text.splitlines():
        outside = "".join(line.split("````")[::2])
        assert "<script>" not in outside.replace("\\<script\\>", "")


def test_a_bar_is_shown_for_long_files_on_a_terminal_only() -> None:
    from fargate_lint.report.progress import reading

    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    with reading(100, io.StringIO()) as advance:
        assert advance is None
    times = iter([0.0, 0.5, 2.0, 2.5])
    screen = Screen()
    with reading(100, screen, lambda: next(times)) as advance:
        assert advance is not None
        advance(10)
        assert screen.getvalue() == ""
        advance(10)
        advance(20)
    assert screen.getvalue() != ""


def test_a_run_leaves_no_files_open(folder: Path, explained: Callable[..., str]) -> None:
    (folder / "log").write_text(OPTION)
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    for _ in range(5):
        explained("--logs", "log")
    after = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    assert after <= before + 1
