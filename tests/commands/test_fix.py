from __future__ import annotations

import io
import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fargate_lint.cli import _parser, main
from fargate_lint.commands.check import inspect
from fargate_lint.report.findings import text
from fargate_lint.source.encoding import encode
from fargate_lint.source.text import decode

FAULTY = """\
{
  "family": "shop",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": 256,
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "public.ecr.aws/nginx/nginx:1.27",
      "stopTimeout": 300,
      "hostname": "web",
      "environment": {"PASSWORD": "correct-horse", "A": "b"}
    }
  ]
}
"""
FIXED = """\
{
  "family": "shop",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "256",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "public.ecr.aws/nginx/nginx:1.27",
      "stopTimeout": 120,
      "hostname": "web",
      "environment": [{"name": "PASSWORD", "value": "correct-horse"}, {"name": "A", "value": "b"}]
    }
  ]
}
"""
CHECK = ["check", "--isolated", "--ignore", "SEC,AGT"]


@pytest.fixture
def task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    path = tmp_path / "task.json"
    path.write_text(FAULTY)
    return path


def test_safe_fixes_are_made_and_the_rest_is_reported(
    task: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*CHECK, "--fix", "--output-format", "concise", "task.json"]) == 1
    assert task.read_text() == FIXED
    out, err = capsys.readouterr()
    assert [line.split()[1:3] for line in out.splitlines()] == [
        ["error[FGT201]", "awsvpc-unsupported-member:"]
    ]
    assert err == "fixed 3 findings in 1 file\n"


def test_unsafe_fixes_are_made_on_request(task: Path) -> None:
    assert main([*CHECK, "--fix", "--unsafe-fixes", "task.json"]) == 0
    assert task.read_text() == FIXED.replace('      "hostname": "web",\n', "")
    assert main([*CHECK, "--fix", "--unsafe-fixes", "task.json"]) == 0


