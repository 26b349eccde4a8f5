from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.testing import base, overlay
from tests import build
from tests.build import web

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.finding import Finding
    from fargate_lint.lint.registry import Registry

DATA = Path(__file__).parent.parent / "data" / "ecs" / "refusals.json"
#: What ECS answers, with what causes it in the task without FireLens, and the rule that says so.
REFUSALS = json.loads(DATA.read_text(encoding="utf-8"))
# pytest escapes what is not ASCII once more for each test that shares the mark.
NAMES = [refusal["message"].encode("ascii", "replace").decode() for refusal in REFUSALS]
REFUSED = pytest.mark.parametrize("refusal", REFUSALS, ids=NAMES)
SECRET = {"name": "DB", "valueFrom": "arn:aws:ssm:us-east-1:111122223333:parameter/db"}
EFS = {"fileSystemId": "fs-0123456789abcdef0"}


def linux(**members: Any) -> dict[str, Any]:
    return web(linuxParameters=members)


def mounted(**volume: Any) -> dict[str, Any]:
    mounts = [{"sourceVolume": "data", "containerPath": "/data"}]
    return {"volumes": [{"name": "data", **volume}], **web(mountPoints=mounts)}


def log_options(**options: str | None) -> dict[str, Any]:
    names = {key.replace("_", "-"): value for key, value in options.items()}
    return web(logConfiguration={"options": names})


@pytest.fixture
def findings(registry: Registry) -> Callable[..., list[Finding]]:
    return lambda fragment, over="plain": build.findings(overlay(base(over), fragment), registry)


@REFUSED
def test_what_ecs_would_answer_is_quoted(
    refusal: dict[str, Any], findings: Callable[..., list[Finding]]
) -> None:
    answer = refusal["message"]
    told = [
        found for found in findings(refusal["cause"]) if answer in f"{found.message} {found.help}"
    ]
    assert [found.rule.name for found in told] == [refusal["rule"]]


@REFUSED
def test_one_mistake_is_one_finding_in_few_words(
    refusal: dict[str, Any], findings: Callable[..., list[Finding]]
) -> None:
    found = findings(refusal["cause"])
    assert {each.rule.name for each in found if each.severity == "error"} <= {refusal["rule"]}
    for each in found:
        assert len(each.message) <= 100
        assert not each.message.endswith(".")


# What is for Fargate only.

EC2 = {"requiresCompatibilities": ["EC2"], "networkMode": "bridge"}


@pytest.mark.parametrize(
    "fragment",
    [
        {},
        web(privileged=True, links=["db"], hostname="web", dnsServers=["10.0.0.2"]),
        linux(devices=[{"hostPath": "/dev/fuse"}], maxSwap=1, capabilities={"add": ["ALL"]}),
        mounted(host={"sourcePath": "/srv"}),
        web(logConfiguration={"logDriver": "json-file"}),
        web(ulimits=[{"name": "memlock", "softLimit": 1, "hardLimit": 1}]),
        {"cpu": "300", "memory": None, "pidMode": "host", "ipcMode": "host"},
        {"placementConstraints": [{"type": "memberOf", "expression": "true"}]},
        log_options(awslogs_stream_prefix=None),
    ],
)
def test_nothing_is_said_of_fargate_about_a_task_for_ec2(
    fragment: dict[str, Any], findings: Callable[..., list[Finding]]
) -> None:
    found = findings(overlay(EC2, fragment))
    assert [each.rule.name for each in found if each.rule.code.startswith("FGT")] == []


@pytest.mark.parametrize(
    "fragment",
    [
        web(privileged=False, links=[], hostname="", dnsServers=None, extraHosts=[]),
        linux(capabilities={"add": ["SYS_PTRACE"], "drop": ["ALL"]}, initProcessEnabled=True),
        mounted(),
        mounted(host={}),
        mounted(efsVolumeConfiguration=EFS),
        {"pidMode": "task", "placementConstraints": [], "ephemeralStorage": {"sizeInGiB": 200}},
        {"cpu": ".5 vCPU", "memory": "1GB"},
        {"cpu": "32768", "memory": "61440"},
        {"cpu": "32 vCPU", "memory": "244 GB"},
        web(portMappings=[{"containerPort": 80, "hostPort": 80}]),
        web(portMappings=[{"containerPort": 81, "hostPort": 0}]),
        web(ulimits=[{"name": "nofile", "softLimit": -1, "hardLimit": -1}]),
        web(environmentFiles=[{"type": "s3", "value": "arn:aws-cn:s3:::shop/a/b.env"}]),
        web(environment=[{"name": "A", "value": ""}], secrets=[SECRET]),
        web(user="1000"),
    ],
)  # fmt: skip
def test_what_fargate_takes_is_silent(
    fragment: dict[str, Any], findings: Callable[..., list[Finding]]
) -> None:
    assert [each.message for each in findings(fragment) if each.severity != "info"] == []


def test_unknown_values_are_silent(findings: Callable[..., list[Finding]]) -> None:
    value = {
        "networkMode": "${mode}",
        "cpu": "${cpu}",
        "memory": "${memory}",
        "executionRoleArn": "${role}",
        "volumes": [{"name": "${volume}"}],
        "ephemeralStorage": {"sizeInGiB": "${disk}"},
        **web(
            privileged="${privileged}",
            logConfiguration={"logDriver": "${driver}"},
            mountPoints=[{"sourceVolume": "data", "containerPath": "/data"}],
            environmentFiles=[{"type": "s3", "value": "${file}"}],
            ulimits=[{"name": "nofile", "softLimit": "${soft}", "hardLimit": 1}],
        ),
    }
    mine = {"ECS2", "ECS3", "FGT1", "FGT2", "FGT3", "FLN3", "IAM2"}
    assert [each.message for each in findings(value) if each.rule.code[:4] in mine] == []


WRONG = pytest.mark.parametrize(
    "value", [None, 7, "x", True, [], {}, [7], ["x"], [[]], [{}], {"x": 7}]
)
OF_TASKS = (
    "volumes proxyConfiguration ephemeralStorage runtimePlatform placementConstraints "
    "requiresCompatibilities cpu tags containerDefinitions"
)
OF_CONTAINERS = (
    "linuxParameters portMappings mountPoints ulimits environment environmentFiles secrets "
    "logConfiguration firelensConfiguration credentialSpecs resourceRequirements user image name "
    "repositoryCredentials"
)


@WRONG
@pytest.mark.parametrize("key", OF_TASKS.split())
def test_wrong_types_of_the_task_break_nothing(
    key: str, value: Any, findings: Callable[..., list[Finding]]
) -> None:
    assert "broken-rule" not in {each.rule.name for each in findings({key: value})}


@WRONG
@pytest.mark.parametrize("key", OF_CONTAINERS.split())
def test_wrong_types_of_a_container_break_nothing(
    key: str, value: Any, findings: Callable[..., list[Finding]]
) -> None:
    fragment = {"containerDefinitions": [{"name": "web", "image": "web:1", key: value}]}
    assert "broken-rule" not in {each.rule.name for each in findings(fragment)}
