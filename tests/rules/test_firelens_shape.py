# ruff: noqa: E501  (a case of a table stands on one line)
from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests import build
from tests.build import fragment

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[..., list[str]]

LAUNCHER = "/var/alertlogic/lib/fluent-bit/fluent-launch"
ROUTER = "/containerDefinitions/2"
AWS = "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable"


router = partial(fragment, "log_router")


def test_each_further_router_is_told_of(report: Report) -> None:
    routers = [
        {"name": name, "image": AWS, "firelensConfiguration": {"type": "fluentbit"}}
        for name in ("one", "two", "three")
    ]
    assert report("multiple-firelens", {"containerDefinitions": routers}, None) == [
        "error /containerDefinitions/1/firelensConfiguration `two` is a second log router beside `one`",
        "error /containerDefinitions/2/firelensConfiguration `three` is a second log router beside `one`",
    ]


@pytest.mark.parametrize("value", [None, "${var.firelens}", []])
def test_what_is_no_second_router(report: Report, value: object) -> None:
    web = {"name": "web", "firelensConfiguration": value}
    assert report("multiple-firelens", {"containerDefinitions": [web]}) == []


@pytest.mark.parametrize(
    ("driver", "expected"),
    [
        ("awsfirelens", [f"error {ROUTER}/logConfiguration/logDriver `log_router` is the log router and logs to itself"]),
        ("awslogs", []),
        ("${var.driver}", []),
    ],
)  # fmt: skip
def test_the_routers_own_output(report: Report, driver: str, expected: list[str]) -> None:
    fragment = router(logConfiguration={"logDriver": driver})
    assert report("router-uses-awsfirelens", fragment) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("fluentbit", ""),
        ("fluentd", ""),
        ("${var.type}", ""),
        (["fluentbit"], ""),
        (None, "firelensConfiguration `firelensConfiguration` has no `type`"),
        ("", "firelensConfiguration/type `` is no type of FireLens: it is `fluentbit` or `fluentd`"),
        ("fluent-bit", "firelensConfiguration/type `fluent-bit` is no type of FireLens: it is `fluentbit` or `fluentd`"),
        ("FluentBit", "firelensConfiguration/type `FluentBit` is no type of FireLens: it is `fluentbit` or `fluentd`"),
    ],
)  # fmt: skip
def test_the_type(report: Report, value: object, expected: str) -> None:
    fragment = router(firelensConfiguration={"type": value})
    assert report("firelens-type-invalid", fragment, "firelens") == (
        [f"error /containerDefinitions/1/{expected}"] if expected else []
    )


def at_type(message: str) -> list[str]:
    return [f"error {ROUTER}/firelensConfiguration/type {message}"]


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, []),
        ({"firelensConfiguration": {"type": "fluentd"}}, at_type("`type` is `fluentd`, but the launcher starts Fluent Bit")),
        ({"firelensConfiguration": {"type": "fluentd"}, "entryPoint": None, "command": None}, at_type("`type` is `fluentd`, but this image has Fluent Bit")),
        ({"firelensConfiguration": {"type": "fluentd"}, "entryPoint": None, "command": None, "image": "fluentd:v1.16"}, []),
        ({"firelensConfiguration": {"type": "fluentd"}, "entryPoint": None, "command": None, "image": "router:3"}, []),
        ({"entryPoint": None, "command": None, "image": "fluentd:v1.16"}, at_type("`type` is `fluentbit`, but this image has Fluentd")),
        # The launcher on Fluentd's image has a rule of its own.
        ({"image": "fluentd:v1.16"}, []),
        ({"firelensConfiguration": {"type": "${var.type}"}}, []),
    ],
)  # fmt: skip
def test_type_and_program(report: Report, members: dict[str, Any], expected: list[str]) -> None:
    assert report("firelens-type-mismatch", router(**members)) == expected


