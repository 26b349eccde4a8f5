"""Where a JSONPath leads, and that it gets there."""

from __future__ import annotations

from typing import Any

import pytest

from fargate_lint.lint.ignore.jsonpath import compiled, matches

# Those who wrote it had a version of the library that took it without a word.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    "text",
    [
        "$..$..$..*",
        "$.a.$.b",
        "$..*..*..*",
        ".".join(["(a|a)"] * 10),
        "$.a[?(@..*..*..*)].b",
    ],
)
def test_a_path_that_goes_everywhere_again_and_again_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="it takes too long"):
        compiled(text)


@pytest.mark.parametrize(
    ("text", "count"), [("$..*", 60), ("$..a..a", 59), ("$..(a|b)", 60), ("$.a.`this`.a", 1)]
)
def test_a_path_that_looks_through_everything_is_taken(text: str, count: int) -> None:
    assert len(set(matches(compiled(text), nested(60)))) == count


@pytest.mark.parametrize("text", ["$.a[?(@.n =~ '^x$')].n", "$.a[?(@.n == $.b)].n"])
def test_a_filter_may_look_at_the_root(text: str) -> None:
    value = {"a": [{"n": "x"}, {"n": "y"}], "b": "x"}
    assert matches(compiled(text), value) == [("a", 0, "n")]
