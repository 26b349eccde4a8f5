from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.cli import main
from tests import build

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("plain")

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "tests" / "data" / "firelens"
TASK_ID = "8f3c0b6f4a6d4a0d9d0c2b7f3a1e5c11"
ARN = f"arn:aws:ecs:us-east-1:111122223333:task/prod/{TASK_ID}"
KNOWN = ("--set", "cluster=prod", f"task-arn={ARN}", "task-definition=shop:7")

ROUTER: dict[str, Any] = {
    "name": "log_router",
    "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3",
    "firelensConfiguration": {"type": "fluentbit", "options": {"enable-ecs-log-metadata": "false"}},
}

FINAL = """\
# Fluent Bit 1.9.10 is started with
#   /fluent-bit/bin/fluent-bit -c /var/alertlogic/lib/fluent-bit/fluent-bit.conf \\
#     -F record_modifier -m '*' -p 'Record=pid 1' \\
#     -o syslog -m '*' -p Mode=tcp -p Host=127.0.0.1 -p Port=1514 -p Retry_Limit=False \\
#       -p Syslog_Format=rfc3164 -p Syslog_Maxsize=786432 -p Syslog_Hostname_Key=container_id \\
#       -p Syslog_Appname_Key=container_name -p Syslog_Procid_Key=pid \\
#       -p Syslog_Message_Key=log

[INPUT]
    Name forward
    Mem_Buf_Limit 50M
    unix_path /var/run/fluent.sock

[INPUT]
    Name forward
    Listen 127.0.0.1
    Port 24224
    Mem_Buf_Limit 50M

[INPUT]
    Name tcp
    Tag firelens-healthcheck
    Listen 127.0.0.1
    Port 8877
    Mem_Buf_Limit 50M

[FILTER]
    Name record_modifier
    Match *
    # not known: the cluster's name (--set cluster=NAME)
    Record ecs_cluster <cluster>
    # not known: the task's ARN (--set task-arn=ARN)
    Record ecs_task_arn <task-arn>
    # not known: the revision (--set task-definition=FAMILY:REVISION)
    Record ecs_task_definition shop:<revision>

[OUTPUT]
    Name null
    Match firelens-healthcheck

[SERVICE]
    Scheduler.Cap 60
"""

GRAPH = f"""\
flowchart LR
    c0_0["web"]
    t0_0(["web-firelens-{TASK_ID}"])
    f0_0{{{{"record_modifier.0"}}}}
    f0_1{{{{"record_modifier.1"}}}}
    o0[("syslog.0<br>127.0.0.1:1514 tcp")]
    o2[("cloudwatch.2<br>/shop/web")]
    c1_0[/"tcp.2<br>127.0.0.1:8877"/]
    t1_0(["firelens-healthcheck"])
    f1_0{{{{"record_modifier.0"}}}}
    f1_1{{{{"record_modifier.1"}}}}
    o1[("null.1")]
    c0_0 --> t0_0
    t0_0 --> f0_0
    f0_0 --> f0_1
    f0_1 --> o0
    f0_1 --> o2
    c1_0 --> t1_0
    t1_0 --> f1_0
    f1_0 --> f1_1
    f1_1 --> o0
    f1_1 --> o1
"""

DOT = """\
digraph pipeline {
    rankdir=LR;
    c0_0 [label="web", shape=box];
    t0_0 [label="web-firelens-<task-id>", shape=ellipse];
    o0 [label="stdout.0", shape=cylinder];
    c1_0 [label="job\\"s", shape=box];
    t1_0 [label="job\\"s-firelens-<task-id>", shape=ellipse];
    lost [label="lost", shape=circle, color=red];
    c2_0 [label="tcp.2\\n127.0.0.1:8877", shape=parallelogram];
    t2_0 [label="firelens-healthcheck", shape=ellipse];
    o1 [label="null.1", shape=cylinder];
    o2 [label="es.2\\nnowhere", shape=cylinder, style=dashed];
    c0_0 -> t0_0;
    t0_0 -> o0;
    c1_0 -> t1_0;
    t1_0 -> lost;
    c2_0 -> t2_0;
    t2_0 -> o1;
}
"""

