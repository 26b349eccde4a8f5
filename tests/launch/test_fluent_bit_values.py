from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.launch import values
from fargate_lint.launch.startup import lua


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("50M", 50_000_000, 50_000_000),
        ("50mb", 50_000_000, 50_000_000),
        ("0.5M", 0, 500_000),
        ("1e3", 1, 1000),
        ("0x10", 0, 16),
        ("M", 0, 0),
        ("false", 0, 0),
        ("5 0M", 5_000_000, 5_000_000),
        ("-5M", -5_000_000, -5_000_000),
        ("50 M", None, None),
        ("50MiB", None, None),
        ("1T", None, None),
        ("50B", None, None),
        ("abc", None, None),
        ("", None, None),
        # A refusal is -1, and a number of a unit has a limit (flb_utils_size_to_bytes).
        ("-1", None, None),
        ("9000000000G", 9 * 10**18, 9 * 10**18),
        ("9223372036G", None, None),
    ],
)
def test_sizes(text: str, old: int | None, new: int | None) -> None:
    assert (values.size(text, "1.9.10"), values.size(text, "4.2.8")) == (old, new)


@pytest.mark.parametrize(
    ("text", "integer", "number", "seconds"),
    [
        ("5s", 5, 5.0, 5),
        ("2m", 2, 2.0, 120),
        ("1h", 1, 1.0, 3600),
        ("abc", 0, 0.0, 0),
        (" -3x", -3, -3.0, -3),
        ("0.2", 0, 0.2, 0),
        ("1e2", 1, 100.0, 1),
    ],
)
def test_numbers(text: str, integer: int, number: float, seconds: int) -> None:
    assert values.integer(text) == integer
    assert values.number(text) == pytest.approx(number)
    assert values.seconds(text) == seconds


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("log  two words", 1, ["log", " two words"]),
        ("a b c d", 2, ["a", "b", "c d"]),
        ("", 2, []),
        ("a", 1, ["a"]),
    ],
)
def test_words(text: str, most: int, expected: list[str]) -> None:
    assert values.split(text, most) == expected


def test_quoted_words() -> None:
    assert values.split('k "two \\" words" x', 3, quotes='"') == ["k", 'two " words', "x"]
    assert values.split("k 'two words'", 3, quotes='"') == ["k", "'two", "words'"]
    assert values.split("k 'two words'", 3, quoted=True) == ["k", "two words"]
    with pytest.raises(ValueError, match="open"):
        values.split('k "open', 3, quotes='"')


@given(st.text(), st.sampled_from(["1.9.10", "4.2.8"]))
def test_any_text_has_a_value(text: str, version: str) -> None:
    values.size(text, version)
    values.seconds(text)
    values.number(text)
    values.boolean(text)
    values.split(text, 3)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("function f(a, b) return {1, [2]=3} end", False),
        ("function f(a, b\n return 0\nend", True),
        ('x = "(" -- (', False),
        ("x = [[ ( ]] --[==[ ( ]==]", False),
        ("x = 'open\n", True),
        ("--[[ open", True),
        ("x = {)", True),
    ],
)
def test_lua_that_surely_does_not_load(code: str, expected: bool) -> None:
    assert lua.unbalanced(code) is expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("function cb(tag) end", True),
        ("cb = function(tag) end", True),
        ("local function other() end", False),
        ("require('x')", True),
        ("function mycb(tag) end", False),
    ],
)
def test_lua_functions(code: str, expected: bool) -> None:
    assert lua.defines(code, "cb") is expected
