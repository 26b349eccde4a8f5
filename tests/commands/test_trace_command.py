from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.cli import main
from tests import build

if TYPE_CHECKING:
    from collections.abc import Callable

    Trace = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("plain")

ROOT = Path(__file__).parent.parent.parent
TASK_ID = "8f3c0b6f4a6d4a0d9d0c2b7f3a1e5c11"
ARN = f"arn:aws:ecs:us-east-1:111122223333:task/prod/{TASK_ID}"
KNOWN = ("--set", "cluster=prod", f"task-arn={ARN}", "task-definition=shop:7")
AT = ("--time", "1700000000.25")

STORY = f"""\
web logs at 2023-11-14 22:13:20.25 UTC, tag web-firelens-{TASK_ID}
    container_id    "{TASK_ID}-1234567890"
    container_name  "web"
    source          "stdout"
    log             "hello"

record_modifier.0  Record pid 1
  + pid  "1"

record_modifier.1  Record ecs_cluster prod, Record ecs_task_arn arn:aws:ecs:us-…
  + ecs_cluster          "prod"
  + ecs_task_arn         "{ARN}"
  + ecs_task_definition  "shop:7"

-> syslog.0  127.0.0.1:1514 tcp, 78 bytes
    <14>Nov 14 22:13:20 {TASK_ID}-1234567890 web[1]: hello\\n
"""

ROUTER: dict[str, Any] = {
    "name": "log_router",
    "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.9",
    "firelensConfiguration": {
        "type": "fluentbit",
        "options": {
            "enable-ecs-log-metadata": "false",
            "config-file-type": "file",
            "config-file-value": "/extra.conf",
        },
    },
}


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def trace(capsys: pytest.CaptureFixture[str]) -> Trace:
    """Run the command: exit status, standard output, standard error."""

    def _run(*arguments: str) -> tuple[int, str, str]:
        status = main(["trace", *arguments])
        return status, *capsys.readouterr()

    return _run


@pytest.fixture
def extra(tmp_path: Path) -> Callable[..., tuple[str, ...]]:
    """Write a task with containers `web` and `jobs` whose router includes this configuration."""

    def _write(configuration: str, *, environment: str = "", **options: str) -> tuple[str, ...]:
        def app(name: str) -> dict[str, Any]:
            log = {"logDriver": "awsfirelens", "options": options if name == "web" else {}}
            return {"name": name, "image": "app:1", "logConfiguration": log}

        variables = [{"name": "DB_PASSWORD", "value": environment}]
        router = {**ROUTER, "environment": variables}
        containers = [app("web"), app("jobs"), router, {"name": "other", "image": "app:1"}]
        task = tmp_path / "task.json"
        task.write_text(json.dumps(build.task(*containers)))
        conf = tmp_path / "extra.conf"
        conf.write_text(configuration)
        return (str(task), "--include", f"/extra.conf={conf}", *AT)

    return _write


def test_a_line_on_its_way_to_the_agent(trace: Trace) -> None:
    given = ("fixtures/ok/mdr.json", "--container", "web", "--log", "hello", *AT, *KNOWN)
    assert trace(*given) == (0, STORY, "")


def test_the_same_for_programs(trace: Trace) -> None:
    given = ("fixtures/ok/cloudwatch.json", "--log", "hello", *AT, *KNOWN, "--format", "json")
    status, text, _ = trace(*given)
    line = f"<14>Nov 14 22:13:20 {TASK_ID}-1234567890 web[1]: hello\n"
    tag = f"web-firelens-{TASK_ID}"
    sent = {
        "container_id": f"{TASK_ID}-1234567890",
        "container_name": "web",
        "source": "stdout",
        "log": "hello",
    }
    whole = {
        **sent,
        "pid": "1",
        "ecs_cluster": "prod",
        "ecs_task_arn": ARN,
        "ecs_task_definition": "shop:7",
    }
    assert status == 0
    assert json.loads(text) == {
        "version": 1,
        "tag": tag,
        "record": sent,
        "steps": [
            {"section": "record_modifier.0", "tag": tag, "record": {**sent, "pid": "1"}},
            {"section": "record_modifier.1", "tag": tag, "record": whole},
        ],
        "deliveries": [
            {
                "output": "syslog.0",
                "tag": tag,
                "bytes": base64.b64encode(line.encode()).decode(),
                "text": line,
            },
            {"output": "cloudwatch.2", "tag": tag, "record": whole},
        ],
        "notes": [],
        "error": None,
    }


