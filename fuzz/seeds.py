"""Inputs to begin with, from the files of the tests."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from fargate_lint import testing
from fargate_lint.lint import pages
from fargate_lint.lint.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
FOLDERS = ("fixtures", "tests/data", "examples", "fargate_lint/data/examples")


def files(*suffixes: str) -> Iterator[bytes]:
    """The files with these suffixes, the same ones in the same order each time."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.name.endswith(suffixes):
                yield path.read_bytes()


def examples(*languages: str) -> Iterator[bytes]:
    """The examples of the rules' pages in these languages, as whole files."""
    for rule in load().rules:
        for example in pages.examples(rule):
            if example.language in languages:
                yield testing.source(example)[1].encode()


def definitions() -> Iterator[bytes]:
    """Task definitions: those of the tests, then those of the rules' pages."""
    for data in files(".json"):
        if b"containerDefinitions" in data:
            yield data
    yield from examples("json")


#: Members whose own members are names of the user's.
MAPS = frozenset({"dockerLabels", "driverOpts", "labels", "options"})


def templates() -> Iterator[bytes]:
    """Templates of CloudFormation in JSON: those of the examples, then one of each definition."""
    for data in files(".template.json"):
        yield data
    for data in definitions():
        try:
            value = json.loads(data)
        except ValueError:
            continue
        if isinstance(value, dict) and "containerDefinitions" in value:
            yield json.dumps(_template(value), indent=1).encode()


def _template(value: dict[str, Any]) -> dict[str, Any]:
    properties = _capitalized(value)
    properties["Memory"] = {"Fn::If": ["IsProd", {"Ref": "Size"}, {"Ref": "AWS::NoValue"}]}
    properties["TaskRoleArn"] = {"Fn::GetAtt": ["Role", "Arn"]}
    stage = {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}
    policy = {
        "PolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    }
    return {
        "Parameters": {"Stage": {"Type": "String"}, "Size": {"Type": "Number", "Default": 512}},
        "Conditions": {"IsProd": stage},
        "Resources": {
            "Role": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [policy]}},
            "Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": properties},
        },
    }


def _capitalized(value: Any) -> Any:
    if isinstance(value, list):
        return [_capitalized(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name[:1].upper() + name[1:]: each if name in MAPS else _capitalized(each)
        for name, each in value.items()
    }


def yaml_templates() -> Iterator[bytes]:
    """The same in YAML, and those of the examples, which have short forms of functions."""
    for data in files("template.yaml"):
        yield data
    for data in templates():
        yield yaml.safe_dump(json.loads(data), sort_keys=False).encode()


def logs() -> Iterator[bytes]:
    """Console output of routers, agents and applications."""
    yield from files(".log")
    yield from (data for data in files(".txt") if b"\n" in data)


def cases(path: str, *keys: str) -> Iterator[list[str]]:
    """The values of these keys in each object of a JSON file that has all of them as text."""
    left: list[Any] = [json.loads((ROOT / path).read_bytes())]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            found = [value.get(key) for key in keys]
            if all(isinstance(item, str) for item in found):
                yield [str(item) for item in found]
            value = list(value.values())
        if isinstance(value, list):
            left += reversed(value)


def images() -> list[bytes]:
    """References to images, each once."""
    found = (re.findall(rb'"image": *"([^"]+)"', data) for data in definitions())
    return list(dict.fromkeys(each for inside in found for each in inside))


def as_yaml() -> Iterator[bytes]:
    """Task definitions in YAML, as people write them."""
    for data in files(".json"):
        if b"containerDefinitions" in data and len(data) < 5000:
            try:
                value = json.loads(data)
            except ValueError:
                continue
            yield yaml.safe_dump(value, sort_keys=False).encode()


def configurations() -> Iterator[bytes]:
    """Configurations: the example, and those in the documentation."""
    yield from files("fargate-lint.toml")
    for path in sorted((ROOT / "docs").rglob("*.md")):
        for block in re.findall(r"```toml[^\n]*\n(.*?)```", path.read_text(), re.DOTALL):
            yield block.encode()
