"""Whatever stands where a rule looks, the rule itself does not break."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fargate_lint import testing
from fargate_lint.lint import pages
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.read import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.source.document import Path

REGISTRY = load()
CHECKER = Checker(REGISTRY, Settings())
# What each rule is about, over a whole definition: the places where it looks.
BAD = [
    json.loads(testing.source(example)[1])
    for rule in REGISTRY.rules
    for example in pages.examples(rule)
    if example.kind == "bad" and example.language == "json" and example.base != "none"
]
HOSTILE: list[Any] = [
    None, True, 0, -1, 1.5, 10**30, float("inf"), float("nan"), [], {}, [[]], [{}], [None],
    {"a": None}, "", " ", "9" * 5000, "9" * 25, "-" + "9" * 5000, "1" * 400 + "M", "²", "٣", "-0",
    "--5", "-", "--", "=", "a=b", "*", "[", "(", "(?<x>", "\\", "$", "$(a", "$['", "${X}", "%",
    "/", "//", "@", ":", "::::::", "a:" + "9" * 5000, "x-" + "9" * 5000, "9-" + "9" * 5000,
    "arn:aws:", "http://[::1", "http://a:b@c:" + "9" * 5000, "\0", "\ud800", "\u202e", "a\nb",
    "x" * 3000, "sha256:", "1.2.3." + "9" * 5000,
]  # fmt: skip


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    for step, item in inner:
        yield from paths(item, (*path, step))


def spoilt(value: Any, path: Path, new: Any) -> Any:
    """A copy of the value with something else at a place."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    copy = value.copy()
    copy[step] = spoilt(value[step], rest, new)
    return copy


def broken(definition: Any) -> list[str]:
    return [
        found.message
        for document in read("task.json", json.dumps(definition).encode())
        for found in CHECKER.check(document)
        if found.rule.name == "broken-rule"
    ]


@settings(max_examples=400)
@given(st.data())
def test_no_value_breaks_a_rule(data: st.DataObject) -> None:
    definition = data.draw(st.sampled_from(BAD))
    path = data.draw(st.sampled_from(list(paths(definition))))
    assert broken(spoilt(definition, path, data.draw(st.sampled_from(HOSTILE)))) == []


LONG = "9" * 5000


@pytest.mark.parametrize(
    "part",
    [
        {"portMappings": [{"containerPort": LONG}]},
        {"portMappings": [{"containerPortRange": f"1-{LONG}"}]},
        {"memory": float("inf")},
        {"cpu": float("nan")},
        {"command": ["-s", "Scheduler.Cap", LONG, "--", "/fluent-bit/bin/fluent-bit"]},
        {"command": ["-s", "Scheduler.Base", LONG, "-s", "Scheduler.Cap", "9", "--", "x"]},
    ],
)
def test_numbers_without_end_break_no_rule(part: dict[str, Any]) -> None:
    router = {"name": "log_router", **part}
    assert broken(testing.overlay(testing.base("agent"), {"containerDefinitions": [router]})) == []


def test_a_message_with_an_endless_value_loses_its_middle() -> None:
    name = "x" * 100_000
    text = json.dumps(testing.overlay(testing.base("agent"), {"family": name, name: 1}))
    (document,) = read("task.json", text.encode())
    found = CHECKER.check(document)
    assert any("…" in each.message for each in found)
    assert max(len(each.message) for each in found) <= 501