def test_what_only_a_running_task_knows_is_made_up_and_said(trace: Trace) -> None:
    _, text, _ = trace("fixtures/ok/mdr.json", "--log", "hello", *AT)
    assert '    container_id    "0123456789abcdef0123456789abcdef-1234567890"\n' in text
    assert '  + ecs_cluster          "<cluster>"\n' in text
    assert text.endswith(
        "\nnote: ids and names are made up "
        "(--set cluster=… task-arn=… task-definition=…)\n"
    )  # fmt: skip


def test_a_record_of_ones_own(trace: Trace) -> None:
    record = '{"container_name": "web", "log": "<b>\\u001b[31m", "log": 2}'
    _, text, _ = trace("fixtures/ok/mdr.json", "--record", record, *AT, *KNOWN)
    assert text.splitlines()[1:4] == [
        '    container_name  "web"',
        '    log             "<b>\\u001b[31m"',
        "    log             2",
    ]
    assert (
        "    <14>Nov 14 22:13:20 web[1]: <b>\\x1b[31m\\n\n"
        "    note: the line has no host: a receiver may take `web:` for it\n"
    ) in text


def test_lines_that_are_cut_or_split_are_told(trace: Trace) -> None:
    _, text, _ = trace("fixtures/ok/mdr.json", "--log", "one\ntwo", *AT, *KNOWN)
    assert "\n    note: split: the receiver reads 2 lines, for the message has line feeds\n" in text
    assert text.endswith("note: a log driver sends each line as a record of its own\n")
    _, text, _ = trace("fixtures/ok/mdr.json", "--log", "x" * 790_000, *AT, *KNOWN)
    assert "\n    note: cut: 786432 of 790072 bytes are sent (Syslog_Maxsize)\n" in text
    assert (
        "note: a log driver splits a line of 790000 bytes into 49 records, each with "
        "`partial_message`\n"
    ) in text


CONFIGURATION = """\
[SERVICE]
    Parsers_File /parsers.conf
[FILTER]
    Name parser
    Match web-*
    Key_Name log
    Parser j
    Reserve_Data on
[FILTER]
    Name rewrite_tag
    Match web-*
    Rule $level error errors false
[FILTER]
    Name grep
    Match jobs-*
    Exclude log noise
[OUTPUT]
    Name null
    Match errors
"""


def test_filters_parsers_and_tags_of_included_files(
    trace: Trace, extra: Callable[..., tuple[str, ...]], tmp_path: Path
) -> None:
    given = extra(CONFIGURATION, Name="stdout")
    (tmp_path / "parsers.conf").write_text("[PARSER]\n    Name j\n    Format json\n")
    parsers = ("--include", f"/parsers.conf={tmp_path / 'parsers.conf'}")
    log = '{"level": "error"}'
    status, text, _ = trace(*given, *parsers, *KNOWN, "--container", "web", "--log", log)
    assert status == 0
    assert text.partition("\n\n")[2] == (
        "parser.0  Key_Name log, Parser j, Reserve_Data on\n"
        '  - log  "{\\"level\\": \\"error\\"}"\n'
        '  + level  "error"\n'
        "\n"
        "rewrite_tag.1  Rule $level error errors false\n"
        "    ends here\n"
        "    note: sent on as `errors`\n"
        "\n"
        "-> null.0  tag errors, thrown away\n"
        f'    {{"level": "error", "container_id": "{TASK_ID}-1234567890", "container_name": "web", '
        '"source": "stdout"}\n'
    )
    _, text, _ = trace(*given, *KNOWN, "--container", "web", "--log", log)
    assert (
        "parser.0  Key_Name log, Parser j, Reserve_Data on\n"
        "    not simulated\n"
        "    note: parser `j` is not known: what follows takes it that the record stays as it is\n"
    ) in text
    _, text, _ = trace(*given, *KNOWN, "--container", "jobs", "--log", "noise")
    assert text.endswith("\ngrep.2  Exclude log noise\n    dropped\n")
    _, text, _ = trace(*given, *KNOWN, "--container", "jobs", "--log", "news")
    assert text.endswith(
        "\ngrep.2  Exclude log noise\n"
        "    no change\n"
        "\n"
        f"note: no output takes `jobs-firelens-{TASK_ID}`: the record is lost\n"
    )


def test_what_an_include_holds_that_is_not_given_is_not_known(
    trace: Trace, extra: Callable[..., tuple[str, ...]]
) -> None:
    path, *_ = extra("", Name="stdout")
    _, text, _ = trace(path, "--container", "web", "--log", "x", *AT, *KNOWN)
    assert text.endswith(
        "note: not known: what `/extra.conf` holds (--include /extra.conf=FILE)\n"
    )  # fmt: skip


