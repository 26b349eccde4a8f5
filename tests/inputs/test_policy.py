from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.ecs.iam import evaluate
from fargate_lint.inputs.policy import policies, trust_only
from fargate_lint.source.read import read
from tests.build import written as document

STATEMENT = {"Effect": "Allow", "Action": "logs:*", "Resource": "*"}
POLICY = {"Version": "2012-10-17", "Statement": [STATEMENT]}
TRUST = {
    "Version": "2012-10-17",
    "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "ecs-tasks.amazonaws.com"},
        "Action": "sts:AssumeRole",
    },
}
ECS_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


def can(value: Any, action: str = "logs:PutLogEvents") -> str:
    return evaluate(policies(document(value)), action, ["arn:aws:logs:::x"]).outcome


@pytest.mark.parametrize(
    "value",
    [
        POLICY,
        {"Statement": STATEMENT},
        [STATEMENT],
        STATEMENT,
        {"RoleName": "r", "PolicyName": "p", "PolicyDocument": POLICY},
        {"RoleName": "r", "PolicyName": "p", "PolicyDocument": quote(json.dumps(POLICY))},
        {"PolicyVersion": {"Document": POLICY, "VersionId": "v2", "IsDefaultVersion": True}},
        {"RoleDetailList": [{"RolePolicyList": [{"PolicyName": "p", "PolicyDocument": POLICY}]}]},
        {"Resources": {"Role": {"Properties": {"Policies": [{"PolicyDocument": POLICY}]}}}},
        {"values": {"root_module": {"resources": [{"values": {"policy": json.dumps(POLICY)}}]}}},
    ],
)
def test_a_policy_may_be_kept_in_any_of_these_ways(value: Any) -> None:
    assert len(policies(document(value))) == 1
    assert can(value) == "allowed"
    assert can(value, "s3:GetObject") == "missing"


def test_a_policy_in_yaml() -> None:
    text = "Statement:\n  Effect: Allow\n  Action: logs:*\n  Resource: !GetAtt Group.Arn\n"
    [found] = [found for each in read("p.yaml", text.encode()) for found in policies(each)]
    assert evaluate([found], "logs:PutLogEvents", ["arn:aws:logs:::x"]).outcome == "allowed"


def test_several_policies_keep_their_order_and_places() -> None:
    found = policies(document({"b": POLICY, "a": {"PolicyDocument": POLICY}}))
    assert [policy.path for policy in found] == [("b",), ("a", "PolicyDocument")]
    assert found[0].statements[0].at("Action") == ("b", "Statement", 0, "Action")


def test_the_places_inside_a_text_are_the_text() -> None:
    [found] = policies(document({"values": {"policy": json.dumps(POLICY)}}))
    assert found.path == ("values", "policy")
    assert found.statements[0].at("Action") == ("values", "policy")


def test_trust_policies_say_nothing_about_what_a_role_may_do() -> None:
    assert policies(document(TRUST)) == []
    assert trust_only(document(TRUST))
    role = {"Role": {"AssumeRolePolicyDocument": TRUST}, "PolicyDocument": POLICY}
    assert len(policies(document(role))) == 1
    assert not trust_only(document(POLICY))
    assert not trust_only(document({}))


def test_former_versions_of_a_policy_are_passed_over() -> None:
    former = {"Document": POLICY, "VersionId": "v1", "IsDefaultVersion": False}
    assert policies(document({"PolicyVersionList": [former]})) == []


@pytest.mark.parametrize(
    "value",
    [
        {"AttachedPolicies": [{"PolicyName": "x", "PolicyArn": ECS_POLICY}]},
        {"ManagedPolicyArns": [ECS_POLICY]},
        {"AttachedManagedPolicies": [{"PolicyArn": ECS_POLICY.replace("arn:aws:", "arn:aws-cn:")}]},
    ],
)
def test_the_policy_of_aws_for_execution_roles_is_known(value: Any) -> None:
    assert can(value) == "allowed"
    assert can(value, "logs:CreateLogGroup") == "missing"


@pytest.mark.parametrize(
    "attached",
    [
        [{"PolicyArn": "arn:aws:iam::111122223333:policy/AmazonECSTaskExecutionRolePolicy"}],
        ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        ["${policy_arn}"],
        [None],
        "${policies}",
    ],
)
def test_what_other_policies_allow_is_not_known_from_their_name(attached: Any) -> None:
    assert can({"ManagedPolicyArns": attached, "PolicyDocument": POLICY}) == "allowed"
    assert can({"ManagedPolicyArns": attached}, "s3:GetObject") == "unknown"


@pytest.mark.parametrize(
    "value", [None, [], {}, "Statement", {"a": "Statement of work"}, [[["x"]]]]
)
def test_what_holds_no_policy(value: Any) -> None:
    assert policies(document(value)) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=4) | st.just('{"Statement": [{}]}'),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from([
            "Statement", "Effect", "Action", "PolicyDocument", "AttachedPolicies", "PolicyArn",
            "ManagedPolicyArns", "IsDefaultVersion", "AssumeRolePolicyDocument",
        ]),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(JSON)
def test_whatever_a_document_holds_it_is_read(value: Any) -> None:
    assert evaluate(policies(document(value)), "a:B", ["arn"]).outcome


def test_a_policy_tells_its_document_and_its_place() -> None:
    value = {
        "Role": {"PolicyDocument": STATEMENT},
        "AttachedPolicies": [{"PolicyArn": ECS_POLICY}, {"PolicyArn": "arn:aws:iam::1:policy/x"}],
        "ManagedPolicyArns": {"Ref": "Arns"},
    }
    found = document(value)
    made = policies(found)
    assert sorted((policy.path, policy.open) for policy in made) == [
        (("AttachedPolicies", 0), False),
        (("AttachedPolicies", 1), True),
        (("ManagedPolicyArns",), True),
        (("Role", "PolicyDocument"), False),
    ]
    assert {policy.document for policy in made} == {found}
    # There are no places inside of a policy that is known by its name.
    (known,) = [policy for policy in made if policy.path == ("AttachedPolicies", 0)]
    assert [each.at("Action") for each in known.statements] == [("AttachedPolicies", 0)]


def test_a_policy_in_a_text_may_begin_with_blanks() -> None:
    for text in ("  " + quote(json.dumps(POLICY)), "\n" + json.dumps(POLICY)):
        assert can({"PolicyDocument": text}) == "allowed"
