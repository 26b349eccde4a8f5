from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests import build
from tests.build import containers

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[..., list[str]]

FIRST = "/portMappings/0"
AWSVPC = {"networkMode": "awsvpc"}


def mapping(port: Any = None, **members: Any) -> dict[str, Any]:
    return members if port is None else {"containerPort": port, **members}


def task(*mappings: list[Any], **members: Any) -> dict[str, Any]:
    """A task with one container for each list of mappings."""
    return build.task(*containers(*({"portMappings": ports} for ports in mappings)), **members)


# port-duplicate

DUPLICATE = "port-duplicate"


@pytest.mark.parametrize(
    ("mappings", "expected"),
    [
        (
            [[mapping(80)], [mapping(80)]],
            ["error 1/portMappings/0/containerPort `web1` and `web` both map TCP port 80"],
        ),
        (
            [[mapping(80), mapping("80")]],
            ["error 0/portMappings/1/containerPort `web` maps TCP port 80 twice"],
        ),
        (
            [[mapping(53, protocol="udp"), mapping(53, protocol="udp")]],
            ["error 0/portMappings/1/containerPort `web` maps UDP port 53 twice"],
        ),
        (
            [[mapping(53, protocol="udp"), mapping(53, protocol="tcp")]],
            ["warning 0/portMappings/1/containerPort `web` maps port 53 for TCP and for UDP"],
        ),
        (
            [[mapping(85)], [mapping(containerPortRange="80-90")]],
            ["error 1/portMappings/0/containerPortRange `web1` and `web` both map TCP port 85"],
        ),
        (
            [[mapping(containerPortRange="80-90"), mapping(85)]],
            ["error 0/portMappings/1/containerPort `web` maps TCP port 85 twice"],
        ),
        (
            [[mapping(containerPortRange="80-90")], [mapping(containerPortRange="90-99")]],
            ["error 1/portMappings/0/containerPortRange `web1` and `web` both map TCP port 90"],
        ),
        ([[mapping(80)], [mapping(81)], [mapping(containerPortRange="82-90")]], []),
        ([[mapping("${port}")], [mapping("${port}")]], []),
        ([[mapping(0)], [mapping(0)]], []),
        ([[mapping(80, protocol="${protocol}")], [mapping(80)]], []),
    ],
)
def test_ports_that_are_mapped_twice(
    report: Report, mappings: list[list[Any]], expected: list[str]
) -> None:
    assert report(DUPLICATE, task(*mappings, **AWSVPC), None) == [
        each.replace(" ", " /containerDefinitions/", 1) for each in expected
    ]


@pytest.mark.parametrize("mode", ["bridge", "${mode}", None])
def test_containers_with_networks_of_their_own_may_have_the_same_port(
    report: Report, mode: Any
) -> None:
    assert report(DUPLICATE, task([mapping(80)], [mapping(80)], networkMode=mode), None) == []


def test_of_the_sidecars_ports_other_rules_tell(report: Report) -> None:
    ports = [mapping(1514), mapping(24224)]
    fragment = {
        "containerDefinitions": [
            {"name": "web", "portMappings": ports},
            {"name": "log_router", "portMappings": ports},
        ]
    }
    assert report(DUPLICATE, fragment) == []
    assert len(report("portmapping-1514", fragment)) == 2
    assert len(report("port-collision", fragment)) == 1


# port-range

RANGE = "port-range"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            mapping(containerPortRange="90-80"),
            "containerPortRange the range `90-80` goes backwards",
        ),
        (
            mapping(containerPortRange="80-80"),
            "containerPortRange the range `80-80` is a single port",
        ),
        (mapping(containerPortRange="80"), "containerPortRange `80` is no range of ports"),
        (mapping(containerPortRange="80:90"), "containerPortRange `80:90` is no range of ports"),
        (mapping(containerPortRange="0-90"), "containerPortRange `0-90` is no range of ports"),
        (
            mapping(containerPortRange="80-70000"),
            "containerPortRange `80-70000` is no range of ports",
        ),
        (mapping(containerPortRange="80 - 90"), ""),
        (
            mapping(containerPortRange=" 80-90"),
            "containerPortRange ` 80-90` is no range of ports",
        ),
        (
            mapping(80, containerPortRange="80-90"),
            (
                "containerPortRange "
                "a mapping of `web` has both `containerPortRange` and `containerPort`"
            ),
        ),
        (mapping(70000), "containerPort there is no port 70000"),
        (mapping("-1"), "containerPort there is no port -1"),
        (mapping(80, hostPort=65536), "hostPort there is no port 65536"),
        (mapping(0), ""),
        (mapping(80, hostPort=0), ""),
        (mapping("${port}"), ""),
        (mapping(containerPortRange="${range}"), ""),
        (mapping(0, containerPortRange="80-90"), ""),
        (mapping(containerPortRange=7), ""),
        (mapping(8080, containerPortRange=""), ""),
    ],
)
def test_ports_and_ranges(report: Report, found: dict[str, Any], expected: str) -> None:
    assert report(RANGE, task([found]), None) == (
        [f"error /containerDefinitions/0/portMappings/0/{expected}"] if expected else []
    )