def test_a_terminal_gets_colours(trace: Trace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    _, text, _ = trace("fixtures/ok/mdr.json", "--log", "hello", *AT, *KNOWN)
    assert text.startswith("\x1b[1mweb\x1b[0m logs at ")
    assert '  \x1b[1;92m+\x1b[0m \x1b[1;96mpid\x1b[0m  "1"\n' in text


def test_secrets_of_the_task_are_masked_in_all_that_is_shown(
    trace: Trace, extra: Callable[..., tuple[str, ...]]
) -> None:
    configuration = (
        "[FILTER]\n    Name record_modifier\n    Match *\n    Record auth ${DB_PASSWORD}\n"
        "[OUTPUT]\n    Name syslog\n    Match *\n    Syslog_Message_Key auth\n    Mode tcp\n"
    )
    given = extra(configuration, environment="tr0ub4dor", Name="stdout")
    for format_ in ("text", "json"):
        _, text, _ = trace(*given, "--container", "web", "--log", "a", "--format", format_)
        assert "tr0ub4dor" not in text
        assert "*********" in text
    delivery = json.loads(text)["deliveries"][0]
    assert base64.b64decode(delivery["bytes"]).decode() == delivery["text"]
    assert delivery["text"].endswith("\ufeff*********\n")
    _, text, _ = trace(*given, "--container", "web", "--log", "a", "--unmasked")
    assert '  + auth  "tr0ub4dor"\n' in text


@pytest.mark.parametrize(
    ("file", "container", "said"),
    [
        (
            "err/launcher-missing-double-dash.json",
            "web",
            "the launcher stops: `-F` is for Fluent Bit, but no `--` stands before it",
        ),
        (
            "err/go-plugin-without-e.json",
            "web",
            (
                "Fluent Bit stops: [config] section 'cloudwatch' tried to instance a plugin name "
                "that don't exists"
            ),
        ),
        (
            "ok/mdr.json",
            "al-agent",
            "`al-agent` has no log driver: its logs never reach the router",
        ),
        ("ok/plain.json", "web", "there is no log router for `web` to log to"),
    ],
)
def test_nothing_is_delivered_where_the_launch_ends_before(
    trace: Trace, file: str, container: str, said: str
) -> None:
    given = (f"fixtures/{file}", "--container", container, "--log", "x", *AT)
    status, text, error = trace(*given)
    assert status == 1
    assert text.endswith(f"\nnote: {said}: nothing is delivered\n")
    assert error.startswith(f"error: {said}\n")
    found = json.loads(trace(*given, "--format", "json")[1])
    assert (found["error"], found["steps"], found["deliveries"]) == (said, [], [])


def test_records_are_lost_where_nothing_listens(
    trace: Trace, tmp_path: Path, extra: Callable[..., tuple[str, ...]]
) -> None:
    path, *_ = extra("", Name="stdout")
    task = json.loads(Path(path).read_text())
    task["containerDefinitions"][2]["command"] = [
        "/fluent-bit/bin/fluent-bit", "-i", "cpu", "-o", "stdout", "-m", "*",
    ]  # fmt: skip
    (tmp_path / "task.json").write_text(json.dumps(task))
    status, text, _ = trace(path, "--container", "web", "--log", "x", *AT, *KNOWN)
    assert status == 0
    assert text.endswith("note: no input takes what the log driver sends: the record is lost\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fixtures/ok/mdr.json", "--log", "x", "--container", "shop"], "there are `web`, `al-ag"),
        (["fixtures/ok/mdr.json", "--log", "x", "--time", "now"], "`now` is no Unix time"),
        (["fixtures/ok/mdr.json", "--record", "[1]"], "a record is a JSON object"),
        (["fixtures/ok/mdr.json", "--record", '{"a":' * 600 + "1" + "}" * 600], "too deeply"),
        (["fixtures/ok/mdr.json", "--record", "{"], "`--record` is no record"),
    ],
)
def test_wrong_arguments(trace: Trace, arguments: list[str], said: str) -> None:
    status, text, error = trace(*arguments)
    assert (status, text) == (2, "")
    assert said in error


def test_one_of_several_containers_must_be_named(
    trace: Trace, extra: Callable[..., tuple[str, ...]]
) -> None:
    status, _, error = trace(*extra("", Name="stdout"), "--log", "x")
    assert (status, error) == (
        2,
        (
            "error: several containers log to FireLens\n"
            "  help: name one with --container: `web`, `jobs`\n"
        ),
    )


def test_a_task_in_which_none_logs_to_firelens(trace: Trace) -> None:
    assert trace("fixtures/ok/plain.json", "--log", "x") == (
        1,
        "",
        "error: no container logs to FireLens: none has the log driver `awsfirelens`\n",
    )
