"""What the vendor's documentation warns of, in the ways in which people write it: found, once.

https://github.com/alertlogic/al-agent-container/tree/master/fargate
"""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from fargate_lint.inputs import detect
from fargate_lint.inputs.policy import policies
from fargate_lint.inputs.security_group import security_groups
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.finding import rank
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.testing import base
from tests.build import changed as task
from tests.build import document, findings

REGISTRY = load()
W, A, R = (f"/containerDefinitions/{index}" for index in range(3))
OUT = f"{W}/logConfiguration/options"
ROLE = "arn:aws:iam::111122223333:role/shop-task"
COMMAND: list[str] = base("agent")["containerDefinitions"][2]["command"]
BEFORE, AFTER = COMMAND[:6], COMMAND[7:]
OPTIONS: dict[str, str] = base("cloudwatch")["containerDefinitions"][0]["logConfiguration"][
    "options"
]
FIREHOSE = {"Name": "firehose", "region": "us-east-1", "delivery_stream": "shop-logs"}
KINESIS = {"Name": "kinesis", "region": "us-east-1", "stream": "shop-logs"}
MIRROR = "444455556666.dkr.ecr.eu-west-1.amazonaws.com"
UPSTREAM = f"{MIRROR}/fluent/fluent-bit:4.2.8"
KEY = "0123456789abcdef" * 3 + "ab"
NAMES = ("`", "ECS", "Fargate", "FireLens", "Fluent Bit", "JSON", *"0123456789")
PUBLIC = {"image": "public.ecr.aws/docker/library/nginx:1.27"}


def without(name: str, over: str = "agent") -> Any:
    definition = base(over)
    containers = definition["containerDefinitions"]
    kept = [each for each in containers if each["name"] != name]
    return {**definition, "containerDefinitions": kept}


def router(*words: str, **members: Any) -> Any:
    """The recommended task with another command of the router."""
    return task(log_router={"command": list(words), **members})


def replaced(old: str, new: str) -> Any:
    """The recommended task with a word of the router's command replaced."""
    assert old in COMMAND
    return router(*[new if word == old else word for word in COMMAND])


def started(*before: str) -> Any:
    return router(*before, "--", *AFTER)


def logs(
    options: dict[str, str], *plugins: str, driver: str = "awsfirelens", **changes: Any
) -> Any:
    """The recommended task with log options of its application, and plug-ins that are loaded."""
    loads = [word for plugin in plugins for word in ("-e", f"/fluent-bit/{plugin}.so")]
    changes.setdefault("taskRoleArn", ROLE)
    definition = task(**changes)
    definition["containerDefinitions"][0]["logConfiguration"] = {
        "logDriver": driver,
        "options": options,
    }
    definition["containerDefinitions"][2]["command"] = [*BEFORE, "--", *loads, *AFTER]
    return definition


def cloudwatch(**changes: str | None) -> Any:
    """The vendor's example for CloudWatch with other options; None leaves one out."""
    options = {key: value for key, value in {**OPTIONS, **changes}.items() if value is not None}
    return logs(options, "cloudwatch")


def debugged(*names: str, **changes: Any) -> Any:
    options = {
        "awslogs-create-group": "true",
        "awslogs-group": "debug",
        "awslogs-region": "us-east-1",
        "awslogs-stream-prefix": "sidecars",
    }
    for name in names:
        changes[name] = {"logConfiguration": {"logDriver": "awslogs", "options": options}}
    return task(**changes)


def check(definition: Any, name: str = "task.json", **settings: Any) -> list[str]:
    """`severity rule pointer` of each finding from warnings up."""
    found = [
        finding
        for finding in findings(definition, REGISTRY, name, **settings)
        if rank(finding.severity) >= rank("warning")
    ]
    for finding in found:
        assert finding.help
        assert finding.message[:1].islower() or finding.message.startswith(NAMES)
        assert not finding.message.endswith(".")
    return [f"{each.severity} {each.rule.name} {each.place.pointer}" for each in found]