def test_options_for_the_other_program(report: Report) -> None:
    fragment = {
        "containerDefinitions": [
            {"name": "web", "logConfiguration": {"options": {"Name": None, "@type": "s3"}}}
        ]
    }
    assert report("firelens-type-mismatch", fragment, "firelens") == [
        (
            "error /containerDefinitions/0/logConfiguration/options/@type "
            "`@type` is an option for Fluentd, but the log router runs Fluent Bit"
        )
    ]
    assert report("firelens-name-option-missing", fragment, "firelens") == []


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, []),
        ({"volumesFrom": None}, f"error {ROUTER}/entryPoint"),
        ({"volumesFrom": []}, f"error {ROUTER}/volumesFrom"),
        ({"volumesFrom": [{"sourceContainer": "web"}]}, f"error {ROUTER}/volumesFrom"),
        # An image of one's own may bring the launcher along, and so may another volume.
        ({"volumesFrom": None, "image": "router:3"}, f"warning {ROUTER}/entryPoint"),
        ({"volumesFrom": None, "mountPoints": [{"sourceVolume": "al", "containerPath": "/var/alertlogic"}]}, []),
        ({"volumesFrom": "${var.volumes}"}, []),
        ({"volumesFrom": [{"sourceContainer": "${var.agent}"}]}, []),
        ({"volumesFrom": None, "entryPoint": ["sh", "-c", LAUNCHER]}, []),
        ({"volumesFrom": None, "entryPoint": None}, []),
    ],
)  # fmt: skip
def test_the_launcher_without_its_volume(
    report: Report, members: dict[str, Any], expected: Any
) -> None:
    message = "the launcher is a file of `al-agent`, whose volume `log_router` doesn't have"
    assert report("launcher-without-volumesfrom", router(**members)) == (
        [f"{expected} {message}"] if expected else []
    )


@pytest.mark.parametrize(
    ("members", "severity"),
    [
        ({}, ""),
        ({"entryPoint": None, "command": None}, "error"),
        ({"entryPoint": ["/fluent-bit/bin/fluent-bit"], "command": None}, "warning"),
        ({"entryPoint": None, "command": None, "image": "router:3"}, ""),
        ({"entryPoint": None, "command": [LAUNCHER]}, ""),
        ({"entryPoint": ["sh", "-c", f"exec {LAUNCHER} --"], "command": None}, ""),
        ({"entryPoint": ["${var.entry_point}"], "command": None}, ""),
        # Told of as `launcher-path-typo` and as `command-without-entrypoint`.
        ({"entryPoint": ["/var/alertlogic/lib/fluentbit/fluent-lunch"]}, ""),
        ({"entryPoint": None}, ""),
        ({"entryPoint": None, "command": None, "volumesFrom": None}, ""),
    ],
)
def test_the_volume_without_the_launcher(
    report: Report, members: dict[str, Any], severity: str
) -> None:
    message = "`log_router` has the volume of `al-agent` but doesn't start the launcher on it"
    assert report("volumesfrom-without-launcher", router(**members)) == (
        [f"{severity} {ROUTER}/volumesFrom/0 {message}"] if severity else []
    )


