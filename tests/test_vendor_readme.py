"""What the vendor's documentation recommends, sentence by sentence: nothing is found in it.

https://github.com/alertlogic/al-agent-container/tree/master/fargate
"""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from fargate_lint.launch import Launch, simulate
from fargate_lint.lint.finding import rank
from fargate_lint.lint.registry import load
from fargate_lint.testing import base
from tests.build import changed as task
from tests.build import findings, task_of

REGISTRY = load()
ROLE = "arn:aws:iam::111122223333:role/shop-task"
START = {"containerName": "log_router", "condition": "START"}
BEFORE = ["-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M"]
COMMAND: list[str] = base("agent")["containerDefinitions"][2]["command"]
AFTER = COMMAND[len(BEFORE) + 1 :]
AWS = "public.ecr.aws/aws-observability/aws-for-fluent-bit"
MIRROR = "444455556666.dkr.ecr.eu-west-1.amazonaws.com/mirror"
OPTIONS: dict[str, str] = base("cloudwatch")["containerDefinitions"][0]["logConfiguration"][
    "options"
]
FIREHOSE = {"Name": "firehose", "region": "us-east-1", "delivery_stream": "shop-logs"}
KINESIS = {"Name": "kinesis", "region": "us-east-1", "stream": "shop-logs"}
SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:alertlogic-Ab12Cd"
UPSTREAM = "warning dockerhub-rate-limit /containerDefinitions/2/image"


def command(
    *plugins: str, before: list[str] | None = None, after: list[str] | None = None
) -> dict[str, Any]:
    loads = [word for plugin in plugins for word in ("-e", f"/fluent-bit/{plugin}.so")]
    words = [*(BEFORE if before is None else before), "--", *loads, *(after or AFTER)]
    return {"command": words}


def logs(options: dict[str, str]) -> dict[str, Any]:
    return {"logConfiguration": {"logDriver": "awsfirelens", "options": options}}


def renamed(**names: str) -> Any:
    text = json.dumps(base("agent"))
    for old, new in names.items():
        text = text.replace(f'"{old.replace("al_", "al-")}"', f'"{new}"')
    return json.loads(text)


def check(definition: Any, name: str = "task.json", **settings: Any) -> list[str]:
    """`severity rule pointer` of each finding from warnings up."""
    return [
        f"{found.severity} {found.rule.name} {found.place.pointer}"
        for found in findings(definition, REGISTRY, name, **settings)
        if rank(found.severity) >= rank("warning")
    ]


def launched(definition: Any) -> Launch:
    return simulate(task_of(definition))


AGENT = base("agent")
DESCRIBED = {
    "taskDefinition": {
        **AGENT,
        "taskDefinitionArn": "arn:aws:ecs:us-east-1:111122223333:task-definition/shop:7",
        "revision": 7,
        "status": "ACTIVE",
        "compatibilities": ["EC2", "FARGATE"],
        "requiresAttributes": [{"name": "ecs.capability.firelens.fluentbit"}],
        "registeredAt": "2025-03-01T10:00:00+00:00",
        "registeredBy": "arn:aws:sts::111122223333:assumed-role/deploy/ci",
        "placementConstraints": [],
        "volumes": [],
    },
    "tags": [],
}
LONG = {"-F": "--filter", "-m": "--match", "-p": "--prop", "-o": "--output"}
JOBS = {
    "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/jobs:3",
    "memory": 128,
    "dependsOn": [{"containerName": "web", "condition": "START"}],
}


@pytest.mark.parametrize(
    "definition",
    [
        pytest.param(AGENT, id="definition"),
        pytest.param(DESCRIBED, id="described"),
        pytest.param(AGENT["containerDefinitions"], id="array"),
        *(pytest.param(each, id=each["name"]) for each in AGENT["containerDefinitions"]),
        pytest.param(renamed(al_agent="alertlogic", log_router="fluent", web="api"), id="names"),
        pytest.param(
            {**AGENT, "containerDefinitions": AGENT["containerDefinitions"][::-1]}, id="order"
        ),
        pytest.param(task(jobs={**JOBS, **logs({})}), id="two applications"),
        pytest.param(
            task(log_router={"command": [LONG.get(word, word) for word in COMMAND]}),
            id="long flags",
        ),
        pytest.param(task(log_router=command(after=AFTER[6:] + AFTER[:6])), id="output first"),
        pytest.param(
            task(
                log_router={
                    "entryPoint": ["/var/alertlogic/lib/fluent-bit/fluent-launch", *COMMAND],
                    "command": None,
                }
            ),
            id="all words in entryPoint",
        ),
    ],
)
@pytest.mark.parametrize("settings", [{}, {"platform": "mdr"}, {"require_agent": True}], ids=str)
def test_two_sidecars_beside_applications_with_awsfirelens(
    definition: Any, settings: dict[str, Any]
) -> None:
    assert check(definition, **settings) == []
    if isinstance(definition, dict) and "family" in definition:
        assert check(yaml.safe_dump(definition), "task.yaml", **settings) == []


