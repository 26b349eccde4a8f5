"""Regular expressions of a configuration: they find what Python's do, and always end."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fargate_lint.lint.expressions import Expression

ATOMS = st.sampled_from(
    [
        "a", "b", r"\.", ".", "[ab]", "[^a]", "[]a]", "[^]b]", r"[a\]b]", "[a-c]", r"\d", r"\w",
        r"\s", "^", "$", r"\A", r"\Z", r"\b", "(?:a|b)", "(a)", "(?=a)", "(?!b)", "(?<=a)",
        r"\[", "{", "}", "a{2}", "a{,2}", r"\x61", r"\u0061", "/",
    ]
)  # fmt: skip
REPEATS = st.sampled_from(["", "", "", "*", "+", "?", "*?", "{1,2}"])
FLAGS = st.sampled_from(["", "", "(?i)", "(?s)", "(?m)", "(?x)", "(?a)", "(?is)"])
TEXTS = st.text("abAB.[]{}& \n1/", max_size=8)


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """A regular expression that Python takes."""
    parts = draw(st.lists(st.tuples(ATOMS, REPEATS), max_size=5))
    fixed = {"^", "$", r"\A", r"\Z", r"\b", "(?=a)", "(?!b)", "(?<=a)", "{", "a{2}", "a{,2}"}
    text = "".join(atom + ("" if atom in fixed else repeat) for atom, repeat in parts)
    return draw(FLAGS) + text


@given(patterns(), TEXTS)
def test_an_expression_finds_what_python_finds(pattern: str, text: str) -> None:
    try:
        wanted = re.search(pattern, text) is not None
    except re.error:
        assume(False)
    assert Expression(pattern).is_in(text) is wanted


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (r"^(?P<word>\w+)-(?P=word)$", "ab-ab", "ab-ba"),
        ("^(?:[^:/]+/)?nginx(?s:.)x$", "nginx\nx", "nginx\n\nx"),
        (r"^1234\.dkr\.ecr\.[a-z0-9-]+\.aws/", "1234.dkr.ecr.a-1.aws/x", "x1234.dkr.ecr.a.aws/"),
        ("(?i)^PROD-", "prod-1", "a\nprod-1"),
        ("(?m)^prod-", "a\nprod-1", "a prod-1"),
        (r"a\Z", "a", "a\n"),
        ("/a/", "x/a/x", "a"),
        ("^[[&&a]+$", "[&a", "b"),
    ],
)  # fmt: skip
def test_what_python_writes_in_its_own_way_is_understood(pattern: str, yes: str, no: str) -> None:
    assert Expression(pattern).is_in(yes) is True
    assert Expression(pattern).is_in(no) is False


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|aa)+$", "(.*a){12}$", "^(([a-z])+.)+[A-Z]$"])
def test_an_expression_comes_to_an_end(pattern: str) -> None:
    assert Expression(pattern).is_in("a" * 4000 + "!") is not True


def test_nothing_is_said_of_a_very_long_text() -> None:
    assert Expression("a").is_in("a" * 4097) is None


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a", "missing \\)"),
        ("*", "nothing to repeat"),
        (r"\N{DIGIT ONE}", "write the character"),
        ("(?:a{99999}){9999}", "it is not supported"),
    ],
)
def test_text_that_is_no_expression_is_refused(pattern: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Expression(pattern)