@pytest.mark.parametrize(
    ("read_only", "command", "reported"),
    [
        (True, ["--"], True),
        ("true", ["--"], True),
        (False, ["--"], False),
        ("${var.read_only}", ["--"], False),
        (True, ["-m", "/data/fluent-bit.conf", "--"], False),
        (True, ["-m", "/var/alertlogic/lib/fluent-bit/other.conf", "--"], True),
        (True, ["${var.arguments}", "--"], False),
        (True, ["-m", "${var.out}", "--"], False),
    ],
)
def test_the_volume_is_read_only(
    report: Report, read_only: object, command: list[str], reported: bool
) -> None:
    volumes = [{"sourceContainer": "al-agent", "readOnly": read_only}]
    found = report("volumesfrom-readonly", router(volumesFrom=volumes, command=command))
    assert [" ".join(line.split()[:2]) for line in found] == (
        [f"error {ROUTER}/volumesFrom/0/readOnly"] if reported else []
    )


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (LAUNCHER, ""),
        ("/var/alertlogic/lib/fluentbit/fluent-launch", "`/var/alertlogic/lib/fluentbit/fluent-launch` is not the path of the launcher"),
        ("/var/alertlogic/lib/fluent-bit/fluent-lauch", "`/var/alertlogic/lib/fluent-bit/fluent-lauch` is not the path of the launcher"),
        ("fluent-launch", "`fluent-launch` is not the path of the launcher"),
        (LAUNCHER + " ", "there are blanks around the path of the launcher"),
        (LAUNCHER + " -s x", ""),
        ("/fluent-bit/bin/fluent-bit", ""),
        ("/entrypoint.sh", ""),
        ("${var.launcher}", ""),
    ],
)  # fmt: skip
def test_the_launchers_path(report: Report, path: str, message: str) -> None:
    assert report("launcher-path-typo", router(entryPoint=[path])) == (
        [f"error {ROUTER}/entryPoint/0 {message}"] if message else []
    )


def test_an_image_of_ones_own_has_its_launcher_where_it_likes(report: Report) -> None:
    fragment = router(entryPoint=["/opt/fluent-launch"], image="router:3", volumesFrom=None)
    assert report("launcher-path-typo", fragment) == []


@pytest.mark.parametrize(
    ("name", "reported"),
    [
        ("<application_container_1>", True),
        ("application_container_1", True),
        ("...", True),
        ("<your-app>", True),
        ("<APP_NAME>", False),
        ("app-<env>", False),
        ("<%= app %>", False),
        ("${var.name}", False),
        ("application", False),
    ],
)
def test_a_name_is_left_from_an_example(report: Report, name: str, reported: bool) -> None:
    containers = {"containerDefinitions": [{"name": name, "image": "web:1"}]}
    assert report("container-name-placeholder", containers, None) == (
        [f"error /containerDefinitions/0/name the name `{name}` is the placeholder of an example"]
        if reported
        else []
    )


@pytest.mark.parametrize(
    ("role", "reported"),
    [
        ("<role-with-cloudwatch-access>", True),
        ("role-with-cloudwatch-access", True),
        ("<your role>", True),
        ("<TASK_ROLE>", False),
        ("arn:aws:iam::<account>:role/shop", False),
        ("arn:aws:iam::111122223333:role/shop", False),
        ("${aws_iam_role.shop.arn}", False),
    ],
)
@pytest.mark.parametrize("key", ["taskRoleArn", "executionRoleArn"])
def test_a_role_is_left_from_an_example(
    report: Report, key: str, role: str, reported: bool
) -> None:
    assert report("role-placeholder", {key: role}) == (
        [f"error /{key} `{role}` is the placeholder of an example, not a role"] if reported else []
    )


def test_the_source_of_volumes(report: Report) -> None:
    def unknown(*volumes: Any) -> list[str]:
        fragment = {"containerDefinitions": [{"name": "web", "volumesFrom": list(volumes)}]}
        return report("volumesfrom-unknown-container", fragment)

    assert unknown({"sourceContainer": "al-agent"}, {"sourceContainer": "${var.agent}"}, {}) == []
    assert unknown({"sourceContainer": "data"}) == [
        (
            "error /containerDefinitions/0/volumesFrom/0/sourceContainer "
            "`volumesFrom` names `data`, but no container has this name"
        )
    ]


def test_the_source_of_volumes_may_be_a_container_with_an_unknown_name(report: Report) -> None:
    containers = [
        {"name": "web", "image": "web:1", "volumesFrom": [{"sourceContainer": "data"}]},
        {"name": "${var.data}", "image": "data:1"},
    ]
    definition = build.task(*containers)
    assert report("volumesfrom-unknown-container", definition, None) == []