def test_the_snippet_leaves_only_the_order_open() -> None:
    order = ["warning app-order-not-guaranteed /containerDefinitions/0"]
    assert check(task(web={"dependsOn": None})) == order


def test_the_snippet_as_it_is_pasted_names_what_is_left_to_do() -> None:
    agent, router = AGENT["containerDefinitions"][1:]
    application = '{"name": "<application_container_1>", ...\n'
    application += '"logConfiguration": {"logDriver": "awsfirelens"}}'
    text = f"{json.dumps(agent)},\n{json.dumps(router)},\n{application},\n...\n"
    assert check(text) == [
        "error json-ellipsis ",
        "error json-ellipsis ",
        "error container-name-placeholder /2/name",
    ]


@pytest.mark.parametrize(
    "agent",
    [
        pytest.param({"secrets": [{"name": "KEY", "valueFrom": SECRET}]}, id="secret"),
        pytest.param({"secrets": [{"name": "KEY", "valueFrom": f"{SECRET}:key::"}]}, id="member"),
        pytest.param({"secrets": [{"name": "KEY", "valueFrom": "alertlogic-key"}]}, id="parameter"),
        pytest.param(
            {"environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::acme/al.env"}]}, id="file"
        ),
        pytest.param({"environment": [{"name": "KEY", "value": "${AL_KEY}"}]}, id="template"),
    ],
)
def test_cloud_defender_needs_the_key(agent: dict[str, Any]) -> None:
    assert check(task(al_agent=agent), platform="cloud-defender") == []


def test_a_key_in_plain_text_works_but_is_there_for_all_to_read() -> None:
    key = {"environment": [{"name": "KEY", "value": "0123456789abcdef" * 3 + "ab"}]}
    place = "/containerDefinitions/1/environment/0/value"
    found = check(task(al_agent=key), platform="cloud-defender")
    assert found == [f"warning al-agent-key-plaintext {place}"]


@pytest.mark.parametrize(
    ("image", "found"),
    [
        (f"{AWS}:stable", []),
        (f"{AWS}:3", []),
        (f"{AWS}:2.34.3", []),
        ("906394416424.dkr.ecr.us-east-1.amazonaws.com/aws-for-fluent-bit:stable", []),
        (f"{MIRROR}/aws-observability/aws-for-fluent-bit:stable", []),
        (f"{MIRROR}/fluent/fluent-bit:4.2.8", []),
        ("fluent/fluent-bit:4.2.8", [UPSTREAM]),
        ("docker.io/fluent/fluent-bit:5.0.9", [UPSTREAM]),
        ("cr.fluentbit.io/fluent/fluent-bit:3.2", [UPSTREAM]),
    ],
)
def test_images_that_are_recommended_and_their_pull_limits(image: str, found: list[str]) -> None:
    assert check(task(log_router={"image": image})) == found


@pytest.mark.parametrize("repository", ["fluent/fluent-bit", "cr.fluentbit.io/fluent/fluent-bit"])
def test_the_upstream_image_at_latest_moves_too(repository: str) -> None:
    moves = "warning floating-image-tag /containerDefinitions/2/image"
    assert sorted(check(task(log_router={"image": f"{repository}:latest"}))) == [UPSTREAM, moves]


@pytest.mark.parametrize(
    "before",
    [
        ["--service", "Scheduler.Cap", "60", "--input", "Mem_Buf_Limit", "50M"],
        ["-i", "mem_buf_limit", "25MB", "-s", "scheduler.cap", "30"],
        ["-i", "Mem_Buf_Limit", "100M", "-s", "Scheduler.Cap", "60"],
        [*BEFORE, "--output", "Retry_Limit", "no_limits", "-f", "Alias", "pid"],
        [*BEFORE, "-i", "storage.type", "filesystem", "-s", "storage.path", "/buffers"],
        [*BEFORE, "-r", "/fluent-bit/bin/fluent-bit", "-c", "/fluent-bit/etc/fluent-bit.conf"],
        [*BEFORE, "--out-config", "/var/alertlogic/lib/fluent-bit/fluent-bit.conf"],
        [*BEFORE, "-m", "/home/fluent-bit.conf"],
        [*BEFORE, "--run-path", "/fluent-bit/bin/fluent-bit"],
        [*BEFORE, "--in-config", "/fluent-bit/etc/fluent-bit.conf"],
    ],
    ids=" ".join,
)
def test_arguments_of_the_launcher(before: list[str]) -> None:
    assert check(task(log_router=command(before=before))) == []


