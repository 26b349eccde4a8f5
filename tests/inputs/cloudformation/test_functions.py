"""What the functions of a template stand for, and what stays unknown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.inputs import cloudformation
from fargate_lint.inputs.cloudformation.functions import ABSENT, Evaluator
from fargate_lint.inputs.cloudformation.template import Given, Template
from fargate_lint.source.read import read
from fargate_lint.source.unknown import Unknown

SECTIONS = """
Parameters:
  Stage: {Type: String, Default: dev}
  Size: {Type: Number, Default: 256}
  Empty: {Type: String, Default: ""}
  Dash: {Type: String, Default: "-"}
  Later: {Type: String, Default: "<your token>"}
  Asked: {Type: String}
  Names: {Type: CommaDelimitedList, Default: "a, b,c"}
  Image: {Type: "AWS::SSM::Parameter::Value<String>", Default: /aws/service/image}
Mappings:
  Sizes: {dev: {Cpu: 256, Zones: [x, y]}, prod: {Cpu: 1024}}
Resources:
  Group: {Type: "AWS::Logs::LogGroup", Properties: {LogGroupName: !Sub "/shop/${Stage}"}}
  Nameless: {Type: "AWS::Logs::LogGroup"}
  Role: {Type: "AWS::IAM::Role", Properties: {RoleName: !Ref Role}}
  Queue: {Type: "AWS::SQS::Queue", Properties: {QueueName: q}}
"""


def evaluated(node: str, known: Given | None = None) -> Any:
    """What a node in YAML stands for, `?` and its text where that isn't known."""
    [document] = read("t.yaml", f"{SECTIONS}\nNode: {node}\n")
    found = Evaluator(Template(document, known)).value(document.value["Node"])
    return shown(found)


