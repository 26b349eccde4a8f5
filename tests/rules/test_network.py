from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.inputs.security_group import security_groups
from tests.build import written as document

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.inputs.security_group import SecurityGroup
    from fargate_lint.source.document import Document

    Report = Callable[..., list[str]]

AGENT = "/containerDefinitions/1"
ANYWHERE = {"CidrIp": "0.0.0.0/0"}


def permission(first: int | None = 1514, last: int | None = None, **peers: Any) -> dict[str, Any]:
    if first is None:
        return {"IpProtocol": "-1", **(peers or {"IpRanges": [ANYWHERE]})}
    ports = {"FromPort": first, "ToPort": last or first}
    return {"IpProtocol": "tcp", **ports, **(peers or {"IpRanges": [ANYWHERE]})}


def groups(
    *ingress: Any, egress: Any = None, name: str = "sg-1"
) -> dict[str, tuple[SecurityGroup, ...]]:
    value = {"GroupId": name, "IpPermissions": list(ingress)}
    if egress is not None:
        value["IpPermissionsEgress"] = egress
    return {"security_groups": tuple(security_groups(document(value)))}


def service(family: str = "shop", **more: Any) -> dict[str, Document]:
    vpc = {name: more.pop(name) for name in ("assignPublicIp", "securityGroups") if name in more}
    network = {"networkConfiguration": {"awsvpcConfiguration": vpc}} if vpc else {}
    return {"service": document({"serviceName": "s", "taskDefinition": family, **network, **more})}


@pytest.mark.parametrize(
    ("peers", "severity", "who"),
    [
        ({"IpRanges": [ANYWHERE]}, "error", "`0.0.0.0/0`"),
        ({"Ipv6Ranges": [{"CidrIpv6": "::/0"}]}, "error", "`::/0`"),
        ({"PrefixListIds": [{"PrefixListId": "pl-1"}]}, "error", "`pl-1`"),
        ({"UserIdGroupPairs": [{"GroupId": "sg-2"}]}, "warning", "`sg-2`"),
        ({"UserIdGroupPairs": [{"GroupId": "sg-1"}]}, "warning", "its own members"),
        (
            {"IpRanges": [ANYWHERE, ANYWHERE], "UserIdGroupPairs": [{"GroupId": "sg-2"}]},
            "error",
            "`0.0.0.0/0` and 1 more",
        ),
    ],
)
@pytest.mark.parametrize("ports", [(1514, 1514), (1024, 65535), (None, None)])
def test_who_reaches_the_agents_port(
    report: Report, peers: Any, severity: str, who: str, ports: tuple[Any, Any]
) -> None:
    assert report("sg-1514-open", {}, **groups(permission(*ports, **peers))) == [
        f"{severity} {AGENT} security group `sg-1` lets {who} reach port 1514 of `al-agent`"
    ]


def test_udp_reaches_the_agents_port_too(report: Report) -> None:
    udp = {**permission(), "IpProtocol": "udp"}
    assert len(report("sg-1514-open", {}, **groups(udp))) == 1


def test_other_ports_other_tasks_and_no_file(report: Report) -> None:
    rule = "sg-1514-open"
    assert report(rule, {}) == []
    assert report(rule, {}, **groups(permission(8080))) == []
    assert report(rule, {}, **groups(egress=[permission()])) == []
    assert report(rule, {}, "firelens", **groups(permission())) == []
    assert report(rule, {"networkMode": "bridge"}, **groups(permission())) == []
    assert report(rule, {"networkMode": None}, **groups(permission())) == []


def test_only_the_groups_that_the_service_has_count(report: Report) -> None:
    rule = "sg-1514-open"
    here = groups(permission())
    assert len(report(rule, {}, **here, **service(securityGroups=["sg-1", "sg-9"]))) == 1
    assert report(rule, {}, **here, **service(securityGroups=["sg-9"])) == []
    assert report(rule, {}, **here, **service(securityGroups="${groups}")) == []
    assert report(rule, {}, **here, **service("other", securityGroups=["sg-1"])) == []