def test_a_container_has_a_hundred_ranges_at_most(report: Report) -> None:
    ranges = [mapping(containerPortRange=f"{port}-{port + 1}") for port in range(1000, 1202, 2)]
    assert report(RANGE, task(ranges), None) == [
        (
            "error /containerDefinitions/0/portMappings "
            "`web` maps 101 ranges of ports, but ECS takes 100 at most"
        )
    ]
    assert report(RANGE, task(ranges[:100]), None) == []


# port-mapping-name

NAME = "port-mapping-name"


@pytest.mark.parametrize("name", ["http", "_http-2", "a" * 64, "${name}", "", None, 7])
def test_names_that_are_right_or_of_which_others_tell(report: Report, name: Any) -> None:
    assert report(NAME, task([mapping(80, name=name)]), None) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("HTTP", "`HTTP` is no name for a port mapping"),
        ("-http", "`-http` is no name for a port mapping"),
        ("http.web", "`http.web` is no name for a port mapping"),
        ("a" * 65, "the name of a port mapping has 65 characters, but ECS takes 64 at most"),
    ],
)
def test_names_that_ecs_refuses(report: Report, name: str, expected: str) -> None:
    assert report(NAME, task([mapping(80, name=name)]), None) == [
        f"error /containerDefinitions/0/portMappings/0/name {expected}"
    ]


@pytest.mark.parametrize(("mode", "severity"), [("awsvpc", "error"), ("bridge", "warning")])
def test_a_name_is_there_once_in_a_task(report: Report, mode: str, severity: str) -> None:
    found = task([mapping(80, name="http")], [mapping(81, name="http")], networkMode=mode)
    assert report(NAME, found, None) == [
        f"{severity} /containerDefinitions/1{FIRST}/name two port mappings are called `http`"
    ]


def test_an_application_protocol_needs_a_name(report: Report) -> None:
    assert report(NAME, task([mapping(80, appProtocol="http")]), None) == [
        (
            "info /containerDefinitions/0/portMappings/0/appProtocol "
            "`appProtocol` does nothing: the mapping has no name, "
            "by which Service Connect would find it"
        )
    ]
    assert report(NAME, task([mapping(80, appProtocol="http", name="${name}")]), None) == []


# protocol-value


@pytest.mark.parametrize(
    ("protocol", "reported"),
    [
        ("UDP", True),
        ("http", True),
        ("tcp ", True),
        ("tcp", False),
        ("udp", False),
        ("", False),
        ("string", False),
        ("${protocol}", False),
        (None, False),
        (17, False),
    ],
)
def test_protocols(report: Report, protocol: Any, reported: bool) -> None:
    assert report("protocol-value", task([mapping(80, protocol=protocol)]), None) == (
        [
            (
                "warning /containerDefinitions/0/portMappings/0/protocol "
                f"`{protocol}` is taken for `tcp`: protocols are `tcp` and `udp`, in small letters"
            )
        ]
        if reported
        else []
    )


@pytest.mark.parametrize("rule", [DUPLICATE, RANGE, NAME, "protocol-value"])
@pytest.mark.parametrize(
    "ports", [None, "80", {"containerPort": 80}, [80], ["${port}"], "${ports}"]
)
def test_shapes_of_which_others_tell(report: Report, rule: str, ports: Any) -> None:
    assert report(rule, task(ports, ports, **AWSVPC), None) == []
