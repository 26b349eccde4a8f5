from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.source.edits import edited, spliced
from fargate_lint.source.embedded import Embedded, in_lines, in_string
from fargate_lint.source.read import documents

if TYPE_CHECKING:
    from fargate_lint.source.document import Document, Path

WORDS = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="$<{#%_"), max_size=6
)
VALUES = st.dictionaries(
    WORDS, st.none() | st.integers() | WORDS | st.lists(WORDS, max_size=3), min_size=1, max_size=4
)


def outer(text: str) -> Document:
    return documents("outer.json", text)[0]


def string(value: object, *, ascii_only: bool = True) -> Embedded:
    text = json.dumps({"a": [1, json.dumps(value)]}, ensure_ascii=ascii_only)
    found = in_string(outer(text), ("a", 1))
    assert found is not None
    return found


def shown(document: Document, path: Path, *, key: bool = False) -> str:
    """What stands at the place that a path is written in."""
    where, _, start, end = document.written(path, key=key)
    return where.text[start:end]


def after(document: Embedded, change: tuple[str, Path, Any]) -> Any:
    """The value of the outer document once a change is made in the inner one."""
    made = edited(document, [change])
    assert made is not None
    where, edits = document.outward(made[0])
    return documents("outer.json", spliced(where.text, edits))[0].value


def test_places_of_the_inner_document_lie_in_the_outer_text() -> None:
    inner = string({"name": "w\u00e9b \U0001f600", "list": ["x\n", "y"]})
    assert inner.value == {"name": "w\u00e9b \U0001f600", "list": ["x\n", "y"]}
    assert shown(inner, ("list", 1)) == r"\"y\""
    assert shown(inner, ("list", 0)) == r"\"x\\n\""
    assert shown(inner, ("name",), key=True) == r"\"name\""
    where, path, _, _ = inner.written(("list", 1))
    assert (where.name, path) == ("outer.json", ("a", 1))


def test_what_is_no_string_of_json_is_no_document() -> None:
    assert in_string(outer('{"a": 1}'), ("a",)) is None
    assert in_string(outer('{"a": "x"}'), ("b",)) is None
    assert in_string(documents("x.yaml", "a: 'x'")[0], ("a",)) is None


@given(VALUES, WORDS, WORDS, st.booleans())
def test_a_change_of_the_inner_document_is_one_of_the_outer(
    value: dict[str, Any], key: str, new: str, ascii_only: bool
) -> None:
    inner = string(value, ascii_only=ascii_only)
    found = after(inner, ("set", (key,), new))
    assert json.loads(found["a"][1]) == {**value, key: new}
    assert found["a"][0] == 1


@given(VALUES, st.booleans())
def test_each_place_holds_what_json_writes_for_it(value: dict[str, Any], ascii_only: bool) -> None:
    inner = string(value, ascii_only=ascii_only)
    for key, item in value.items():
        literal = json.loads(f'"{shown(inner, (key,))}"')
        assert json.loads(literal) == item


def test_a_document_in_a_document_in_a_document() -> None:
    middle = string({"deep": json.dumps({"x": ["y"]})})
    inner = in_string(middle, ("deep",))
    assert inner is not None
    assert inner.value == {"x": ["y"]}
    assert shown(inner, ("x", 0)) == r"\\\"y\\\""
    found = after(inner, ("set", ("x", 0), 'q"'))
    assert json.loads(json.loads(found["a"][1])["deep"]) == {"x": ['q"']}


HEREDOC = """resource "x" "y" {
  definitions = <<-EOT
    [
      {"name": "web"},

      {"name": "job"}
    ]
  EOT
}
"""


def test_a_heredoc_loses_its_indentation_and_gets_it_back() -> None:
    file = documents("main.tf", HEREDOC)[0]
    start, end = HEREDOC.index("    [\n"), HEREDOC.index("  EOT")
    inner = in_lines(file, (), start, end, indent=4)
    assert inner.text.startswith('[\n  {"name": "web"},\n\n')
    assert shown(inner, (1, "name")) == '"job"'
    made = edited(inner, [("set", (1, "image"), "job:1")])
    assert made is not None
    where, edits = inner.outward(made[0])
    assert spliced(where.text, edits) == HEREDOC.replace(
        '{"name": "job"}', '{"name": "job", "image": "job:1"}'
    )


@given(VALUES, st.integers(0, 6), WORDS)
def test_lines_may_be_indented_by_any_number(value: dict[str, Any], indent: int, new: str) -> None:
    margin = " " * indent
    lines = [margin + line for line in json.dumps(value, indent=2).splitlines()]
    text = "x\n" + "\n".join(lines) + "\n"
    inner = in_lines(documents("x.tf", text)[0], (), 2, len(text), indent=indent)
    assert inner.value == value
    made = edited(inner, [("set", ("new key",), [new])])
    assert made is not None
    where, edits = inner.outward(made[0])
    again = documents("x.tf", spliced(where.text, edits))[0]
    after = in_lines(again, (), 2, len(again.text), indent=indent)
    assert after.value == {**value, "new key": [new]}