def test_firelens_port_is_open(report: Report) -> None:
    rule = "sg-24224-open"
    message = "security group `sg-1` lets `0.0.0.0/0` reach port 24224 of `log_router`"
    place = "/containerDefinitions/1"
    assert report(rule, {}, "firelens", **groups(permission(24224))) == [f"error {place} {message}"]
    own = permission(None, UserIdGroupPairs=[{"GroupId": "sg-1"}])
    found = "security group `sg-1` lets its own members reach port 24224 of `log_router`"
    assert report(rule, {}, "firelens", **groups(own)) == [f"warning {place} {found}"]
    udp = {**permission(24224), "IpProtocol": "udp"}
    assert report(rule, {}, "firelens", **groups(udp)) == []
    assert report(rule, {}, "plain", **groups(permission(24224))) == []


def test_one_opening_for_both_ports_is_told_once(report: Report) -> None:
    both, one = permission(None), permission(24224)
    assert report("sg-24224-open", {}, **groups(both)) == []
    assert len(report("sg-24224-open", {}, **groups(both, one))) == 1


def test_the_router_maps_firelens_port(report: Report) -> None:
    router = {"name": "log_router", "portMappings": [{"containerPort": 24224}]}
    assert report("sg-24224-open", {"containerDefinitions": [router]}, "firelens") == [
        (
            "error /containerDefinitions/1/portMappings/0/containerPort "
            "`log_router` maps port 24224, which only this task's containers use"
        )
    ]


NOWHERE = f"warning {AGENT} no security group lets `al-agent` out to port 443, where Alert Logic is"


@pytest.mark.parametrize(
    ("egress", "expected"),
    [
        ([], NOWHERE),
        ([permission(5432)], NOWHERE),
        ([{**permission(443), "IpProtocol": "udp"}], NOWHERE),
        ([permission(443, UserIdGroupPairs=[{"GroupId": "sg-1"}])], "only"),
        ([permission(443, IpRanges=[{"CidrIp": "10.0.0.0/8"}])], "only"),
        ([permission(443)], ""),
        ([permission(None)], ""),
        ([permission(443, IpRanges=[{"CidrIp": "204.110.218.96/27"}])], ""),
        ([permission(443, Ipv6Ranges=[{"CidrIpv6": "::/0"}])], ""),
        ([permission(443, PrefixListIds=[{"PrefixListId": "pl-1"}])], ""),
        ([permission(443, UserIdGroupPairs=[{"GroupId": "sg-2"}])], ""),
        ([permission(443, IpRanges=[{"CidrIp": "${cidr}"}])], ""),
        ([permission(443, IpRanges=[{"CidrIp": "nonsense"}])], ""),
    ],
)
def test_the_way_out_to_alert_logic(report: Report, egress: Any, expected: str) -> None:
    found = report("alertlogic-egress", {}, **groups(egress=egress))
    if expected == "only":
        [message] = found
        assert message.endswith("only, not to Alert Logic")
    else:
        assert found == ([expected] if expected else [])


def test_no_way_out_is_claimed_of_what_is_not_shown(report: Report) -> None:
    rule = "alertlogic-egress"
    assert report(rule, {}, **groups(permission(8080))) == []
    assert report(rule, {}, "firelens", **groups(egress=[])) == []
    here = groups(egress=[])
    assert report(rule, {}, **here, **service(securityGroups=["sg-1", "sg-2"])) == []
    assert len(report(rule, {}, **here, **service(securityGroups=["sg-1"]))) == 1
    out = groups(egress=[permission(None)], name="sg-2")
    both = {"security_groups": (*here["security_groups"], *out["security_groups"])}
    assert report(rule, {}, **both) == []


