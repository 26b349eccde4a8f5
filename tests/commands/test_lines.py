"""What a terminal and the runner of a pipeline would obey, in every place of what is given."""

from __future__ import annotations

import json
import os
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fargate_lint.cli import main
from fargate_lint.report.findings import FORMATS
from fargate_lint.report.findings.diff import clean
from fargate_lint.report.terminal import UNSEEN
from fargate_lint.testing import base

if TYPE_CHECKING:
    from collections.abc import Callable

COMMAND = "::error::x"
#: Long enough to be broken into lines, behind each of which a command would begin.
LONG = " ".join([COMMAND] * 12)
LINES = f"{LONG}\n{LONG}\r{COMMAND}\x85{COMMAND}\u2028{COMMAND}\r\n\t{COMMAND} \x1b[31m\x9b\u202e"
#: Line ends and tabs are the formats' own.
OBEYED = re.compile(UNSEEN.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f"))
PAINT = re.compile(r"\x1b\[[0-9;]*m")
#: What is GitHub's own format, and the arrow between places, which isn't a command.
OURS = re.compile(r"::(?:error|warning|notice) (?:file|title)=|::: ")

OTHERS = {"image", "condition", "value", "valueFrom", "executionRoleArn", "taskRoleArn", "team"}
#: Which strings of a definition have the text behind them.
PLACES: dict[str, Callable[[tuple[Any, ...]], bool]] = {
    "nowhere": lambda _: False,
    "names": lambda path: path[-1] in {"family", "name", "containerName", "sourceContainer"},
    "options": lambda path: "options" in path,
    "words": lambda path: "command" in path and path[-1] not in {0, 3},
    "last words": lambda path: "command" in path and path[-1] in {1, 4, 9, 11, 13, 15, 17},
    "others": lambda path: path[-1] in OTHERS,
    "everywhere": lambda _: True,
}
MORE = {
    "environment": [{"name": "TOKEN", "value": "x"}],
    "secrets": [{"name": "KEY", "valueFrom": "arn:aws:ssm:us-east-1:1:parameter/x"}],
    "dockerLabels": {"team": "x"},
}
#: Where a text that is nothing but a command may begin a line.
SHORT = ("names", "others", "words", "last words")

RECORD = json.dumps({LONG: LINES, LINES: {LONG: LINES}, "log": LINES})
TICKET = ["--logs", "router.log", "--tasks", "tasks.json"]
REASON = ["--reason", LINES, "--exit-code", "1", "--container", COMMAND]
RUNS: list[list[str]] = [
    *(["check", "--min-severity", "info", "--output-format", name] for name in FORMATS),
    ["check", "--output-format", "text", "--statistics"],
    ["check", "--diff", "--unsafe-fixes"],
    ["check", "--show-files"],
    ["check", "--show-settings"],
    ["check", "--verbose"],
    ["check", "--service", "tasks.json"],
    ["baseline", "--output", "base.json"],
    *(["render", "--origins", "--stage", stage]
      for stage in ("order", "firelens", "launcher", "final", "argv", "pipeline")),
    *(["render", "--stage", "final", "--format", "conf", "--include", f"/{name}=extra.conf"]
      for name in ("extra.conf", COMMAND)),
    *(["render", "--format", name] for name in ("json", "mermaid", "dot")),
    ["render", "--stage", "order", "--format", "mermaid"],
    *(["render", option, LINES] for option in ("--set", "--include", "--task", "--fluent-bit")),
    *(["trace", "--time", "1", "--format", name, option, text, "--container", "NAME"]
      for name in ("text", "json") for option, text in (("--log", LINES), ("--record", RECORD))),
    ["trace", "--log", "x", "--container", LINES],
    *(["permissions", "--format", name] for name in ("text", "json")),
    *(["explain", "--format", name, *more]
      for name in ("text", "markdown", "json", "html") for more in (TICKET, REASON)),
    ["explain", "--anonymize", *TICKET],
    ["bundle", "--output", "ticket.zip", *TICKET],
]  # fmt: skip


def poisoned(value: Any, chosen: Callable[[tuple[Any, ...]], bool], text: str) -> Any:
    """The value with a text behind each of its strings whose path is chosen."""

    def walk(value: Any, path: tuple[Any, ...]) -> Any:
        if isinstance(value, dict):
            return {key: walk(item, (*path, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [walk(item, (*path, index)) for index, item in enumerate(value)]
        if not isinstance(value, str) or not chosen(path):
            return value
        # A name that is nothing but a command begins the lines that begin with names.
        return text if text == COMMAND else value + text

    return walk(value, ())


def definitions() -> list[Any]:
    found = []
    for name, place, text in (
        *(("agent", place, LINES) for place in PLACES),
        *(("agent", place, COMMAND) for place in SHORT),
        *(("cloudwatch", place, LINES) for place in ("names", "options")),
    ):
        task = base(name)
        for container in task["containerDefinitions"]:
            container.update(MORE)
        if place == "options":
            task["containerDefinitions"][0].setdefault("logConfiguration", {})["options"] = {
                "Name": "http", "Match": "*", text: "x", "Uri": f"/{text}",
            }  # fmt: skip
        found.append(poisoned(task, PLACES[place], text))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Definitions, one of them under the name of a command, with a log and what ECS says."""
    made = tmp_path_factory.mktemp("lines")
    for index, task in enumerate(definitions()):
        (made / f"{index}.json").write_text(json.dumps(task))
    lines = (
        f"[2026/01/01 00:00:00] [error] [output:syslog:syslog.0] {LINES}",
        f"[2026/01/01 00:00:00] [error] [config] syslog: unknown configuration property '{LONG}'",
        LINES,
        "[2026/01/01 00:00:00] [engine] caught signal (SIGTERM)",
    )
    (made / "router.log").write_bytes("\n".join(lines).encode())
    states = [{"name": COMMAND, "exitCode": 1, "reason": LINES}, {"name": LINES, "exitCode": 137}]
    state = {"stoppedReason": LINES, "containers": states, "taskDefinitionArn": LINES}
    (made / "tasks.json").write_text(json.dumps({"tasks": [state]}))
    (made / "extra.conf").write_text(f"[OUTPUT]\n    Name {LONG}\n    {LONG} x\n# {LINES}\n")
    if os.name == "posix":
        (made / f"{COMMAND}.json").write_bytes((made / "7.json").read_bytes())
    return made


def words_for(words: list[str], file: str) -> list[str]:
    containers = json.loads(Path(file).read_text())["containerDefinitions"]
    names = [
        one["name"]
        for one in containers
        if one.get("logConfiguration", {}).get("logDriver", "").startswith("awsfirelens")
    ]
    return [(names or [containers[0]["name"]])[0] if word == "NAME" else word for word in words]


@pytest.mark.parametrize(
    ("words", "colour"),
    [
        pytest.param(words, colour, id=f"{' '.join(words)[:50].split('::')[0]} {colour}")
        for words in RUNS
        for colour in ("0", "1" * (not {"json", "jsonl", "sarif", "html"} & {*words}))
        if colour
    ],
)
def test_no_line_is_a_command_to_a_terminal_or_a_runner(
    words: list[str],
    colour: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("FORCE_COLOR", colour)
    # Fewer lines begin with a colour.
    monkeypatch.setenv("NO_COLOR", "1")
    for file in sorted(str(path.name) for path in folder.glob("*.json")):
        if not file.startswith(("tasks", "base")):
            obeyed(words_for(words, file), file, capsys)


def obeyed(words: list[str], file: str, capsys: pytest.CaptureFixture[str]) -> int:
    """The exit status, once it is certain that nothing of the output is a command."""
    try:
        status = main([*words, file] if file else words)
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else -1
    assert status in {0, 1, 2, 3}
    for text in capsys.readouterr():
        # Markdown has joiners of its own in what GitHub would take for a reference.
        unpainted = PAINT.sub("", text.replace("\r\n", "\n").replace("\u2060", ""))
        found = OBEYED.search(unpainted)
        assert found is None, (file, unpainted[: found.end()][-80:])
        for line in map(str.strip, text.splitlines()):
            assert not line.startswith("::") or OURS.match(line), (file, line[:80])
    return status


@pytest.mark.usefixtures("capsys")
@given(
    st.lists(st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(LINES))))
)
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_copies_in_a_bundle_have_no_control_characters(tmp_path: Path, texts: list[str]) -> None:
    """Those of a log, of a definition and of a configuration; masked.txt says where there were."""
    before = "\n".join(texts)
    files = {
        "a.log": f"[2026/01/01 00:00:00] [engine] caught signal (SIGTERM)\n{before}",
        "b.json": json.dumps(poisoned(base("plain"), PLACES["others"], before), ensure_ascii=False),
        "c.conf": f"[OUTPUT]\n    Name null\n# {before}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_bytes(text.encode())
    target = tmp_path / "ticket.zip"
    assert main(["bundle", "-o", str(target), *(str(tmp_path / name) for name in files)]) == 0
    with zipfile.ZipFile(target) as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()}
    for name, text in held.items():
        found = OBEYED.search(text.replace("\u2060", "").replace("\r\n", "\n"))
        assert found is None, (name, text[: found.end()][-80:])
    written = [
        number
        for number, line in enumerate(files["a.log"].split("\n"), 1)
        if clean(line.rstrip("\r")) != line.rstrip("\r")
    ]
    for number in written:
        assert f"a.log:{number}: control characters written out\n" in held["masked.txt"]


@pytest.mark.parametrize("colour", ["0", "1"])
@pytest.mark.parametrize(
    "words",
    [
        ["rules"],
        ["rules", "--format", "json"],
        ["rules", "--test", "fargate-lint.toml"],
        ["explain", "ACME101"],
        ["check", "--show-settings"],
        *(["check", "--verbose", "--output-format", name] for name in FORMATS),
    ],
    ids=" ".join,
)
def test_a_configuration_gives_no_commands(
    words: list[str],
    colour: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORCE_COLOR", colour)
    # Fewer lines begin with a colour.
    monkeypatch.setenv("NO_COLOR", "1")
    text = json.dumps(f"x {LINES}")
    Path("fargate-lint.toml").write_text(
        f"exclude = [{text}]\n[[rule]]\ncode = 'ACME101'\nname = 'acme'\n"
        f"select = '$.family'\nmust-match = {text.replace('[', '.')}\nmessage = {text}\n"
        f"help = {text}\nwhy = {text}\nbad = {json.dumps(json.dumps({'family': 'a'}))}\n"
        f"good = {text}\n[[ignore]]\nrule = 'ECS'\nfile = {text}\nreason = {text}\n"
    )
    Path("task.json").write_text(json.dumps(base("agent")))
    assert obeyed(words, "." if words[0] == "check" else "", capsys) != 2


@pytest.mark.parametrize(
    "words", [[LINES], ["check", f"--x\n{COMMAND}"], ["render", "--stage", LINES]]
)
def test_wrong_arguments_are_no_commands(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(words)
    text = capsys.readouterr().err
    assert OBEYED.search(text) is None
    assert not any(line.strip().startswith("::") for line in text.splitlines())