TREE = """\
Fluent Bit 1.9.10
├── web  web-firelens-8f3c0b6f4a6d4a0d9d0c2b7f3a1e5c11
│   ├── filter record_modifier.0  Record pid 1
│   ├── filter record_modifier.1  Record ecs_cluster prod, Record ecs_task_arn
│   │   arn:aws:ecs:us-east-1:111122223333:task/prod/8f3c0b6f4a6d4a0d9d0c2b7f3a1e5c11, Record
│   │   ecs_task_definition shop:7
│   └── output syslog.0  127.0.0.1:1514 tcp
└── tcp.2  127.0.0.1:8877  firelens-healthcheck
    ├── filter record_modifier.0  Record pid 1
    ├── filter record_modifier.1  Record ecs_cluster prod, Record ecs_task_arn
    │   arn:aws:ecs:us-east-1:111122223333:task/prod/8f3c0b6f4a6d4a0d9d0c2b7f3a1e5c11, Record
    │   ecs_task_definition shop:7
    ├── output syslog.0  127.0.0.1:1514 tcp
    └── output null.1
"""

PIPELINE = """\
# web -> parser.0 -> rewrite_tag.1 -> stdout.3
# tcp.2 -> parser.0 -> null.2
# rewrite_tag.1 -> parser.0 -> datadog.0
# nothing reaches splunk.1
"""


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def render(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command: exit status, standard output, standard error."""

    def _run(*arguments: str) -> tuple[int, str, str]:
        status = main(["render", *arguments])
        return status, *capsys.readouterr()

    return _run


@pytest.fixture
def task(tmp_path: Path) -> Callable[..., str]:
    """Write a task definition of a router and other containers; its path."""

    def _write(*containers: dict[str, Any], **router: Any) -> str:
        path = tmp_path / "task.json"
        path.write_text(json.dumps(build.task(*containers, {**ROUTER, **router})))
        return str(path)

    return _write


def app(name: str, **options: str) -> dict[str, Any]:
    return {
        "name": name,
        "image": "app:1",
        "logConfiguration": {"logDriver": "awsfirelens", "options": options},
    }


def test_the_final_configuration_and_the_command_of_the_recommended_task(
    render: Callable[..., tuple[int, str, str]],
) -> None:
    assert render("fixtures/ok/mdr.json") == (0, FINAL, "")


def test_what_is_set_is_no_gap(render: Callable[..., tuple[int, str, str]]) -> None:
    _, text, _ = render("fixtures/ok/mdr.json", *KNOWN)
    told = re.sub(r" +# not known: .*\n", "", FINAL)
    values = {"<cluster>": "prod", "<task-arn>": ARN, "<revision>": "7"}
    assert text == re.sub("<.*?>", lambda mark: values[mark[0]], told)


def test_the_file_may_stand_behind_what_is_set(
    render: Callable[..., tuple[int, str, str]],
) -> None:
    before = render(*KNOWN, "fixtures/ok/mdr.json")
    assert before == render("fixtures/ok/mdr.json", *KNOWN)


def test_unmasked_is_exactly_the_file(render: Callable[..., tuple[int, str, str]]) -> None:
    _, text, _ = render("fixtures/ok/mdr.json", *KNOWN)
    _, exact, _ = render("fixtures/ok/mdr.json", *KNOWN, "--unmasked")
    assert exact == "".join(line for line in text.splitlines(keepends=True) if line[0] != "#")


def test_the_argv_alone(render: Callable[..., tuple[int, str, str]]) -> None:
    assert render("fixtures/ok/firelens.json", "--stage", "argv") == (
        0,
        (
            "/fluent-bit/bin/fluent-bit \\\n"
            "  -e /fluent-bit/firehose.so \\\n"
            "  -e /fluent-bit/cloudwatch.so \\\n"
            "  -e /fluent-bit/kinesis.so \\\n"
            "  -c /fluent-bit/etc/fluent-bit.conf\n"
        ),
        "",
    )


def test_each_line_tells_its_origin_when_asked(
    render: Callable[..., tuple[int, str, str]],
) -> None:
    _, text, _ = render("fixtures/ok/mdr.json", *KNOWN, "--origins", "--stage", "launcher")
    assert text.startswith(
        "\n"
        "# from fixtures/ok/mdr.json:32 /containerDefinitions/2/firelensConfiguration\n"
        "[INPUT]\n"
        "    Name forward\n"
        "    # from fixtures/ok/mdr.json:42 /containerDefinitions/2/command/5\n"
        "    Mem_Buf_Limit 50M\n"
        "    # from fixtures/ok/mdr.json:32 /containerDefinitions/2/firelensConfiguration\n"
        "    unix_path /var/run/fluent.sock\n"
        "\n"
    )
    assert text.endswith(
        "# from fixtures/ok/mdr.json:41 /containerDefinitions/2/command/1\n"
        "[SERVICE]\n"
        "    # from fixtures/ok/mdr.json:41 /containerDefinitions/2/command/2\n"
        "    Scheduler.Cap 60\n"
    )


def test_the_pipeline_as_a_mermaid_graph(render: Callable[..., tuple[int, str, str]]) -> None:
    found = render("fixtures/ok/cloudwatch.json", *KNOWN, "--format", "mermaid")
    assert found == (0, GRAPH, "")


def test_outputs_that_nothing_reaches_are_dashed(
    render: Callable[..., tuple[int, str, str]], task: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "x.conf").write_text("[OUTPUT]\n    Name es\n    Match never\n    Host nowhere\n")
    path = task(
        app("web"),
        app('job"s'),
        command=["/fluent-bit/bin/fluent-bit", "-o", "stdout", "-m", "web-*", "-c", "/all.conf"],
    )
    (tmp_path / "all.conf").write_text(
        "[INPUT]\n    Name forward\n    unix_path /var/run/fluent.sock\n[INPUT]\n    Name forward\n"
        "[INPUT]\n    Name tcp\n    Tag firelens-healthcheck\n    Listen 127.0.0.1\n    Port 8877\n"
        "[OUTPUT]\n    Name null\n    Match firelens-healthcheck\n@INCLUDE /x.conf\n"
    )
    includes = [f"/all.conf={tmp_path / 'all.conf'}", f"/x.conf={tmp_path / 'x.conf'}"]
    assert render(path, "--format", "dot", "--include", *includes) == (0, DOT, "")
    _, graph, _ = render(path, "--format", "mermaid", "--include", *includes)
    assert '    c1_0["job#quot;s"]\n' in graph
    assert "    style o2 stroke-dasharray: 5 5\n" in graph
    # What a file may hold that isn't given could reach it.
    _, graph, _ = render(path, "--format", "mermaid", "--include", includes[0])
    assert "o2" not in graph
    assert '>"not known: what /x.conf holds"]' in graph


def test_a_terminal_gets_colours_and_the_tree_of_routes(
    render: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("fargate_lint.report.terminal.WIDTH", 96)
    _, text, _ = render("fixtures/ok/mdr.json", *KNOWN)
    lines = [line.rstrip() for line in _stripped(text).splitlines()]
    assert "\n".join(lines).endswith(f"    Scheduler.Cap 60\n\n{TREE.rstrip()}")
    monkeypatch.delenv("NO_COLOR")
    _, text, _ = render("fixtures/ok/mdr.json")
    assert "\x1b[1;94m[INPUT]\x1b[0m\n    \x1b[96mName\x1b[0m forward\n" in text
    # A format that is named is what a pipe gets.
    assert render("fixtures/ok/mdr.json", "--format", "conf")[1] == FINAL


def _stripped(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_json_holds_all_stages(render: Callable[..., tuple[int, str, str]]) -> None:
    status, text, _ = render("fixtures/ok/cloudwatch.json", *KNOWN, "--format", "json")
    found = json.loads(text)
    assert status == 0
    assert found["version"] == 1
    assert set(found) == {"version", "task", "firelens", "launcher", "final", "pipeline"}
    exact = render("fixtures/ok/cloudwatch.json", *KNOWN, "--unmasked", "--stage", "firelens")[1]
    assert found["firelens"]["text"] == exact
    assert found["firelens"]["sections"][5] == {
        "name": "OUTPUT",
        "entries": [
            _entry("Name", "cloudwatch", 23, "0/logConfiguration/options/Name"),
            _entry("Match", "web-firelens*", 20, "0/logConfiguration"),
            _entry("auto_create_group", "true", 24, "0/logConfiguration/options/auto_create_group"),
            _entry("log_group_name", "/shop/web", 25, "0/logConfiguration/options/log_group_name"),
            _entry("log_key", "log", 28, "0/logConfiguration/options/log_key"),
            _entry("log_stream_prefix", "web/", 27, "0/logConfiguration/options/log_stream_prefix"),
            _entry("region", "us-east-1", 26, "0/logConfiguration/options/region"),
        ],
    }
    assert found["launcher"]["arguments"]["service"] == [["Scheduler.Cap", "60"]]
    assert found["launcher"]["argv"] == found["final"]["argv"]
    assert found["final"]["argv"][:5] == [
        "/fluent-bit/bin/fluent-bit", "-c", "/var/alertlogic/lib/fluent-bit/fluent-bit.conf",
        "-e", "/fluent-bit/cloudwatch.so",
    ]  # fmt: skip
    assert found["final"]["text"] == found["launcher"]["text"]
    assert found["final"]["sections"][-1]["name"] == "SERVICE"
    assert [found[stage]["error"] for stage in ("firelens", "launcher", "final")] == [None] * 3
    assert [found[stage]["unknown"] for stage in ("firelens", "launcher", "final")] == [[]] * 3
    pipeline = found["pipeline"]
    assert pipeline["fluent_bit"] == "1.9.10"
    assert pipeline["service"] == {
        "name": "SERVICE",
        "entries": [_entry("Scheduler.Cap", "60", 50, "2/command/2")],
    }
    assert [one["instance"] for one in pipeline["inputs"]] == ["forward.0", "forward.1", "tcp.2"]
    assert [one["instance"] for one in pipeline["outputs"]] == [
        "syslog.0", "null.1", "cloudwatch.2",
    ]  # fmt: skip
    assert pipeline["outputs"][0]["entries"][2] == _entry("Mode", "tcp", 59, "2/command/20")
    assert pipeline["routes"] == [
        {
            "container": "web",
            "tag": f"web-firelens-{TASK_ID}",
            "filters": ["record_modifier.0", "record_modifier.1"],
            "outputs": ["syslog.0", "cloudwatch.2"],
            "input": "forward.0",
        },
        {
            "container": None,
            "tag": "firelens-healthcheck",
            "filters": ["record_modifier.0", "record_modifier.1"],
            "outputs": ["syslog.0", "null.1"],
            "input": "tcp.2",
        },
    ]


def _entry(key: str, value: str, line: int, path: str) -> dict[str, Any]:
    file = "fixtures/ok/cloudwatch.json"
    origin = {"file": file, "path": f"/containerDefinitions/{path}", "line": line}
    return {"key": key, "value": value, "origin": origin}


def test_json_lists_what_is_not_known(
    render: Callable[..., tuple[int, str, str]], task: Callable[..., str]
) -> None:
    path = task(
        app("web", Name="${output}"),
        image="registry.example.com/router:1",
        firelensConfiguration={
            "type": "fluentbit",
            "options": {"config-file-type": "file", "config-file-value": "/extra/*.conf"},
        },
    )
    _, text, _ = render(path, *KNOWN, "--format", "json")
    found = json.loads(text)
    assert [gap["what"] for gap in found["firelens"]["unknown"]] == ["what stands for `${output}`"]
    assert found["launcher"] == {
        "text": None, "argv": None, "arguments": None, "error": None, "unknown": [],
    }  # fmt: skip
    assert found["final"]["argv"] is None
    assert [(gap["what"], gap["remedy"]) for gap in found["final"]["unknown"]] == [
        ("how the image `registry.example.com/router:1` starts Fluent Bit", None),
        (
            "the version of Fluent Bit in `registry.example.com/router:1`: 5.0.9 is taken",
            "--fluent-bit VERSION",
        ),
        ("what stands for `${output}`", None),
        ("what `/extra/*.conf` holds", "--include /extra=FOLDER"),
    ]
    assert found["pipeline"]["fluent_bit"] is None
    assert found["pipeline"]["complete"] is False


def test_an_include_that_is_not_given_is_said_in_place(
    render: Callable[..., tuple[int, str, str]], task: Callable[..., str]
) -> None:
    options = {"config-file-type": "file", "config-file-value": "/extra.conf"}
    path = task(app("web"), firelensConfiguration={"type": "fluentbit", "options": options})
    status, text, _ = render(path, *KNOWN)
    assert status == 0
    assert (
        "\n# not known: what `/extra.conf` holds (--include /extra.conf=FILE)\n"
        "@INCLUDE /extra.conf\n"
    ) in text


def test_included_files_are_part_of_the_pipeline(
    render: Callable[..., tuple[int, str, str]], task: Callable[..., str], tmp_path: Path
) -> None:
    folder = tmp_path / "extra"
    folder.mkdir()
    (folder / "a.conf").write_text(
        "[FILTER]\n  Name parser\n  Match *\n  Key_Name log\n  Parser j\n"
        "[SERVICE]\n  Parsers_File /extra/parsers.txt\n"
        "[FILTER]\n  Name rewrite_tag\n  Match web-*\n  Rule $level error errors.$TAG false\n"
    )
    (folder / "b.conf").write_text(
        "[OUTPUT]\n  Name datadog\n  Match errors.*\n  apikey 0123456789abcdef\n"
        "[OUTPUT]\n  Name splunk\n  Match never\n  splunk_token ${TOKEN}\n"
    )
    (folder / "parsers.txt").write_text("[PARSER]\n  Name j\n  Format json\n")
    options = {
        "enable-ecs-log-metadata": "false",
        "config-file-type": "file",
        "config-file-value": "/extra/*.conf",
    }
    path = task(
        app("web", Name="stdout"),
        firelensConfiguration={"type": "fluentbit", "options": options},
        environment=[{"name": "TOKEN", "value": "t"}],
    )
    given = ("--include", f"/extra={folder}", "--stage", "pipeline")
    status, text, error = render(path, *given)
    assert (status, error) == (0, "")
    assert text.startswith(PIPELINE)
    assert "    apikey ****************\n" in text
    assert "    splunk_token ${TOKEN}\n" in text
    _, text, _ = render(path, *given, "--origins")
    assert (
        f"    # from {folder}/a.conf:4 /FILTER/0/Key_Name\n"
        "    Key_Name log\n"
        f"    # from {folder}/a.conf:5 /FILTER/0/Parser\n"
        "    Parser j\n"
    ) in text


def test_secrets_are_masked_unless_asked_for(
    render: Callable[..., tuple[int, str, str]], task: Callable[..., str]
) -> None:
    path = task(
        app("web", Name="x", apikey="hunter22hunter22", Header="Authorization Basic c2VjcmV0"),
        environment=[{"name": "DB_PASSWORD", "value": "tr0ub4dor"}],
        entryPoint=["/var/alertlogic/lib/fluent-bit/fluent-launch"],
        command=[
            "-o", "shared_key", "s3cr3t-key", "--", "-o", "splunk", "-m", "*",
            "-p", "splunk_token=11-22-33", "-p", "event_field=tr0ub4dor x",
        ],
    )  # fmt: skip
    secrets = ("hunter22", "c2VjcmV0", "tr0ub4dor", "s3cr3t-key", "11-22-33")
    for format_ in ("conf", "json", "mermaid", "dot"):
        stages = ("firelens", "launcher", "final", "argv", "pipeline")
        for stage in stages if format_ == "conf" else ("pipeline",):
            _, text, error = render(path, "--format", format_, "--stage", stage)
            assert not [secret for secret in secrets if secret in text + error]
    _, text, _ = render(path, "--stage", "launcher")
    assert "    apikey ****************\n" in text
    assert "    Header Authorization **************\n" in text
    assert "    shared_key **********\n" in text
    _, text, _ = render(path, "--stage", "argv")
    assert "-p splunk_token='********' -p 'event_field=********* x'" in text.replace(
        "-p 'splunk_token=********'", "-p splunk_token='********'"
    )
    _, text, _ = render(path, "--unmasked", "--stage", "launcher")
    assert "    apikey hunter22hunter22\n" in text


def test_control_characters_are_written_out_unless_exact_bytes_are_asked_for(
    render: Callable[..., tuple[int, str, str]], task: Callable[..., str]
) -> None:
    path = task(app("web", Name="stdout", Alias="a\x1b[31m\u2028\x0bb\nc"))
    assert "    Alias a\\x1b[31m\\u2028\\x0bb\nc\n" in render(path, "--stage", "firelens")[1]
    exact = render(path, "--stage", "firelens", "--unmasked")[1]
    assert "    Alias a\x1b[31m\u2028\x0bb\nc\n" in exact


def test_firelens_refuses(
    render: Callable[..., tuple[int, str, str]], task: Callable[..., str]
) -> None:
    path = task(app("web", region="us-east-1"))
    said = (
        "unable to apply log options of container web to firelens config: missing output key Name "
        "which is required for firelens configuration of type fluentbit"
    )
    status, text, error = render(path)
    assert (status, text) == (1, f"# FireLens stops: {said}\n")
    assert error == (
        f"error: FireLens: {said}\n  at {path}:1 /containerDefinitions/0/logConfiguration\n"
    )
    status, text, _ = render(path, "--format", "json")
    found = json.loads(text)
    assert status == 1
    assert (found["firelens"]["error"], found["firelens"]["text"]) == (said, None)
    assert found["final"]["text"] is None
    assert set(found["pipeline"].values()) == {None}


def test_the_launcher_stops(render: Callable[..., tuple[int, str, str]]) -> None:
    status, text, error = render("fixtures/err/launcher-missing-double-dash.json")
    said = "`-F` is for Fluent Bit, but no `--` stands before it"
    assert status == 1
    assert text.startswith(
        f"# the launcher stops: {said}\n# This is what FireLens writes before:\n\n[INPUT]\n"
    )
    assert error == (
        f"error: the launcher: {said}\n"
        "  at fixtures/err/launcher-missing-double-dash.json:43 /containerDefinitions/2/command/6\n"
        "  help: insert `--` before `-F`: what follows `--` goes to Fluent Bit\n"
    )
    # What was asked for went well.
    assert render("fixtures/err/launcher-missing-double-dash.json", "--stage", "firelens")[0] == 0


def test_fluent_bit_does_not_start(render: Callable[..., tuple[int, str, str]]) -> None:
    status, text, error = render("fixtures/err/go-plugin-without-e.json")
    assert status == 1
    assert "    Name cloudwatch\n" in text
    assert error == (
        "error: Fluent Bit: [config] section 'cloudwatch' tried to instance a plugin name that "
        "don't exists\n"
        "  at fixtures/err/go-plugin-without-e.json:23 "
        "/containerDefinitions/0/logConfiguration/options/Name\n"
        "  Go plugin `cloudwatch` is not loaded\n"
        "  help: load it with `-e /fluent-bit/cloudwatch.so`, or use `cloudwatch_logs`\n"
    )


def test_another_version_reads_otherwise(render: Callable[..., tuple[int, str, str]]) -> None:
    _, _, error = render("fixtures/err/go-plugin-without-e.json", "--fluent-bit", "4.2.8")
    assert "plugin name that doesn't exist\n" in error


def test_fluentd_is_rendered_and_nothing_after_it(
    render: Callable[..., tuple[int, str, str]], task: Callable[..., str]
) -> None:
    path = task(app("web", **{"@type": "stdout"}), firelensConfiguration={"type": "fluentd"})
    status, text, error = render(path, "--stage", "firelens")
    assert (status, error) == (0, "")
    assert "<match web-firelens**>\n    @type stdout\n</match>\n" in text
    assert "        # not known: the cluster's name (--set cluster=NAME)\n" in text
    assert render(path) == (
        1,
        "",
        (
            "error: there is no `final` stage of `shop`\n"
            "  not known: what Fluentd makes of it: only Fluent Bit is simulated\n"
        ),
    )


def test_a_task_without_a_router(render: Callable[..., tuple[int, str, str]]) -> None:
    assert render("fixtures/ok/plain.json") == (
        1,
        "",
        (
            "error: `shop` has no log router\n"
            "  no container has a `firelensConfiguration` or starts the launcher\n"
        ),
    )


def test_a_task_without_a_launcher_has_no_such_stage(
    render: Callable[..., tuple[int, str, str]],
) -> None:
    assert render("fixtures/ok/firelens.json", "--stage", "launcher") == (
        1,
        "",
        "error: there is no `launcher` stage of `shop`\n  no container starts the launcher\n",
    )


def test_several_task_definitions_are_rendered_in_order(
    render: Callable[..., tuple[int, str, str]], task: Callable[..., str]
) -> None:
    path = task(app("web", Name="stdout"))
    one = json.loads(Path(path).read_text())
    many = {"taskDefinitions": [one, {**one, "family": "jobs"}]}
    Path(path).write_text(json.dumps(many))
    status, text, _ = render(path, "--stage", "firelens")
    assert status == 0
    first, second = text.split("\n# jobs\n")
    assert first == f"# shop\n{second}"
    assert render(path, "--stage", "firelens", "--task", "jobs")[1] == second
    found = json.loads(render(path, "--format", "json")[1])
    assert [entry["task"] for entry in found["tasks"]] == ["shop", "jobs"]
    graph = render(path, "--format", "mermaid")[1]
    assert '    subgraph task1["jobs"]\n        p1c0_0["web"]\n' in graph
    assert '    subgraph cluster_1 {\n        label="jobs";\n' in render(path, "--format", "dot")[1]
    assert render(path, "--task", "x")[0] == 2


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        (None, 2, "can't be read: no such file or directory"),
        ('{"a": 1}', 1, "holds no task definition: it seems to be a JSON file of another kind"),
    ],
)
def test_a_file_without_a_task(
    render: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
    text: str | None,
    status: int,
    said: str,
) -> None:
    path = tmp_path / "x.json"
    if text is not None:
        path.write_text(text)
    assert render(str(path)) == (status, "", f"error: `{path}` {said}\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fixtures/ok/mdr.json", "--set", "x=1"], "`--set x=1` sets nothing"),
        (["fixtures/ok/mdr.json", "--fluent-bit", "new"], "`new` is no version"),
        (["fixtures/ok/mdr.json", "--include", "/x=nowhere"], "`nowhere` can't be read"),
        (["fixtures/ok/mdr.json", "--include", "x=y"], "`--include x=y` is no pair"),
        (["fixtures/ok/mdr.json", "--stage", "argv", "--format", "dot"], "draws the pipeline"),
        ([], "no task definition is named"),
    ],
)
def test_wrong_arguments(
    render: Callable[..., tuple[int, str, str]], arguments: list[str], said: str
) -> None:
    status, text, error = render(*arguments)
    assert (status, text) == (2, "")
    assert said in error


CASES = [
    case
    for case in json.loads((DATA / "task_cases.json").read_text())
    # Fargate has no instances to tell the id of.
    if not case["ec2InstanceID"]
]
GOLDEN = {case["name"]: case for case in json.loads((DATA / "task_golden.json").read_text())}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_what_the_real_generator_wrote_is_what_is_rendered(
    render: Callable[..., tuple[int, str, str]], tmp_path: Path, case: dict[str, Any]
) -> None:
    path = tmp_path / "task.json"
    path.write_text(json.dumps(case["taskDefinition"]))
    definition = f"{case['taskDefinition']['family']}:{case['revision']}"
    known = [f"cluster={case['cluster']}", f"task-arn={case['taskARN']}",
             f"task-definition={definition}"]  # fmt: skip
    _, text, error = render(str(path), "--stage", "firelens", "--unmasked", "--set", *known)
    golden = GOLDEN[case["name"]]
    if golden.get("config") is None:
        assert golden["error"] in error
    else:
        # The real one goes through containers in an arbitrary order.
        sections = sorted(golden["config"].strip("\n").split("\n\n"))
        assert sorted(text.strip("\n").split("\n\n")) == sections


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("fluent-bit") is None, reason="no fluent-bit on PATH")
@pytest.mark.parametrize(
    "name", ["ok/mdr.json", "ok/firelens.json", "err/mem-buf-limit-misspelled.json"]
)
def test_the_real_program_agrees_with_what_is_rendered(
    render: Callable[..., tuple[int, str, str]], tmp_path: Path, name: str
) -> None:
    printed = subprocess.run(
        ["fluent-bit", "--version"], capture_output=True, text=True, check=True
    ).stdout
    version = printed.split()[2].removeprefix("v")
    status, text, error = render(
        f"fixtures/{name}", *KNOWN, "--unmasked", "--stage", "pipeline", "--fluent-bit", version
    )
    path = tmp_path / "fluent-bit.conf"
    path.write_text(text)
    ran = subprocess.run(
        ["fluent-bit", "--dry-run", "-c", str(path)], capture_output=True, text=True, check=False
    )
    if status == 0:
        assert ran.returncode == 0, ran.stderr
    elif ran.returncode:
        said = next(line for line in error.splitlines() if "error: Fluent Bit: " in line)
        assert said.partition("Fluent Bit: ")[2] in ran.stderr
