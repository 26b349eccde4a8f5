"""Every command writes to whatever stands in the place of the standard streams."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from fargate_lint.arguments import COMMANDS
from fargate_lint.cli import main
from fargate_lint.report.findings import FORMATS

EXAMPLES = Path(__file__).parent.parent.parent / "fargate_lint" / "data" / "examples"
TEXT = (EXAMPLES / "agent.json").read_text()
BAD = TEXT.replace('"512"', "512")


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # One that is set is put back, also when a command changes it.
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    Path("task.json").write_text(BAD)
    Path("router.log").write_text("[error] [config] invalid property 'Retry_Limitt'\n")


def run(command: str) -> tuple[int, str, str]:
    """The exit status of a command, and what it writes to streams of text only."""
    output, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(output), redirect_stderr(errors):
        status = main(command.split())
    return status, output.getvalue(), errors.getvalue()


WRITING = [
    *((f"check task.json --output-format {name}", 1) for name in FORMATS),
    ("check task.json --color always", 1),
    ("check task.json --diff", 1),
    ("check task.json --statistics", 1),
    ("check task.json --show-settings", 0),
    ("check task.json --show-files", 0),
    *((f"render task.json --format {name}", 0) for name in ("conf", "json", "mermaid", "dot")),
    *(
        (f"render task.json --stage {name}", 0)
        for name in ("order", "firelens", "launcher", "final", "argv", "pipeline")
    ),
    ("render task.json --unmasked", 0),
    *((f"trace task.json --log hello --format {name}", 0) for name in ("text", "json")),
    *(
        (f"explain task.json router.log --format {name}", 0)
        for name in ("text", "markdown", "json", "html")
    ),
    ("explain", 3),
    ("explain task-size-type", 0),
    *((f"rules --format {name}", 0) for name in ("text", "json")),
    ("bundle task.json", 0),
    *((f"permissions task.json --format {name}", 0) for name in ("text", "json")),
    *((f"extract task.json --format {name}", 0) for name in ("json", "taskdef")),
    *((f"schema {name}", 0) for name in ("config", "findings", "render")),
    *((f"completion {name}", 0) for name in ("bash", "zsh", "fish")),
]


@pytest.mark.parametrize(("command", "status"), WRITING, ids=[command for command, _ in WRITING])
def test_a_command_writes_to_a_stream_of_text(command: str, status: int) -> None:
    found, output, errors = run(command)
    assert (found, errors if found != status else "") == (status, "")
    assert output


def test_every_command_that_writes_is_tried() -> None:
    assert {command.split()[0] for command, _ in WRITING} == COMMANDS.keys() - {"baseline"}


def test_a_baseline_tells_on_standard_error() -> None:
    assert run("baseline task.json") == (
        0, "", "fargate-lint-baseline.json: 1 finding in 1 file\n"
    )  # fmt: skip


@pytest.mark.parametrize("command", ["check -", "check - --fix", "render -", "explain -"])
def test_standard_input_may_be_a_stream_of_text(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(BAD))
    status, output, _ = run(command)
    assert status == (1 if command == "check -" else 0)
    assert output
    if command == "check - --fix":
        assert output == TEXT


@pytest.mark.parametrize("command", ["--version", "check --help"])
def test_help_and_version_end_with_success(command: str) -> None:
    with redirect_stdout(io.StringIO()) as output, pytest.raises(SystemExit) as end:
        main(command.split())
    assert end.value.code == 0
    assert output.getvalue()
