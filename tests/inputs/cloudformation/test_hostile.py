"""Templates made to take for ever, or to take everything."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fargate_lint import Linter
from fargate_lint.inputs import cloudformation
from fargate_lint.source.read import read
from fargate_lint.source.unknown import Unknown


def resource(**properties: Any) -> dict[str, Any]:
    whole = {"ContainerDefinitions": [], **properties}
    return {"Type": cloudformation.RESOURCE, "Properties": whole}


def doubled(times: int) -> Any:
    """A text that becomes twice as long so many times."""
    text: Any = "ab"
    for _ in range(times):
        text = {"Fn::Sub": ["${a}${a}", {"a": text}]}
    return text


def joined(times: int) -> Any:
    text: Any = "ab"
    for _ in range(times):
        text = {"Fn::Join": ["", [text, text]]}
    return text


def deep(times: int) -> Any:
    value: Any = 1
    for _ in range(times):
        value = {"A": value}
    return value


def loops(times: int) -> Any:
    body: Any = {"Task": resource()}
    for number in range(times):
        body = {f"Fn::ForEach::L{number}": [f"V{number}", ["a"] * 200, body]}
    return body


CHAIN = {f"C{n}": {"Fn::Not": [{"Condition": f"C{n + 1}"}]} for n in range(5000)}
TREE = {f"C{n}": {"Fn::And": [{"Condition": f"C{n + 1}"}] * 2} for n in range(60)}
WIDE = {f"C{n}": {"Fn::Equals": [{"Ref": f"P{n}"}, "x"]} for n in range(40)}
CIRCLE = {"C0": {"Fn::Not": [{"Condition": "C0"}]}}


CONDITIONS: list[dict[str, Any]] = [CHAIN, TREE, WIDE, CIRCLE]


def conditional(conditions: dict[str, Any]) -> dict[str, Any]:
    tags = [{"Fn::If": [name, "a", "b"]} for name in list(conditions)[:40]]
    return {
        "Parameters": {f"P{n}": {"Type": "String"} for n in range(40)},
        "Conditions": conditions,
        "Resources": {"Task": resource(Tags=tags)},
    }


@pytest.mark.parametrize(
    "template",
    [
        {"Resources": {"Task": resource(Family=doubled(48))}},
        {"Resources": {"Task": resource(Family=joined(12))}},
        {"Resources": {"Task": resource(Zork=deep(450))}},
        {"Resources": loops(6)},
        *(conditional(conditions) for conditions in CONDITIONS),
        {"Resources": {f"T{n}": resource(Cpu={"Ref": "A"}) for n in range(400)}},
    ],
    ids=["sub", "join", "deep", "loops", "chain", "tree", "wide", "circle", "many"],
)
def test_a_hostile_template_comes_to_an_end(template: Any) -> None:
    report = Linter(fixes=False).check("t.json", json.dumps(template))
    assert not report.broken
    assert report.status in {"checked", "unreadable"}


def test_a_text_that_grows_without_end_is_not_known() -> None:
    [document] = read("t.json", json.dumps({"Resources": {"Task": resource(Family=doubled(48))}}))
    [definition] = cloudformation.definitions(document)
    assert isinstance(definition.value["family"], Unknown)
    assert len(definition.value["family"].text) < 1 << 20
