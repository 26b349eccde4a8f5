"""What is remembered across files depends on everything that its answer depends on."""

from __future__ import annotations

from typing import Any

import pytest

from fargate_lint.data.private import PrivatePlugin, Tables
from fargate_lint.launch.configuration import Configuration
from fargate_lint.launch.files import Files
from fargate_lint.launch.launcher import _read_once
from fargate_lint.launch.problem import Problem
from fargate_lint.launch.sections import Entry, Section
from fargate_lint.launch.startup import Circumstances, _content

#: Another value for each slot of what a start depends on.
OTHERS: dict[type[Any], dict[str, Any]] = {
    Circumstances: {
        "aws": True,
        "complete": False,
        "environment_complete": False,
        "files": Files({"/a": "b"}),
        "go": ("cloudwatch",),
        "parser_files": ["/parsers.conf"],
        "sure": False,
        "tables": Tables([PrivatePlugin("output", "acme", {})]),
        "version": "1.9.10",
    },
    Configuration: {
        "complete": False,
        "parsers": [Section("PARSER")],
        "problems": [Problem("ellipsis", "fatal", "x")],
        "sections": [Section("INPUT", [Entry("Name", "cpu")])],
        "settings": {"a": "b"},
    },
    Files: {
        "complete": True,
        "folder": "/elsewhere",
        "texts": {"/a": "b"},
        "whole": ("/a/",),
    },
}
#: What the answer does not depend on, and why.
IRRELEVANT = {
    (Circumstances, "environment"): "a configuration that uses a variable is not remembered",
    (Configuration, "unseen"): "`complete` says that something is out of sight",
}


def content(kind: type[Any] | None = None, slot: str = "", value: object = None) -> object:
    files, configuration = Files(), Configuration()
    circumstances = Circumstances("5.0.9", files=files)
    for each in (files, configuration, circumstances):
        if type(each) is kind:
            setattr(each, slot, value)
    return _content(configuration, circumstances)


@pytest.mark.parametrize(
    ("kind", "slot"), [(kind, slot) for kind in OTHERS for slot in kind.__slots__]
)
def test_a_start_that_differs_in_anything_is_judged_anew(kind: type[Any], slot: str) -> None:
    if (kind, slot) in IRRELEVANT:
        return
    assert slot in OTHERS[kind], f"is `{kind.__name__}.{slot}` in the key, or irrelevant?"
    other = content(kind, slot, OTHERS[kind][slot])
    assert other is None or other != content()


def test_a_command_that_differs_in_a_word_or_its_place_is_read_anew() -> None:
    words: list[Any] = ["-s", "Flush", "1", "--", "-o", "null"]
    places: list[Any] = [("command", index) for index in range(len(words))]
    first = _read_once(words, places)
    assert _read_once(list(words), list(places)) is first
    for index in range(len(words)):
        other = [*words[:index], "x", *words[index + 1 :]]
        assert _read_once(other, places).words[index] == "x"
        moved = [*places[:index], ("entryPoint", index), *places[index + 1 :]]
        found = _read_once(words, moved).places
        assert found is not None
        assert found[index] == ("entryPoint", index)
