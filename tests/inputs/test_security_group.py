from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.inputs.security_group import Permit, SecurityGroup, security_groups
from tests.build import written as document


def group(*permissions: dict[str, Any], **more: Any) -> SecurityGroup:
    [found] = security_groups(document({"GroupId": "sg-1", "IpPermissions": permissions, **more}))
    return found


def permission(protocol: Any = "tcp", first: Any = 1514, last: Any = 1514) -> dict[str, Any]:
    ports = {} if first is None else {"FromPort": first, "ToPort": last}
    return {"IpProtocol": protocol, **ports, "IpRanges": [{"CidrIp": "10.0.0.0/16"}]}


@pytest.mark.parametrize(
    ("item", "reaches"),
    [
        (permission(), True),
        (permission("udp"), True),
        (permission("6"), True),
        (permission("17", 0, 65535), True),
        (permission(6, 1000, 2000), True),
        (permission("-1", None), True),
        (permission(-1, -1, -1), True),
        (permission("TCP", 1515, 2000), False),
        (permission("icmp", -1, -1), False),
        (permission("50", None), False),
        (permission("tcp", "${port}", 2000), False),
        (permission("${protocol}"), False),
        (permission(None), False),
        (permission("tcp", "1514", "1514"), True),
        (permission("tcp", "syslog", "syslog"), False),
    ],
)
def test_who_reaches_a_port(item: dict[str, Any], reaches: bool) -> None:
    assert bool(group(item).reaching(1514)) == reaches


def test_all_kinds_of_peers_are_told_apart() -> None:
    item = {
        "IpProtocol": "-1",
        "IpRanges": [{"CidrIp": "0.0.0.0/0"}],
        "Ipv6Ranges": [{"CidrIpv6": "::/0"}],
        "PrefixListIds": [{"PrefixListId": "pl-1"}],
        "UserIdGroupPairs": [{"GroupId": "sg-1"}, {"GroupId": "sg-2"}],
    }
    assert [(permit.kind, permit.peer, permit.path) for permit in group(item).permits] == [
        ("ipv4", "0.0.0.0/0", ("IpPermissions", 0, "IpRanges", 0)),
        ("ipv6", "::/0", ("IpPermissions", 0, "Ipv6Ranges", 0)),
        ("prefix list", "pl-1", ("IpPermissions", 0, "PrefixListIds", 0)),
        ("self", "sg-1", ("IpPermissions", 0, "UserIdGroupPairs", 0)),
        ("group", "sg-2", ("IpPermissions", 0, "UserIdGroupPairs", 1)),
    ]


def test_the_rules_of_a_group_may_be_listed_one_by_one() -> None:
    rules = [
        {"GroupId": "sg-1", "IsEgress": False, "IpProtocol": "tcp", "FromPort": 1, "ToPort": 2000,
         "CidrIpv4": "10.0.0.0/8"},
        {"GroupId": "sg-1", "IsEgress": False, "IpProtocol": "-1", "FromPort": -1, "ToPort": -1,
         "ReferencedGroupInfo": {"GroupId": "sg-1"}},
        {"GroupId": "sg-2", "IsEgress": True, "IpProtocol": "-1", "FromPort": -1, "ToPort": -1,
         "CidrIpv6": "::/0"},
    ]  # fmt: skip
    first, second = security_groups(document({"SecurityGroupRules": rules}))
    assert (first.id, first.egress, second.id, second.egress) == ("sg-1", False, "sg-2", True)
    assert [permit.kind for permit in first.reaching(1514)] == ["ipv4", "self"]
    assert second.reaching(1514) == []
    assert [permit.kind for permit in second.reaching(443, egress=True)] == ["ipv6"]


def test_what_is_not_known_may_be_a_way_out_and_is_no_way_in() -> None:
    found = group(permission("tcp", "${port}", "${port}"), IpPermissionsEgress=[permission("${p}")])
    assert found.reaching(1514) == []
    assert len(found.reaching(1514, sure=False)) == 1
    assert len(found.reaching(443, egress=True, sure=False)) == 1


def test_ingress_and_egress_are_told_apart() -> None:
    found = group(IpPermissionsEgress=[permission("-1", None)])
    assert found.reaching(1514) == []
    assert found.egress
    assert not group(permission()).egress


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ({"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": []}, {}]}, ["sg-1"]),
        ([{"GroupId": "sg-1", "IpPermissionsEgress": []}], ["sg-1"]),
        ({"IpPermissions": None}, [""]),
        ({"SecurityGroups": "x"}, []),
        (None, []),
        ([[]], []),
    ],
)
def test_the_groups_of_a_document(value: Any, names: list[str]) -> None:
    assert [found.id for found in security_groups(document(value))] == names


JSON = st.recursive(
    st.none() | st.integers(-1, 70000) | st.sampled_from(["tcp", "-1", "sg-1", "${x}"]),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(
        st.sampled_from([
            "SecurityGroups", "SecurityGroupRules", "GroupId", "IpPermissions", "IpProtocol",
            "FromPort", "ToPort", "IpRanges", "CidrIp", "IpPermissionsEgress", "UserIdGroupPairs",
            "ReferencedGroupInfo", "IsEgress", "CidrIpv4",
        ]),
        inner,
        max_size=5,
    ),
    max_leaves=15,
)  # fmt: skip


@given(JSON)
def test_whatever_a_document_holds_its_groups_are_read(value: Any) -> None:
    for found in security_groups(document(value)):
        for permit in found.reaching(1514, sure=False):
            assert isinstance(permit, Permit)


def test_rules_and_groups_tell_their_document_and_their_places() -> None:
    rule = {"GroupId": "sg-1", "IsEgress": False, "IpProtocol": "tcp", "CidrIpv4": "10.0.0.0/8"}
    for value, places in (
        ({"SecurityGroupRules": [rule]}, ("SecurityGroupRules", 0)),
        ({"SecurityGroups": [{"IpPermissions": []}]}, ("SecurityGroups", 0)),
    ):
        found = document(value)
        (one,) = security_groups(found)
        assert (one.document, one.path) == (found, places)
    (permit,) = security_groups(document({"SecurityGroupRules": [rule]}))[0].permits
    assert (permit.path, permit.egress) == (("SecurityGroupRules", 0), False)


@pytest.mark.parametrize(
    ("ports", "expected", "sure"),
    [
        ({}, None, True),
        ({"FromPort": -1, "ToPort": -1}, None, True),
        ({"FromPort": 1, "ToPort": 9}, (1, 9), True),
        ({"FromPort": 1}, None, False),
        ({"ToPort": 9}, None, False),
    ],
)
def test_a_rule_is_for_all_ports_when_it_names_none(
    ports: dict[str, int], expected: object, sure: bool
) -> None:
    permit = Permit("ipv4", "10.0.0.0/8", {"IpProtocol": "tcp", **ports}, ())
    assert (permit.ports, permit.sure, permit.egress) == (expected, sure, False)
    whole = Permit("ipv4", "10.0.0.0/8", {"IpProtocol": "-1", "FromPort": 1, "ToPort": 9}, ())
    assert (whole.protocol, whole.ports) == ("all", None)