def shown(value: Any) -> Any:
    if isinstance(value, Unknown):
        return f"? {value.text}"
    if isinstance(value, list):
        return [shown(each) for each in value]
    return {key: shown(each) for key, each in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize(
    ("node", "value"),
    [
        ("!Ref Stage", "dev"),
        ("{Ref: Stage}", "dev"),
        ("!Ref Size", 256),
        ("!Ref Names", ["a", "b", "c"]),
        ("!Ref Group", "/shop/dev"),
        ("!Sub '${Stage}-${Size}'", "dev-256"),
        ("!Sub ['${X}/${!Y}', {X: !Ref Stage}]", "dev/${Y}"),
        ("{'Fn::Sub': 'a-${Stage}'}", "a-dev"),
        ("!Join ['/', ['', a, !Ref Stage]]", "/a/dev"),
        ("!Join [',', !Ref Names]", "a,b,c"),
        ("!Select [1, !Ref Names]", "b"),
        ("!Select ['0', !Split ['-', 'x-y']]", "x"),
        ("!Split ['.', a.b]", ["a", "b"]),
        ("!FindInMap [Sizes, !Ref Stage, Cpu]", 256),
        ("!FindInMap [Sizes, dev, Zones]", ["x", "y"]),
        ("!FindInMap [Sizes, test, Cpu, {DefaultValue: 512}]", 512),
        ("{'Fn::Length': [a, b]}", 2),
        ("[a, !Ref 'AWS::NoValue', {b: !Ref 'AWS::NoValue', c: 1}]", ["a", {"c": 1}]),
        # Outside of `Fn::Sub` nothing is replaced.
        ("'$TOKEN and ${Stage}'", "$TOKEN and ${Stage}"),
    ],
)
def test_what_a_template_decides_is_known(node: str, value: Any) -> None:
    assert evaluated(node) == value


@pytest.mark.parametrize(
    ("node", "value"),
    [
        ("!Ref Asked", "? ${Asked}"),
        ("!Ref Empty", "? ${Empty}"),
        ("!Ref Dash", "? ${Dash}"),
        ("!Ref Later", "? ${Later}"),
        ("!Ref Image", "? ${Image}"),
        ("!Ref Nameless", "? ${Nameless}"),
        ("!Ref Queue", "? ${Queue}"),
        ("!Ref Role", "? ${Ref}"),
        ("!Ref Nowhere", "? ${Nowhere}"),
        ("!Ref 'AWS::Region'", "? ${AWS::Region}"),
        ("!GetAtt Queue.Arn", "? ${Queue.Arn}"),
        ("{'Fn::GetAtt': [Queue, Arn]}", "? ${Queue.Arn}"),
        ("!ImportValue net-Vpc", "? ${ImportValue}"),
        ("!Sub '${AWS::AccountId}.dkr/${Stage}'", "? ${AWS::AccountId}.dkr/dev"),
        ("!Join ['-', [a, !Ref Asked]]", "? a-${Asked}"),
        ("!Select [7, !Ref Names]", "? ${Select}"),
        ("!Split ['-', !Ref Asked]", "? ${Split}"),
        ("!FindInMap [Sizes, !Ref Asked, Cpu]", "? ${FindInMap}"),
        ("!If [Unheard, a, b]", "? ${If}"),
        ("'{{resolve:ssm:/a}}'", "? {{resolve:ssm:/a}}"),
        ("!Sub '{{resolve:ssm:/${Stage}}}'", "? {{resolve:ssm:/dev}}"),
        ("!Transform {Name: 'AWS::Include'}", "? ${Transform}"),
        ("!Base64 a", "? ${Base64}"),
        ("!Join 3", "? ${Join}"),
        ("!Sub [1, 2, 3]", "? ${Sub}"),
        ("!If a", "? ${If}"),
    ],
)
def test_what_a_template_does_not_decide_stays_unknown(node: str, value: str) -> None:
    assert evaluated(node) == value


def test_what_is_given_of_a_stack_decides_more() -> None:
    known = Given({"Asked": "yes", "Stage": "prod", "Names": "x"}, "cn-north-1")
    assert evaluated("!Sub '${Asked}-${Stage}-${AWS::Region}'", known) == "yes-prod-cn-north-1"
    assert evaluated("!Ref Names", known) == ["x"]
    assert evaluated("!Ref 'AWS::URLSuffix'", known) == "amazonaws.com.cn"
    assert evaluated("!Ref 'AWS::Partition'", known) == "aws-cn"


def test_the_defaults_that_a_value_needed_are_noted() -> None:
    [document] = read("t.yaml", f"{SECTIONS}\nNode: !Sub '${{Stage}}${{Size}}${{Asked}}'\n")
    evaluator = Evaluator(Template(document))
    evaluator.value(document.value["Node"])
    assert evaluator.assumed == {"Stage", "Size"}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "Stage", "a", "Sizes"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "Ref", "Fn::Sub", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::If", "Fn::GetAtt",
                    "Fn::FindInMap", "Fn::Length", "Fn::Equals", "Fn::And", "Fn::Not", "Condition",
                    "Fn::ForEach::A", "Fn::Transform", "Type", "Properties", "ContainerDefinitions",
                    "Roles", "Policies", "Effect", "Statement", "TaskDefinition",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=30,
)  # fmt: skip


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "Parameters": st.dictionaries(st.just("Stage"), VALUES),
            "Conditions": st.dictionaries(st.sampled_from(["a", "Stage"]), VALUES),
            "Mappings": VALUES,
            "Resources": st.dictionaries(
                st.sampled_from(["a", "Stage", "Fn::ForEach::A"]),
                st.fixed_dictionaries(
                    {"Type": st.sampled_from([cloudformation.RESOURCE, "AWS::ECS::Service",
                                              "AWS::IAM::Role", "AWS::IAM::Policy",
                                              "AWS::EC2::SecurityGroup", "AWS::Logs::LogGroup"])},
                    optional={"Properties": VALUES, "Condition": VALUES},
                ) | VALUES,
            ),
        },
    )
)  # fmt: skip
def test_no_template_makes_it_fail(value: Any) -> None:
    [document] = read("t.json", json.dumps(value))
    for definition in cloudformation.definitions(document):
        assert definition.written(()).end <= len(document.text)


def test_what_is_left_out_has_no_place() -> None:
    assert repr(ABSENT) == "ABSENT"