def test_public_images_without_a_public_address(report: Report) -> None:
    rule = "public-ecr-needs-internet"
    assert report(rule, {}, **service(assignPublicIp="DISABLED")) == [
        (
            "warning /containerDefinitions/1/image "
            "the image of `al-agent` and 1 more is public, but the task gets no public address"
        )
    ]
    for given in ("ENABLED", "${public}"):
        assert report(rule, {}, **service(assignPublicIp=given)) == []
    assert report(rule, {}) == []
    assert report(rule, {}, **service(securityGroups=["sg-1"])) == []
    assert report(rule, {}, **service("other", assignPublicIp="DISABLED")) == []
    assert report(rule, {}, "plain", **service(assignPublicIp="DISABLED")) == []


def test_a_nat_gateway_may_be_vouched_for(report: Report) -> None:
    rule = "public-ecr-needs-internet"
    closed = service(assignPublicIp="DISABLED")
    assert report(rule, {}, **closed, rules={rule: {"nat": True}}) == []
    assert len(report(rule, {}, **closed, rules={rule: {"nat": False}})) == 1


def test_endpoints_that_the_task_needs(report: Report) -> None:
    rule = "vpc-endpoints-note"
    assert report(rule, {}, "cloudwatch", **service(assignPublicIp="DISABLED")) == [
        "info  without a NAT gateway the VPC needs 4 endpoints for this task"
    ]
    assert report(rule, {}, "cloudwatch", **service(assignPublicIp="ENABLED")) == []
    assert report(rule, {}, "cloudwatch") == []


@pytest.mark.parametrize(
    ("fragment", "version", "expected"),
    [
        ({}, "1.4.0", None),
        ({}, "LATEST", None),
        ({}, "${version}", None),
        ({}, None, None),
        ({}, "1.3.0", None),
        ({"ephemeralStorage": {"sizeInGiB": 50}}, "1.3.0", "ephemeral storage of another size"),
        ({"pidMode": "task"}, "1.3.0", "a shared process namespace"),
        ({"cpu": "8 vCPU"}, "1.3.0", "a task of 8192 CPU units"),
        ({"volumes": [{"efsVolumeConfiguration": {}}]}, "1.3.0", "a file system of Amazon EFS"),
    ],
)
def test_platform_versions(
    report: Report, fragment: Any, version: str | None, expected: str | None
) -> None:
    given = service(platformVersion=version)
    found = report("platform-version-too-old", fragment, "firelens", **given)
    assert len(found) == (1 if expected else 0)
    if expected:
        wanted = f"{expected} needs platform version 1.4.0, but the service asks for 1.3.0"
        assert found[0].endswith(wanted)


def test_firelens_needs_a_platform_version(report: Report) -> None:
    rule = "platform-version-too-old"
    given = service(platformVersion="1.2.0")
    assert report(rule, {}, "firelens", **given) == [
        (
            "error /containerDefinitions/1/firelensConfiguration "
            "FireLens needs platform version 1.3.0, but the service asks for 1.2.0"
        )
    ]
    windows = {"runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}}
    assert report(rule, windows, "firelens", **given) == []


def test_what_is_only_inferred_of_a_platform_version_is_a_warning(report: Report) -> None:
    assert report("platform-version-too-old", {}, **service(platformVersion="1.3.0")) == [
        (
            "warning /containerDefinitions/2/volumesFrom "
            "`volumesFrom` needs platform version 1.4.0, but the service asks for 1.3.0"
        )
    ]


@pytest.mark.parametrize(
    "value",
    [
        {"services": [{"taskDefinition": "shop", "networkConfiguration": None}]},
        {"taskDefinition": "shop", "networkConfiguration": []},
        {"taskDefinition": "shop", "networkConfiguration": {"awsvpcConfiguration": [7]}},
        {"taskDefinition": "shop", "platformVersion": ["1.0.0"]},
    ],
)
def test_services_that_are_malformed_say_nothing(report: Report, value: Any) -> None:
    for rule in ("public-ecr-needs-internet", "platform-version-too-old", "sg-1514-open"):
        assert report(rule, {}, service=document(value), **groups(permission())) == []