DASHES = "error launcher-missing-double-dash"
PLACE = "error launcher-double-dash-position"
TYPO = "error launcher-path-typo"
LAUNCHER = "/var/alertlogic/lib/fluent-bit/fluent-launch"
FAILURES: dict[str, list[tuple[Any, list[str]]]] = {
    "two sidecars in each task": [
        (without("al-agent"), ["error al-agent-missing /containerDefinitions/1"]),
        (without("log_router"), ["error log-router-missing /containerDefinitions/1"]),
        (task(log_router={"firelensConfiguration": None}), [f"error log-router-missing {R}"]),
        (
            task(al_agent={"image": "public.ecr.aws/alertlogic/al-agent:latest"}),
            [f"error known-image-typo {A}/image"],
        ),
        (
            task(log_router={"image": "public.ecr.aws/aws-observability/aws-for-fluentbit:stable"}),
            [f"error known-image-typo {R}/image"],
        ),
        (
            task(log_router={"image": "quay.io/acme/vector:0.40"}),
            [f"warning image-not-recommended {R}/image"],
        ),
    ],
    "all other containers": [
        (task(web={"logConfiguration": None}), [f"error app-not-awsfirelens {W}"]),
        (
            debugged("web"),
            [f"error app-not-awsfirelens {W}/logConfiguration/logDriver"],
        ),
        (
            task(jobs=PUBLIC),
            ["warning app-not-awsfirelens /containerDefinitions/3"],
        ),
    ],
    "the snippet": [
        (
            task(log_router={"volumesFrom": None}),
            [f"error launcher-without-volumesfrom {R}/entryPoint"],
        ),
        (
            task(log_router={"volumesFrom": []}),
            [f"error launcher-without-volumesfrom {R}/volumesFrom"],
        ),
        (
            task(log_router={"volumesFrom": [{"sourceContainer": "al_agent"}]}),
            [f"error volumesfrom-unknown-container {R}/volumesFrom/0/sourceContainer"],
        ),
        (task(log_router={"dependsOn": None}), [f"warning router-no-dependson-agent {R}"]),
        (
            task(log_router={"dependsOn": [{"containerName": "al-agent", "condition": "HEALTHY"}]}),
            [f"error dependson-agent-condition {R}/dependsOn/0/condition"],
        ),
        (
            task(log_router={"entryPoint": None}),
            [f"error command-without-entrypoint {R}/command/0"],
        ),
        (
            task(log_router={"entryPoint": None, "command": None}),
            [f"error volumesfrom-without-launcher {R}/volumesFrom/0"],
        ),
        (task(log_router={"entryPoint": LAUNCHER}), [f"error entrypoint-not-array {R}/entryPoint"]),
        *(
            (task(log_router={"entryPoint": [path]}), [f"{TYPO} {R}/entryPoint/0"])
            for path in (
                "/var/alertlogic/lib/fluentbit/fluent-launch",
                "/var/alertlogic/lib/fluent-bit/fluent_launch",
                "/var/alertlogic/lib/fluent-bit/fluent-launcher",
                "fluent-launch",
            )
        ),
    ],
    "placeholders": [
        (
            task("cloudwatch", taskRoleArn="<role-with-cloudwatch-access>"),
            ["error role-placeholder /taskRoleArn"],
        ),
        (task(executionRoleArn="<your-role>"), ["error role-placeholder /executionRoleArn"]),
        (task(taskRoleArn="..."), ["error role-placeholder /taskRoleArn"]),
        *(
            (
                json.loads(json.dumps(task()).replace('"web"', json.dumps(name))),
                [f"error container-name-placeholder {W}/name"],
            )
            for name in ("<application_container_2>", "application_container_1", "<app>")
        ),
        *(
            (
                json.dumps(task()).replace('"memory": 512,', rest, 1),
                ["error json-ellipsis "],
            )
            for rest in ("...", '"memory": 512, ...', '"memory": 512,\n…\n')
        ),
    ],
    "port 1514": [
        (
            task(al_agent={"portMappings": [{"containerPort": 1514, "protocol": protocol}]}),
            [f"error portmapping-1514 {A}/portMappings/0/containerPort"],
        )
        for protocol in ("tcp", "udp")
    ]
    + [
        (
            task(web={"portMappings": [{"containerPortRange": "1500-1600"}]}),
            [f"error portmapping-1514 {W}/portMappings/0/containerPortRange"],
        )
    ],
    "one firelensConfiguration": [
        (
            task(jobs={**PUBLIC, "firelensConfiguration": {"type": "fluentbit"}}),
            ["error multiple-firelens /containerDefinitions/3/firelensConfiguration"],
        ),
        (
            task(web={"firelensConfiguration": {"type": "fluentbit"}}),
            [f"error multiple-firelens {W}/firelensConfiguration"],
        ),
        (
            task("firelens", web={"firelensConfiguration": {"type": "fluentd"}}),
            [f"error multiple-firelens {W}/firelensConfiguration"],
        ),
    ],
    "the docker socket": [
        (task(al_agent={"privileged": True}), [f"error ec2-recipe-on-fargate {A}/privileged"]),
        (task(networkMode="host"), ["error fargate-network-mode /networkMode"]),
        (
            task(requiresCompatibilities=["EC2"]),
            ["warning not-fargate-task /requiresCompatibilities"],
        ),
    ],
    "the registration key": [
        *(
            (
                task(al_agent={"environment": [{"name": "KEY", "value": value}]}),
                [f"error al-agent-key-placeholder {A}/environment/0/value"],
            )
            for value in ("your_registration_key_here", "<your_registration_key_here>", "xxxxxxxx")
        ),
        *(
            (
                task(al_agent={"environment": [{"name": name, "value": KEY}]}),
                [f"error al-agent-key-name-case {A}/environment/0/name"],
            )
            for name in ("key", "REGISTRATION_KEY", "AL_KEY")
        ),
        (
            task(log_router={"environment": [{"name": "KEY", "value": KEY}]}),
            [f"error key-on-wrong-container {R}/environment/0/value"],
        ),
        (
            task(al_agent={"environment": [{"name": "KEY", "value": ""}]}),
            [f"error al-agent-key-shape {A}/environment/0/value"],
        ),
    ],
    "memory": [
        (task(cpu="256", memory="512"), ["warning task-memory-headroom /memory"]),
        (
            started("-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "1G"),
            ["warning task-memory-headroom /memory"],
        ),
        (
            task(web={"memory": None, "memoryReservation": 1900}),
            ["warning task-memory-headroom /memory"],
        ),
        (task(al_agent={"memory": 64}), [f"warning al-agent-memory-limit {A}/memory"]),
        (
            task(log_router={"memory": 50}),
            [f"warning mem-buf-limit-over-container-memory {R}/command/5"],
        ),
    ],
    "the double dash": [
        (router(*BEFORE, *AFTER), [f"{DASHES} {R}/command/6"]),
        (router(*AFTER), [f"{DASHES} {R}/command/0"]),
        (
            router("--service", "Scheduler.Cap", "60", "--input", "Mem_Buf_Limit", "50M", *AFTER),
            [f"{DASHES} {R}/command/6"],
        ),
        *((replaced("--", word), [f"{DASHES} {R}/command/6"]) for word in ("-", "—", "---", "-- ")),
        (
            router(*BEFORE, *AFTER[:4], "--", *AFTER[4:]),
            [f"{PLACE} {R}/command/6"],
        ),
        (
            router("--", *BEFORE, *AFTER),
            [f"{PLACE} {R}/command/1", f"{PLACE} {R}/command/4"],
        ),
        (
            router(*BEFORE, "-e", "/fluent-bit/cloudwatch.so", "--", *AFTER),
            [f"{PLACE} {R}/command/6"],
        ),
        (router(*BEFORE, "--", "--", *AFTER), [f"{PLACE} {R}/command/7"]),
        (
            router("-s Scheduler.Cap 60", *COMMAND[3:]),
            [f"error command-joined-string {R}/command/0"],
        ),
    ],
    "options of the application": [
        (cloudwatch(log_retention="30"), [f"warning flb-unknown-option {OUT}/log_retention"]),
        (
            logs({**OPTIONS, "Name": "cloudwatch_logs", "log_group": "/shop"}),
            [f"error flb-unknown-option {OUT}/log_group"],
        ),
        (
            logs({**FIREHOSE, "Name": "kinesis_firehose", "stream": "shop"}),
            [f"error flb-unknown-option {OUT}/stream"],
        ),
        (
            logs({**OPTIONS, "Name": "cloudwatchlogs"}),
            [f"error plugin-name-unknown {OUT}/Name"],
        ),
        (cloudwatch(Name=None, name="cloudwatch"), [f"error firelens-name-case {OUT}/name"]),
        (cloudwatch(Name=None, NAME="cloudwatch"), [f"error firelens-name-case {OUT}/NAME"]),
        (cloudwatch(Name=None), [f"error firelens-name-option-missing {OUT}"]),
        (
            cloudwatch(log_stream_prefix="web"),
            [f"warning stream-prefix-no-slash {OUT}/log_stream_prefix"],
        ),
        (cloudwatch(log_key=None), [f"warning log-key-missing {OUT}/Name"]),
        (cloudwatch(log_key="Log"), [f"warning log-key-case {OUT}/log_key"]),
        (
            logs({key: value for key, value in OPTIONS.items() if key != "Name"}, driver="awslogs"),
            [f"error flb-option-in-awslogs {OUT}/auto_create_group"],
        ),
        (
            cloudwatch(**{"awslogs-group": "shop"}),
            [f"warning awslogs-option-in-firelens {OUT}/awslogs-group"],
        ),
        (
            logs({"awslogs-group": "shop", "awslogs-region": "us-east-1"}),
            [f"error awslogs-option-in-firelens {OUT}/awslogs-group"],
        ),
    ],
    "characters": [
        *(
            (cloudwatch(log_group_name=name), [f"error log-group-charset {OUT}/log_group_name"])
            for name in ("shop:web", "shop web", "журнал", "a" * 513, "${GROUP}:web", "shop(web)")
        ),
        (
            logs({**OPTIONS, "Name": "cloudwatch_logs", "log_group_name": "shop@web"}),
            [f"error log-group-charset {OUT}/log_group_name"],
        ),
        *(
            (
                cloudwatch(log_stream_prefix=prefix),
                [f"error log-stream-charset {OUT}/log_stream_prefix"],
            )
            for prefix in ("web:1/", "web*/", "web:/")
        ),
        (
            cloudwatch(log_stream_prefix=None, log_stream_name="web:1"),
            [f"error log-stream-charset {OUT}/log_stream_name"],
        ),
    ],
    "plug-ins that are not loaded": [
        (logs(OPTIONS), [f"error go-plugin-without-e {OUT}/Name"]),
        (logs(FIREHOSE, "cloudwatch", "kinesis"), [f"error go-plugin-without-e {OUT}/Name"]),
        (logs({**KINESIS, "Name": "Kinesis"}), [f"error go-plugin-without-e {OUT}/Name"]),
        (
            router(
                *(*COMMAND, "-o", "kinesis", "-m", "*", "-p", "region=us-east-1", "-p", "stream=x")
            )
            | {"taskRoleArn": ROLE},
            [f"error go-plugin-without-e {R}/command/38"],
        ),
        (
            logs(OPTIONS, log_router={"image": UPSTREAM}),
            [f"error plugin-name-for-image {OUT}/Name"],
        ),
        (
            logs({**OPTIONS, "Name": "cloudwatch_logs"}, "kinesis", log_router={"image": UPSTREAM}),
            [f"error e-on-upstream-image {R}/command/8"],
        ),
    ],
    "the task role": [
        (logs(OPTIONS, "cloudwatch", taskRoleArn=None), ["error task-role-missing "]),
        (
            logs({**OPTIONS, "Name": "cloudwatch_logs"}, taskRoleArn=None),
            ["error task-role-missing "],
        ),
        (logs(KINESIS, "kinesis", taskRoleArn=""), ["error task-role-missing "]),
        (
            logs({**FIREHOSE, "Name": "kinesis_firehose"}, taskRoleArn=None),
            ["error task-role-missing "],
        ),
    ],
    "the launcher": [
        *(
            (
                router(*BEFORE, flag, path, "--", *AFTER),
                [f"error launcher-yaml-config {R}/command/7"],
            )
            for flag in ("-c", "--in-config")
            for path in ("/config/fluent-bit.yaml", "/config/FB.YML")
        ),
        *(
            (replaced("Mem_Buf_Limit", key), [f"error mem-buf-limit-misspelled {R}/command/4"])
            for key in ("Mem_Buffer_Limit", "Mem_Buf_Limits", "MemBufLimit", "Mem_Limit")
        ),
        (
            router("--inputs", *COMMAND[4:]),
            [f"error launcher-unknown-argument {R}/command/0"],
        ),
        (
            router(*BEFORE, "-m", "/fluent-bit/etc/fluent-bit.conf", "--", *AFTER),
            [f"error launcher-out-config-readonly {R}/command/7"],
        ),
        (
            router(*BEFORE, "--run-path", "/usr/bin/fluent-bit", "--", *AFTER),
            [f"warning launcher-run-path {R}/command/7"],
        ),
        (
            started("-s", "Scheduler.Cap", "60"),
            [f"warning launcher-mem-buf-limit-missing {R}/command"],
        ),
    ],
    "debugging": [
        *(
            (debugged(*names, executionRoleArn=None, web=PUBLIC), ["error awslogs-execution-role "])
            for names in (("al_agent",), ("log_router",), ("al_agent", "log_router"))
        ),
        (
            task(log_router={"logConfiguration": {"logDriver": "awsfirelens"}}),
            [f"error router-uses-awsfirelens {R}/logConfiguration/logDriver"],
        ),
        (
            task(al_agent={"essential": False}),
            [f"warning sidecar-essential-false-left {A}/essential"],
        ),
    ],
    "the copy for the agent": [
        (replaced("Mode=tcp", "Mode=udp"), [f"warning syslog-mode {R}/command/18"]),
        (replaced("Port=1514", "Port=514"), [f"error syslog-port-mismatch {R}/command/22"]),
        (
            replaced("Host=127.0.0.1", "Host=al-agent"),
            [f"error syslog-port-mismatch {R}/command/20"],
        ),
        (
            replaced("Retry_Limit=False", "Retry_Limit=3"),
            [f"warning retry-limit-finite {R}/command/24"],
        ),
        (
            replaced("Syslog_Format=rfc3164", "Syslog_Format=rfc5424"),
            [f"error syslog-format {R}/command/26"],
        ),
        (replaced("Mode=tcp", "Mode tcp"), [f"error p-without-equals {R}/command/18"]),
    ],
}


@pytest.mark.parametrize(
    ("definition", "found"),
    [
        pytest.param(*failure, id=f"{sentence} {number}")
        for sentence, failures in FAILURES.items()
        for number, failure in enumerate(failures, 1)
    ],
)
def test_what_the_documentation_warns_of(definition: Any, found: list[str]) -> None:
    assert sorted(check(definition)) == sorted(found)
    if isinstance(definition, dict):
        text = yaml.safe_dump(definition, sort_keys=False, allow_unicode=True)
        assert sorted(check(text, "task.yaml")) == sorted(found)
        inside = [line.replace(" /", " /taskDefinition/") for line in found]
        inside = [line + "/taskDefinition" if line.endswith(" ") else line for line in inside]
        assert sorted(check({"taskDefinition": definition, "tags": []})) == sorted(inside)


def test_cloud_defender_without_a_key() -> None:
    missing = [f"error al-agent-key-missing {A}"]
    assert check(task(), platform="cloud-defender") == missing
    assert check(task(), platform="mdr") == []


def allowed(*actions: str) -> Any:
    return policies(
        document({"Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}]})
    )


@pytest.mark.parametrize(
    ("plugin", "actions", "rules"),
    [
        (
            "cloudwatch",
            ["PutLogEvents", "CreateLogStream", "CreateLogGroup", "DescribeLogStreams"],
            [],
        ),
        ("cloudwatch_logs", ["PutLogEvents", "CreateLogStream", "CreateLogGroup"], []),
        (
            "cloudwatch",
            ["PutLogEvents", "CreateLogStream", "CreateLogGroup"],
            ["error describe-log-streams-go-only"],
        ),
        (
            "cloudwatch",
            ["CreateLogStream", "CreateLogGroup", "DescribeLogStreams"],
            ["error task-role-actions"],
        ),
        ("cloudwatch_logs", ["PutLogEvents"], ["error task-role-actions"]),
        ("cloudwatch_logs", ["*"], []),
    ],
)
def test_the_four_permissions(plugin: str, actions: list[str], rules: list[str]) -> None:
    definition = logs({**OPTIONS, "Name": plugin}, "cloudwatch")
    given = tuple(allowed(*(f"logs:{action}" for action in actions)))
    found = check(definition, task_role_policies=given)
    assert [line.rpartition(" ")[0] for line in found] == rules


def test_permissions_of_the_driver_are_not_those_of_the_plug_in() -> None:
    needed = ("logs:PutLogEvents", "logs:CreateLogStream", "logs:CreateLogGroup")
    execution = tuple(allowed(*needed, "ecr:*"))
    found = check(
        logs({**OPTIONS, "Name": "cloudwatch_logs"}),
        task_role_policies=tuple(allowed("s3:GetObject")),
        execution_role_policies=execution,
    )
    assert [line.split()[1] for line in found] == ["secret-on-wrong-role"]


@pytest.mark.parametrize("protocol", ["tcp", "udp", "-1"])
@pytest.mark.parametrize("peer", ["0.0.0.0/0", "10.0.0.0/16"])
def test_security_groups_that_let_others_reach_the_collector(protocol: str, peer: str) -> None:
    def group(first: int, last: int) -> Any:
        permit: dict[str, Any] = {"IpProtocol": protocol, "IpRanges": [{"CidrIp": peer}]}
        if protocol != "-1":
            permit |= {"FromPort": first, "ToPort": last}
        groups = [{"GroupId": "sg-0a1b2c3d4e5f60718", "IpPermissions": [permit]}]
        return tuple(security_groups(document({"SecurityGroups": groups})))

    names = [line.split()[1] for line in check(task(), security_groups=group(1, 65535))]
    assert "sg-1514-open" in names
    if protocol != "-1":
        assert check(task(), security_groups=group(8080, 8080)) == []


def test_security_groups_that_do_not_let_the_agent_out() -> None:
    for port, names in ((5432, ["alertlogic-egress"]), (443, [])):
        out: dict[str, Any] = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port}
        out |= {"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
        group = {"GroupId": "sg-1", "IpPermissions": [], "IpPermissionsEgress": [out]}
        given = tuple(security_groups(document({"SecurityGroups": [group]})))
        found = check(task(), security_groups=given)
        assert [line.split()[1] for line in found] == names


def test_commands_with_placeholders_of_the_documentation() -> None:
    text = (
        b"aws ecs update-service --service {service_using_task_definition} --task-definition shop\n"
    )
    script = detect.script("deploy.sh", text)
    assert script is not None
    found = Checker(REGISTRY, Settings()).check(script)
    assert [each.rule.name for each in found] == ["service-placeholder"]


def test_an_application_may_send_to_the_agent_without_the_launcher() -> None:
    options = {
        "Name": "syslog",
        **dict(
            word.split("=") for word in AFTER if word.startswith(("Mode", "Port", "Retry", "Sys"))
        ),
    }
    definition = task("firelens", memory="2048", al_agent=base("agent")["containerDefinitions"][1])
    conf = definition["containerDefinitions"][0]["logConfiguration"]
    conf["options"] = {**options, "Host": "127.0.0.1"}
    assert check(definition) == []
    conf["options"]["Mode"] = "udp"
    assert check(definition) == [f"warning syslog-mode {OUT}/Mode"]
