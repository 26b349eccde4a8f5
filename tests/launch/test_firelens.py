"""FireLens on paper, against what the ECS agent's own code generated from the same facts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.launch.firelens import Generated, Settings, generate
from fargate_lint.launch.generator import ADDRESSES
from fargate_lint.launch.sections import Entry, Section, lines, render
from fargate_lint.launch.wiring import start_order
from fargate_lint.source.unknown import Unknown, mark
from tests.build import task_of

DATA = Path(__file__).parent.parent / "data" / "firelens"
ARN = "arn:aws:ecs:us-east-1:111122223333:task/prod/0123456789abcdef0123456789abcdef"

PARSING = (
    "resource cannot be initialized for task <task-arn>: unable to initialize firelens resource: "
    "error parsing firelens options: "
)
DOWNLOAD = "unable to download firelens s3 config file: "
EVERYWHERE = ADDRESSES["bridge"]


def load(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return loaded


CASES = load("cases.json")
GOLDEN = {item["name"]: item for item in load("golden.json")}
TASK_CASES = load("task_cases.json")
TASK_GOLDEN = {item["name"]: item for item in load("task_golden.json")}


def launch(definition: dict[str, Any], settings: Settings | None = None) -> Generated:
    task = task_of(definition)
    assert task.router is not None
    return generate(task, task.router, settings)


def app(name: str = "app", /, **options: Any) -> dict[str, Any]:
    return {"name": name, "logConfiguration": {"logDriver": "awsfirelens", "options": options}}


def router(**options: Any) -> dict[str, Any]:
    return {"name": "log_router", "firelensConfiguration": {"type": "fluentbit", **options}}


def definition_of(case: dict[str, Any]) -> dict[str, Any]:
    """A task definition that hands the generator what the case hands it."""
    options = {"enable-ecs-log-metadata": "true" if case["ecsMetadataEnabled"] else "false"}
    if case["externalConfigType"]:
        options["config-file-type"] = case["externalConfigType"]
    if case["externalConfigType"] or case["externalConfigValue"]:
        options["config-file-value"] = case["externalConfigValue"]
    containers = [app(name, **options) for name, options in sorted(case["containers"].items())]
    found = next((item for item in containers if item["name"] == "log_router"), None)
    if found is None:
        found = {"name": "log_router"}
        containers.append(found)
    found["firelensConfiguration"] = {"type": case["type"], "options": options}
    found["memory"] = case["memoryMiB"]
    found["environment"] = [{"name": "AWS_EXECUTION_ENV", "value": "AWS_ECS_EC2"}]
    return {"networkMode": case["networkMode"], "containerDefinitions": containers}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_generator(case: dict[str, Any]) -> None:
    settings = Settings(
        cluster=case["cluster"],
        task_arn=case["taskARN"],
        task_definition=case["taskDefinition"],
        ec2_instance_id=case["ec2InstanceID"],
    )
    generated = launch(definition_of(case), settings)
    expected = GOLDEN[case["name"]]
    assert generated.text == expected.get("config")
    assert generated.error == expected.get("error")
    if generated.error is not None:
        assert generated.stopped_reason == expected["terminalReason"]


def settings_of(case: dict[str, Any]) -> Settings:
    return Settings(
        cluster=case["cluster"],
        task_arn=case["taskARN"],
        task_definition=f"{case['taskDefinition']['family']}:{case['revision']}",
        ec2_instance_id=case["ec2InstanceID"],
    )


@pytest.mark.parametrize("case", TASK_CASES, ids=[case["name"] for case in TASK_CASES])
def test_task(case: dict[str, Any]) -> None:
    generated = launch(case["taskDefinition"], settings_of(case))
    expected = TASK_GOLDEN[case["name"]]
    text = expected.get("configDefinitionOrder", expected.get("config"))
    if generated.text != text:
        # The goldens have the containers sorted by name, FireLens goes by the task definition.
        assert sorted((generated.text or "").split("\n\n")) == sorted((text or "").split("\n\n"))
    assert generated.error == expected.get("error")
    if "terminalReason" in expected:
        assert generated.stopped_reason == expected["terminalReason"]
    if "containers" not in expected:
        return
    assert wiring_of(case["taskDefinition"], generated) == expected["containers"]


def wiring_of(definition: dict[str, Any], generated: Generated) -> dict[str, Any]:
    found = {}
    for index, container in enumerate(definition["containerDefinitions"]):
        wiring = generated.wiring[index]
        known = {key: item for key, item in wiring.environment.items() if isinstance(item, str)}
        everything = {
            "fluentdDriverOptions": wiring.driver_options,
            # No address of a bridge was at hand where the goldens were made.
            "envAdded": known if len(known) == len(wiring.environment) else {},
            "dependsOnAdded": [f"{name}:{condition}" for name, condition in wiring.depends_on],
            "routerSecretEnvs": sorted(wiring.secrets),
            "binds": wiring.binds,
        }
        found[container["name"]] = {key: item for key, item in everything.items() if item}
    return found


def origins(generated: Generated) -> dict[str, Any]:
    """The path that made each line, by the line's text."""
    found = {}
    for text, thing in lines(generated.items):
        if thing is not None:
            assert thing.origin is not None
            found[text.strip()] = thing.origin.path
    return found