@pytest.mark.parametrize(
    ("plugins", "options", "after"),
    [
        (["firehose", "cloudwatch", "kinesis"], OPTIONS, AFTER),
        (["firehose"], FIREHOSE, AFTER),
        (["kinesis"], KINESIS, AFTER),
        (["cloudwatch"], {**OPTIONS, "Name": "CloudWatch"}, AFTER),
        ([], {**OPTIONS, "Name": "cloudwatch_logs"}, AFTER),
        ([], {**FIREHOSE, "Name": "kinesis_firehose"}, AFTER),
        ([], {**KINESIS, "Name": "kinesis_streams"}, AFTER),
        (
            ["kinesis"],
            {},
            [*AFTER, "-o", "kinesis", "-m", "*", "-p", "region=us-east-1", "-p", "stream=all"],
        ),
        ([], {"exclude-pattern": "GET /healthz", "log-driver-buffer-limit": "2097152"}, AFTER),
    ],
    ids=str,
)
def test_further_destinations(
    plugins: list[str], options: dict[str, str], after: list[str]
) -> None:
    router = command(*plugins, after=after)
    assert check(task(taskRoleArn=ROLE, log_router=router, web=logs(options))) == []


def test_further_destinations_in_a_file_of_your_own() -> None:
    firelens = {
        "type": "fluentbit",
        "options": {"config-file-type": "file", "config-file-value": "/extra.conf"},
    }
    image = f"{MIRROR}/our-fluent-bit:3"
    router = {**command("cloudwatch"), "image": image, "firelensConfiguration": firelens}
    assert check(task(taskRoleArn=ROLE, log_router=router)) == []


@pytest.mark.parametrize("image", [f"{AWS}:stable", f"{MIRROR}/fluent/fluent-bit:4.2.8"])
def test_cloudwatch_logs_is_in_both_images(image: str) -> None:
    router = {**command(), "image": image}
    options = {**OPTIONS, "Name": "cloudwatch_logs", "log_stream_prefix": "shop/web/"}
    assert check(task(taskRoleArn=ROLE, log_router=router, web=logs(options))) == []


def debugging(**members: Any) -> Any:
    def sidecar(prefix: str) -> dict[str, Any]:
        options = {
            "awslogs-create-group": "true",
            "awslogs-group": "debug-log-group-name",
            "awslogs-region": "us-east-1",
            "awslogs-stream-prefix": prefix,
        }
        return {"logConfiguration": {"logDriver": "awslogs", "options": options}, **members}

    router = sidecar("fluent-bit-output")
    return task(taskRoleArn=ROLE, al_agent=sidecar("al-agent-output"), log_router=router)


def test_essential_false_while_you_test() -> None:
    assert check(debugging()) == []
    assert check(debugging(essential=False), profile="troubleshooting") == []
    assert check({**debugging(), "executionRoleArn": ROLE}) == []
    assert check(debugging(essential=False)) == [
        "warning sidecar-essential-false-left /containerDefinitions/1/essential",
        "warning sidecar-essential-false-left /containerDefinitions/2/essential",
    ]


def test_the_launcher_sends_a_copy_in_addition_to_other_destinations() -> None:
    pipeline = launched(task("cloudwatch", jobs={**JOBS, **logs({})})).pipeline
    assert pipeline is not None
    assert pipeline.starts
    plugins = [section.first("name") for section in pipeline.outputs]
    taken = {
        flow.container.name: [name.text for at in flow.route.outputs if (name := plugins[at])]
        for flow in pipeline.flows()
        if flow.container is not None
    }
    assert taken == {"web": ["syslog", "cloudwatch"], "jobs": ["syslog"]}


def test_firelens_writes_the_file_that_the_launcher_reads_by_default() -> None:
    launch = launched(task("cloudwatch"))
    assert launch.generated is not None
    assert launch.arguments is not None
    assert "unix_path /var/run/fluent.sock" in (launch.generated.text or "")
    assert launch.arguments.in_config.value == "/fluent-bit/etc/fluent-bit.conf"
    assert [str(word) for word, _ in launch.argv[:3]] == [
        "/fluent-bit/bin/fluent-bit",
        "-c",
        "/var/alertlogic/lib/fluent-bit/fluent-bit.conf",
    ]


def test_the_launcher_adds_or_overwrites_keys_and_makes_a_service() -> None:
    twice = [*BEFORE, "-i", "Mem_Buf_Limit", "30M", "-o", "log_key", "message", "-f", "Alias", "x"]
    launch = launched(task("cloudwatch", log_router=command("cloudwatch", before=twice)))
    assert launch.rewritten is not None
    text = launch.rewritten.text or ""
    sections = [each.partition("]") for each in text.split("\n[")]
    inputs = [body for name, _, body in sections if name.strip("[") == "INPUT"]
    assert len(inputs) == 3
    assert all(body.count("Mem_Buf_Limit 30M") == 1 for body in inputs)
    assert "50M" not in text
    assert "log_key message" in text
    assert "log_key log" not in text
    assert text.count("[SERVICE]") == 1
    assert "Scheduler.Cap 60" in text.partition("[SERVICE]")[2]
