from __future__ import annotations

from typing import Any

import pytest

from fargate_lint.source import unknown
from fargate_lint.source.unknown import MARKS, Unknown, known_part, mark, text_of


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("a-${b}-c", "a--c"),
        ("${a {b} c}", ""),
        ("{{ must_env `X` }}:1", ":1"),
        ("{% if x %}y{% endif %}", "y"),
        ("<%= x %>", ""),
        ("<your_key>", ""),
        ("$CPU", ""),
        ("#{Cpu}#", ""),
        ("%CPU%m", "m"),
        ("__CPU__", ""),
        ("__DB_HOST__", ""),
        ("web-__CPU__", "web-"),
        ("v__TAG__", "v"),
        ("__ENV__shop", "shop"),
    ],
)
def test_placeholders_are_found(text: str, known: str) -> None:
    value = mark(text)
    assert isinstance(value, Unknown)
    assert (text_of(value), known_part(value)) == (text, known)
    assert MARKS.search(text)
    assert unknown.may_be_in(text)


@pytest.mark.parametrize(
    "text",
    ["", "50%", "a < b", "{a}", "cost: 5$", "__init__", "a{{b", "A__B__C", "A__B__C__D_E"],
)
def test_other_text_is_known(text: str) -> None:
    assert mark(text) == text


def test_marking_changes_nothing_in_place() -> None:
    value: Any = {"a": ["$X", {"b": "<c>"}], "d": "e"}
    marked = mark(value)
    assert [text_of(marked["a"][0]), text_of(marked["a"][1]["b"])] == ["$X", "<c>"]
    assert value == {"a": ["$X", {"b": "<c>"}], "d": "e"}


def test_marking_goes_as_deep_as_values_do() -> None:
    value: Any = "$X"
    for _ in range(5000):
        value = [value]
    value = mark(value)
    while isinstance(value, list):
        (value,) = value
    assert isinstance(value, Unknown)


@pytest.mark.parametrize(
    "opening", ["{{", "{%", "<%", "${{}", "<a", "#{", "%A", "__A", "A__", "A__B_"]
)
def test_text_of_nothing_but_openings_is_known_at_once(opening: str) -> None:
    text = opening * 50_000
    assert mark(text) is not None