def test_every_line_knows_the_place_that_made_it() -> None:
    secret = {"name": "apikey", "valueFrom": "arn:aws:ssm:us-east-1:111122223333:parameter/key"}
    web = app("web", Name="datadog", TLS="on", **{"exclude-pattern": "GET /health"})
    web["logConfiguration"]["secretOptions"] = [secret]
    external = {"config-file-type": "file", "config-file-value": "/extra.conf"}
    generated = launch(
        {"containerDefinitions": [{**router(options=external), "memory": 128}, web]},
        Settings(cluster="prod", task_arn=ARN, task_definition="web:7"),
    )
    firelens = ("containerDefinitions", 0, "firelensConfiguration")
    logs = ("containerDefinitions", 1, "logConfiguration")
    assert origins(generated) == {
        "[INPUT]": firelens,
        "Name forward": firelens,
        "Mem_Buf_Limit 64MB": ("containerDefinitions", 0, "memory"),
        "unix_path /var/run/fluent.sock": firelens,
        "Listen 127.0.0.1": firelens,
        "Port 24224": firelens,
        "Name tcp": firelens,
        "Tag firelens-healthcheck": firelens,
        "Port 8877": firelens,
        "[FILTER]": firelens,
        "Name   grep": (*logs, "options", "exclude-pattern"),
        "Match web-firelens*": logs,
        "Exclude log GET /health": (*logs, "options", "exclude-pattern"),
        "Name record_modifier": firelens,
        "Match *": firelens,
        "Record ecs_cluster prod": firelens,
        f"Record ecs_task_arn {ARN}": firelens,
        "Record ecs_task_definition web:7": firelens,
        "@INCLUDE /extra.conf": (*firelens, "options", "config-file-value"),
        "[OUTPUT]": logs,
        "Name null": firelens,
        "Match firelens-healthcheck": firelens,
        "Name datadog": (*logs, "options", "Name"),
        "TLS on": (*logs, "options", "TLS"),
        "apikey ${apikey_1}": (*logs, "secretOptions", 0),
    }
    assert generated.include is not None
    assert generated.include.path == "/extra.conf"


def test_what_the_file_does_not_say_is_a_placeholder() -> None:
    generated = launch({"containerDefinitions": [router(), app(Name="stdout")]})
    assert generated.text is not None
    assert generated.text.split("\n\n")[3] == (
        "[FILTER]\n    Name record_modifier\n    Match *\n"
        "    Record ecs_cluster <cluster>\n"
        "    Record ecs_task_arn <task-arn>\n"
        "    Record ecs_task_definition <family>:<revision>"
    )
    assert text_and_doubt(generated.wiring[1].driver_options["tag"]) == (
        "app-firelens-<task-id>",
        True,
    )


def text_and_doubt(value: str | Unknown) -> tuple[str, bool]:
    return (value.text, True) if isinstance(value, Unknown) else (value, False)


def test_unknown_values_keep_their_text_and_stay_unknown() -> None:
    definition = mark(
        {"containerDefinitions": [router(), app("${name}", Name="s3", bucket="logs-${stage}")]}
    )
    generated = launch(definition)
    output = generated.items[-1]
    assert isinstance(output, Section)
    assert [(entry.key, *text_and_doubt(entry.value)) for entry in output.entries] == [
        ("Name", "s3", False),
        ("Match", "${name}-firelens*", True),
        ("bucket", "logs-${stage}", True),
    ]


def test_numbers_and_booleans_are_written_as_they_were_meant() -> None:
    generated = launch({"containerDefinitions": [router(), app(Name="x", a=5, b=True, c=None)]})
    assert generated.text is not None
    assert generated.text.endswith("    Match app-firelens*\n    a 5\n    b true\n")


def test_options_that_cannot_be_known_are_said() -> None:
    unknown = {"logDriver": "awsfirelens", "options": Unknown("${options}")}
    generated = launch(
        {"containerDefinitions": [router(), {"name": "app", "logConfiguration": unknown}]}
    )
    assert [origin.path for origin in generated.unknown] == [
        ("containerDefinitions", 1, "logConfiguration", "options")
    ]