def test_a_folder_is_fixed_and_other_files_in_it_are_not(
    task: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (task.parent / "package.json").write_text('{"name": "web", "cpu": 256,}')
    (task.parent / "other.json").write_text(FAULTY)
    assert main([*CHECK, "--fix"]) == 1
    assert task.read_text() == (task.parent / "other.json").read_text() == FIXED
    assert (task.parent / "package.json").read_text() == '{"name": "web", "cpu": 256,}'
    assert capsys.readouterr().err == "fixed 6 findings in 2 files\n"
    assert sorted(os.listdir(task.parent)) == ["other.json", "package.json", "task.json"]


def test_a_diff_is_shown_without_secrets_and_nothing_is_written(
    task: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*CHECK, "--diff", "task.json"]) == 1
    assert task.read_text() == FAULTY
    out, err = capsys.readouterr()
    assert out == (
        "--- task.json\n"
        "+++ task.json\n"
        "@@ -2,15 +2,15 @@\n"
        '   "family": "shop",\n'
        '   "requiresCompatibilities": ["FARGATE"],\n'
        '   "networkMode": "awsvpc",\n'
        '-  "cpu": 256,\n'
        '+  "cpu": "256",\n'
        '   "memory": "512",\n'
        '   "containerDefinitions": [\n'
        "     {\n"
        '       "name": "web",\n'
        '       "image": "public.ecr.aws/nginx/nginx:1.27",\n'
        '-      "stopTimeout": 300,\n'
        '+      "stopTimeout": 120,\n'
        '       "hostname": "web",\n'
        '-      "environment": {"PASSWORD": "*************", "A": "b"}\n'
        '+      "environment": [{"name": "PASSWORD", "value": "*************"}, '
        '{"name": "A", "value": "b"}]\n'
        "     }\n"
        "   ]\n"
        " }\n"
    )
    assert err == "would fix 3 findings in 1 file\n"
    assert main([*CHECK, "--diff", "--exit-zero", "-q", "task.json"]) == 0
    assert capsys.readouterr().err == ""
    task.write_text(FIXED)
    assert main([*CHECK, "--diff", "--fix", "task.json"]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_change_of_nothing_but_a_secret_is_seen_and_the_secret_is_not(
    task: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agent = {"name": "al-agent", "image": "alertlogic/al-agent-container", "essential": True}
    variables = [{"name": "KEY", "value": "0f1e2d3c4b5a69788796a5b4c3d2e1f0 "}]
    task.write_text(json.dumps({"containerDefinitions": [{**agent, "environment": variables}]}))
    command = ["check", "--isolated", "--select", "al-agent-key-shape"]
    assert main([*command, "--diff", "task.json"]) == 1
    out, _ = capsys.readouterr()
    assert "0f1e2d3c" not in out
    assert f"{'*' * 32}" in out
    assert main([*command, "--fix", "task.json"]) == 0
    assert '"value": "0f1e2d3c4b5a69788796a5b4c3d2e1f0"' in task.read_text()
    assert "*" not in task.read_text()


@pytest.mark.usefixtures("task")
@pytest.mark.parametrize(
    "output_format", ["text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "markdown"]
)
def test_no_format_shows_a_secret_that_a_fix_would_write(
    output_format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main([*CHECK, "--output-format", output_format, "task.json"])
    assert "correct-horse" not in capsys.readouterr().out


@pytest.mark.usefixtures("task")
def test_the_json_output_has_the_edits(capsys: pytest.CaptureFixture[str]) -> None:
    main([*CHECK, "--output-format", "json", "task.json"])
    found = {each["name"]: each["fix"] for each in json.loads(capsys.readouterr().out)["findings"]}
    assert found == {
        "task-size-type": {
            "title": "put it in quotes",
            "safe": True,
            "edits": [
                {
                    "start": {"line": 5, "column": 10},
                    "end": {"line": 5, "column": 13},
                    "text": '"256"',
                }
            ],
        },
        # Its text has a secret.
        "env-list-form": None,
        "awsvpc-unsupported-member": {
            "title": "remove `hostname`",
            "safe": False,
            "edits": [
                {"start": {"line": 12, "column": 7}, "end": {"line": 13, "column": 7}, "text": ""}
            ],
        },
        "start-stop-timeout": {
            "title": 'write "stopTimeout": 120',
            "safe": True,
            "edits": [
                {
                    "start": {"line": 11, "column": 22},
                    "end": {"line": 11, "column": 25},
                    "text": "120",
                }
            ],
        },
    }


@pytest.mark.usefixtures("task")
def test_somebody_at_a_terminal_is_told_what_can_be_fixed() -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    words = [*CHECK, "task.json"]
    summary = inspect(_parser(words).parse_args(words))
    for stream, told in ((Screen(), True), (io.StringIO(), False)):
        text.write(summary, stream, statistics=False)
        assert (" 4 can be fixed (--diff)" in stream.getvalue()) is told


class Input(io.TextIOWrapper):
    """A standard input of some bytes."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))


def test_standard_input_is_written_fixed_to_the_standard_output(
    task: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", Input(FAULTY.replace("\n", "\r\n").encode()))
    assert main([*CHECK, "--fix", "--stdin-filename", "task.json", "-"]) == 1
    out, err = capfdbinary.readouterr()
    assert out == FIXED.replace("\n", "\r\n").encode()
    assert b"awsvpc-unsupported-member" in err
    assert b"task-size-type" not in err
    assert task.read_text() == FAULTY


def test_a_secret_whose_member_is_renamed_stays_masked(
    task: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets = '"secrets": [{"name": "API_KEY", "value": "correct-horse"}]'
    text = FIXED.replace('"hostname": "web"', secrets)
    task.write_text(text)
    main([*CHECK, "--diff", "--unsafe-fixes", "task.json"])
    out = capsys.readouterr().out
    assert '+      "secrets": [{"name": "API_KEY", "valueFrom": "*************"}]' in out
    assert "correct-horse" not in out


def test_a_diff_of_a_file_with_carriage_returns_has_them_too(
    task: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that what the option sets is taken back.
    monkeypatch.setenv("FORCE_COLOR", "")
    task.write_bytes(FAULTY.replace("\n", "\r\n").encode())
    assert main([*CHECK, "--diff", "--color", "always", "task.json"]) == 1
    lines = capfdbinary.readouterr().out.split(b"\n")
    assert lines[3] == b'   "family": "shop",\r'
    assert lines[6].endswith(b'-  "cpu": 256,\x1b[0m\r')
    assert all(line.endswith(b"\r") for line in lines[3:-1])


@pytest.mark.usefixtures("task")
def test_standard_input_has_a_diff(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Input(FAULTY.encode()))
    assert main([*CHECK, "--diff", "-"]) == 1
    assert capsys.readouterr().out.startswith("--- <stdin>\n+++ <stdin>\n@@ -2,15 +2,15 @@\n")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("cp1252", b""),
    ],
)
def test_encoding_byte_order_mark_and_line_ends_stay(
    task: Path, encoding: str, mark: bytes
) -> None:
    given_text = FAULTY.replace('"shop"', '"café"').replace("\n", "\r\n")
    task.write_bytes(mark + given_text.encode(encoding))
    main([*CHECK, "--fix", "task.json"])
    wanted = FIXED.replace('"shop"', '"café"').replace("\n", "\r\n")
    assert task.read_bytes() == mark + wanted.encode(encoding)


@given(data=st.binary(max_size=20) | st.text(max_size=10).map(lambda text: text.encode("utf-16")))
def test_whatever_can_be_read_can_be_written_back(data: bytes) -> None:
    read, faults = decode(data)
    if not any(fault.fatal for fault in faults):
        assert encode(read, read, data) == data


def test_what_the_encoding_cannot_hold_is_not_written() -> None:
    assert encode("λ", "é", b"\xe9") is None
    assert encode("\x81", "\x81é", b"nothing of the kind") is None


def test_a_link_stays_a_link_and_the_mode_stays(task: Path) -> None:
    target = task.parent / "there" / "real.json"
    target.parent.mkdir()
    task.rename(target)
    task.symlink_to(target)
    target.chmod(0o640)
    main([*CHECK, "--fix", "task.json"])
    assert task.is_symlink()
    assert target.read_text() == FIXED
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_file_that_cannot_be_written_is_left_alone(
    task: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert main([*CHECK, "--fix", "task.json"]) == 2
    captured = capsys.readouterr()
    assert captured.err == "error: `task.json` can't be written: permission denied\n"
    assert "task-size-type" in captured.out
    assert task.read_text() == FAULTY


def test_the_files_behind_one_that_cannot_be_written_are_fixed_all_the_same(
    task: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != "2.json" and access(path, mode))
    for name in ("1.json", "2.json", "3.json"):
        Path(name).write_text(FAULTY)
    assert main([*CHECK, "--fix", "-q", "1.json", "2.json", "3.json"]) == 2
    captured = capsys.readouterr()
    assert captured.err == "error: `2.json` can't be written: permission denied\n"
    assert "2.json:5:10" in captured.out
    assert [Path(f"{number}.json").read_text() for number in (1, 2, 3)] == [FIXED, FAULTY, FIXED]
    assert task.read_text() == FAULTY


def test_a_file_that_somebody_changed_meanwhile_is_left_alone(
    task: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(path: str, mode: int) -> bool:
        task.write_text("theirs")
        return access(path, mode)

    access = os.access
    monkeypatch.setattr(os, "access", late)
    assert main([*CHECK, "--fix", "task.json"]) == 2
    message = "error: `task.json` can't be written: it has changed meanwhile\n"
    assert capsys.readouterr().err == message
    assert task.read_text() == "theirs"


def test_a_failure_while_writing_leaves_nothing_behind(
    task: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert main([*CHECK, "--fix", "task.json"]) == 2
    assert "no space left on device" in capsys.readouterr().err
    assert os.listdir(task.parent) == ["task.json"]
    assert task.read_text() == FAULTY


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--unsafe-fixes"], "`--unsafe-fixes` does nothing by itself"),
        (["--fix", "--watch"], "`--fix` and `--watch` can't be combined"),
        (["--diff", "--baseline", "b.json"], "`--diff` and `--baseline` can't be combined"),
        (["--diff", "--statistics"], "`--diff` and `--statistics` can't be combined"),
        (["--fix", "-", "task.json"], "standard input can't be fixed together with files"),
    ],
)
def test_what_makes_no_sense_together_is_refused(
    task: Path, words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*CHECK, *words]) == 2
    assert message in capsys.readouterr().err
    assert task.read_text() == FAULTY


def test_what_is_ignored_or_too_light_is_not_fixed(task: Path) -> None:
    main([*CHECK, "--fix", "--ignore", "task-size-type,wrong-type", "task.json"])
    assert '"cpu": 256,' in task.read_text()
    task.write_text(FAULTY)
    (task.parent / "own.toml").write_text(
        '[[ignore]]\nrule = "start-stop-timeout"\nreason = "tried"\n'
    )
    main(["check", "--config", "own.toml", "--fix", "task.json"])
    assert '"stopTimeout": 300' in task.read_text()
    assert '"cpu": "256"' in task.read_text()


def test_fixes_of_yaml_keep_comments(task: Path) -> None:
    path = task.parent / "task.yaml"
    path.write_text(
        "family: shop  # the shop\nrequiresCompatibilities: [FARGATE]\nnetworkMode: awsvpc\n"
        "cpu: 256\nmemory: '512'\ncontainerDefinitions:\n  - name: web\n    image: a.b/web:1.4.2\n"
        "    stopTimeout: 300  # long\n"
    )
    assert main([*CHECK, "--fix", "task.yaml"]) == 0
    assert 'cpu: "256"\n' in path.read_text()
    assert "    stopTimeout: 120  # long\n" in path.read_text()


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(
    indent=st.sampled_from([None, 1, 2, 4, "\t"]),
    noise=st.integers(0, 400),
    word=st.sampled_from(['"', ",", "}", "]", ":", "//", "\n", "x"]),
)
def test_fixing_a_broken_file_ends_and_fixing_it_again_changes_nothing(
    tmp_path: Path, indent: Any, noise: int, word: str
) -> None:
    broken = json.dumps(json.loads(FAULTY), indent=indent)
    path = tmp_path / "task.json"
    path.write_text(broken[:noise] + word + broken[noise:])
    main([*CHECK, "--fix", "--unsafe-fixes", "-q", str(path)])
    once = path.read_bytes()
    main([*CHECK, "--fix", "--unsafe-fixes", "-q", str(path)])
    assert path.read_bytes() == once
    assert b"**" not in once