def test_older_agents_wrote_no_buffer_limit() -> None:
    generated = launch({"containerDefinitions": [router()]}, Settings(mem_buf_limit=False))
    assert generated.text is not None
    assert "Mem_Buf_Limit" not in generated.text


@pytest.mark.parametrize(
    ("definition", "mode"),
    [
        ({}, "127.0.0.1"),
        ({"networkMode": Unknown("${mode}")}, "127.0.0.1"),
        ({"networkMode": "awsvpc"}, "127.0.0.1"),
        ({"requiresCompatibilities": ["EC2"]}, EVERYWHERE),
        ({"networkMode": "bridge"}, EVERYWHERE),
        ({"networkMode": "host"}, None),
    ],
)
def test_network_mode(definition: dict[str, Any], mode: str | None) -> None:
    generated = launch({**definition, "containerDefinitions": [router()]})
    listening = [
        entry.text
        for item in generated.items
        if isinstance(item, Section) and item.name == "INPUT"
        for entry in item.all("Listen")
    ]
    assert listening == ([] if mode is None else [mode, "127.0.0.1"])


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (
            {"config-file-type": "S3", "config-file-value": "x"},
            f"{PARSING}invalid value S3 is specified for option config-file-type",
        ),
        (
            {"config-file-type": "s3", "config-file-value": "bucket/key"},
            f"{DOWNLOAD}unable to parse bucket and key from s3 arn: invalid s3 arn: bucket/key",
        ),
        ({"config-file-type": "s3", "config-file-value": "arn:aws:s3:::b/k"}, None),
        ({"config-file-value": "x"}, None),
    ],
)
def test_external_configuration(options: dict[str, str], reason: str | None) -> None:
    generated = launch({"containerDefinitions": [router(options=options)]})
    assert generated.stopped_reason == reason


@pytest.mark.parametrize(
    ("more", "waiting"),
    [
        ({}, ["app"]),
        ({"dependsOn": []}, ["app"]),
        ({"dependsOn": [{"containerName": "x", "condition": "START"}]}, []),
        ({"volumesFrom": [{"sourceContainer": "x"}]}, []),
        ({"links": ["x:y"]}, []),
        ({"dependsOn": Unknown("${depends}")}, []),
    ],
)
def test_nobody_waits_for_a_router_that_waits_itself(
    more: dict[str, Any], waiting: list[str]
) -> None:
    containers = [app(Name="stdout"), {"name": "db"}, {**router(), **more}]
    order = start_order(task_of({"containerDefinitions": containers}))
    assert [(name, condition, waiter.name) for name, condition, waiter in order] == [
        ("log_router", "START", name) for name in waiting
    ]


def test_a_value_with_a_line_end_opens_a_section_as_it_would() -> None:
    generated = launch({"containerDefinitions": [router(), app(Name="x", a="1\n[OUTPUT]")]})
    assert generated.text is not None
    assert generated.text.endswith("    a 1\n[OUTPUT]\n")


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-3, 3000),
        st.floats(allow_nan=False),
        st.text(max_size=5),
        st.builds(Unknown, st.text(max_size=5)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(VALUES, VALUES, VALUES, VALUES, VALUES, VALUES)
def test_nothing_in_a_task_definition_breaks_it(
    name: Any, kind: Any, options: Any, log: Any, secrets: Any, number: Any
) -> None:
    definition = {
        "networkMode": kind,
        "containerDefinitions": [
            {
                "name": name,
                "memory": number,
                "dependsOn": number,
                "firelensConfiguration": {"type": kind, "options": options},
            },
            {"name": "r", "firelensConfiguration": {"type": "fluentbit", "options": options}},
            {
                "name": name,
                "logConfiguration": {
                    "logDriver": "awsfirelens",
                    "options": log,
                    "secretOptions": secrets,
                },
            },
        ],
    }
    task = task_of(definition)
    for container in task.containers[:2]:
        generated = generate(task, container)
        assert (generated.text is None) == (generated.error is not None)
        if generated.kind == "fluentbit" and generated.text is not None:
            assert generated.text == render(generated.items)


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=8)))
def test_options_are_sorted_by_the_bytes_of_their_keys(options: dict[str, str]) -> None:
    generated = launch({"containerDefinitions": [router(), app(**{**options, "Name": "x"})]})
    output = generated.items[-1]
    assert isinstance(output, Section)
    keys = [entry.key.encode("utf-8", "surrogatepass") for entry in output.entries[2:]]
    assert keys == sorted(keys)
    assert isinstance(output.entries[0], Entry)
