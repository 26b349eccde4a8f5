from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from fargate_lint.source.edits import Pieces, changed, edited, same
from fargate_lint.source.read import documents
from fargate_lint.source.unknown import Unknown

if TYPE_CHECKING:
    from fargate_lint.source.document import Change

WORDS = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="$<{#%_"), max_size=6
)
ANY_TIME = settings(suppress_health_check=list(HealthCheck))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(WORDS, VALUES, max_size=4)
YAML_WORDS = st.text("abc:-#'\" 01.,[]{}~&*!|>%@\\\t", max_size=6)
YAML_SCALARS = st.none() | st.booleans() | st.integers() | YAML_WORDS
YAML_VALUES = st.recursive(
    YAML_SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(YAML_WORDS, inner, max_size=4),
    max_leaves=12,
)


def made(text: str, *changes: Change, name: str = "task.json") -> str | None:
    """The text with the changes made, None when there is no way."""
    found = edited(documents(name, text)[0], changes)
    if found is None:
        return None
    for start, end, new in reversed(found[0]):
        text = text[:start] + new + text[end:]
    assert same(documents(name, text)[0].value, found[1].value)
    return text


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path]
    if isinstance(value, dict):
        for key, item in value.items():
            found += paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            found += paths(item, (*path, index))
    return found


@st.composite
def changes(
    draw: st.DrawFn, value: Any, new: st.SearchStrategy[Any], words: st.SearchStrategy[str]
) -> Change:
    """Any change that a value allows."""
    path = draw(st.sampled_from(paths(value)))
    here = value
    for step in path:
        here = here[step]
    kinds = ["set"]
    kinds += ["remove"] if path else []
    kinds += ["rename"] if path and isinstance(path[-1], str) else []
    kinds += ["insert"] if isinstance(here, list) else []
    kinds += ["add"] if isinstance(here, dict) else []
    kind = draw(st.sampled_from(kinds))
    if kind == "insert":
        return (
            "insert",
            (*path, draw(st.integers(0, len(here)))),
            draw(st.lists(new, min_size=1, max_size=3)),
        )
    if kind == "add":
        return "set", (*path, draw(words)), draw(new)
    if kind == "rename":
        return "rename", path, draw(words)
    return kind, path, draw(new) if kind == "set" else None


@ANY_TIME
@given(
    data=st.data(),
    value=OBJECTS,
    indent=st.sampled_from([None, 0, 1, 2, 4, "\t"]),
    crlf=st.booleans(),
)
def test_any_change_of_any_json_in_any_layout_is_read_again_as_it_was_meant(
    data: st.DataObject, value: Any, indent: Any, crlf: bool
) -> None:
    colon = data.draw(st.sampled_from([": ", ":", " : "]))
    comma = data.draw(st.sampled_from([",", ", "]))
    text = json.dumps(value, indent=indent, ensure_ascii=False, separators=(comma, colon)) + "\n"
    text = text.replace("\n", "\r\n") if crlf else text
    several = []
    wanted = value
    for _ in range(data.draw(st.integers(1, 3))):
        change = data.draw(changes(wanted, VALUES, WORDS))
        try:
            wanted = changed(wanted, change)
        except KeyError:
            continue
        several.append(change)
    note(repr((text, several)))
    after = made(text, *several)
    assert after is not None
    assert same(json.loads(after), wanted)
    assert after.endswith(text[len(text.rstrip()) :])
    if crlf:
        assert "\n" not in after.replace("\r\n", "")


@ANY_TIME
@given(
    data=st.data(),
    value=st.dictionaries(YAML_WORDS, YAML_VALUES, max_size=4),
    style=st.sampled_from([None, False, True]),
)
def test_a_change_of_yaml_is_read_again_as_it_was_meant_or_not_made(
    data: st.DataObject, value: Any, style: bool | None
) -> None:
    import yaml

    text = yaml.safe_dump(value, default_flow_style=style, sort_keys=False)
    document = documents("task.yaml", text)[0]
    change = data.draw(changes(document.value, YAML_VALUES, YAML_WORDS))
    note(repr((text, change)))
    found = edited(document, [change])
    if found is not None:
        assert same(found[1].value, changed(document.value, change))


@ANY_TIME
@given(
    data=st.data(),
    value=OBJECTS,
    mess=st.lists(
        st.tuples(
            st.integers(0, 200), st.sampled_from([",", "}", "/* x */", "'", "...", "{{ x }}"])
        ),
        max_size=3,
    ),
)
def test_a_change_of_broken_json_is_read_again_as_it_was_meant_or_not_made(
    data: st.DataObject, value: Any, mess: list[tuple[int, str]]
) -> None:
    text = json.dumps(value, indent=2)
    for at, word in mess:
        text = text[: at % len(text)] + word + text[at % len(text) :]
    document = documents("task.json", text)[0]
    change = data.draw(changes(document.value, VALUES, WORDS))
    note(repr((text, change)))
    found = edited(document, [change])
    if found is not None:
        assert same(found[1].value, changed(document.value, change))
        assert len(found[1].faults) <= len(document.faults)


@ANY_TIME
@given(data=st.data(), text=st.text("abc", max_size=12))
def test_pieces_say_what_has_become_of_a_text(data: st.DataObject, text: str) -> None:
    pieces = Pieces(len(text))
    now = text
    for _ in range(data.draw(st.integers(0, 5))):
        start = data.draw(st.integers(0, len(now)))
        end = data.draw(st.integers(start, len(now)))
        new = data.draw(st.text("xyz", max_size=4))
        pieces.replace(start, end, new)
        now = now[:start] + new + now[end:]
    found = pieces.edits()
    assert all(one[1] < other[0] for one, other in pairwise(found))
    made_text = text
    for start, end, new in reversed(found):
        made_text = made_text[:start] + new + made_text[end:]
    assert made_text == now


COMMAND = """\
{
  "command": [
    "-i", "Mem_Buf_Limit", "50M",
    "-o", "syslog", "-m", "*"
  ],
  "portMappings": [
    {"containerPort": 1514}
  ],
  "essential": true
}
"""


def test_an_item_stands_like_the_one_that_it_goes_before() -> None:
    assert made(COMMAND, ("insert", ("command", 3), ["--"])) == COMMAND.replace(
        '    "-o",', '    "--",\n    "-o",'
    )
    assert made(COMMAND, ("insert", ("command", 3), ["-e", "x"])) == COMMAND.replace(
        '    "-o",', '    "-e", "x",\n    "-o",'
    )
    assert made(COMMAND, ("insert", ("command", 1), ["x"])) == COMMAND.replace(
        '"-i", ', '"-i", "x", '
    )


def test_a_member_goes_with_its_comma() -> None:
    assert made(COMMAND, ("remove", ("portMappings",), None)) == COMMAND.replace(
        '"portMappings": [\n    {"containerPort": 1514}\n  ],\n  ', ""
    )
    assert made(COMMAND, ("remove", ("essential",), None)) == COMMAND.replace(
        ',\n  "essential": true', ""
    )


def test_a_new_member_is_indented_like_the_last_one() -> None:
    assert made(COMMAND, ("set", ("user",), "0")) == COMMAND.replace(
        "true\n", 'true,\n  "user": "0"\n'
    )
    assert made('{"a":1}', ("set", ("b",), [1])) == '{"a":1,"b":[1]}'
    assert made("{}", ("set", ("b",), [1])) == '{"b": [1]}'


def test_a_long_value_gets_lines_of_its_own() -> None:
    options = {"awslogs-group": "/ecs/shop", "awslogs-region": "us-east-1", "mode": "non-blocking"}
    assert made('{\n    "a": 1\n}', ("set", ("options",), options)) == (
        '{\n    "a": 1,\n    "options": {\n        "awslogs-group": "/ecs/shop",\n'
        '        "awslogs-region": "us-east-1",\n        "mode": "non-blocking"\n    }\n}'
    )


def test_a_value_that_goes_into_a_list_stays_as_it_is() -> None:
    value = {"a": "${x}", "b": 1}
    text = '{"x":   {"a": "${x}",\n\t"b" :1}}'
    document = documents("task.json", text)[0]
    assert document.value["x"].keys() == value.keys()
    found = edited(document, [("set", ("x",), [document.value["x"]])])
    assert found is not None
    assert found[0] == [(8, 30, '[{"a": "${x}",\n\t"b" :1}]')]


def test_comments_and_trailing_commas_stay() -> None:
    text = '{\n  // why\n  "cpu": 256, // units\n  "memory": "512", // MiB\n}\n'
    assert made(text, ("set", ("cpu",), "256"), name="task.jsonc") == text.replace("256", '"256"')
    assert made(text, ("set", ("family",), "a"), name="task.jsonc") == text.replace(
        '"512",', '"512",\n  "family": "a",'
    )


YAML = """\
# the task
family: shop
cpu: 256  # units
containerDefinitions:
  - name: 'web'
    image: web:1
    command:
      - sh   # a shell
      - -c
    portMappings:
      - containerPort: 1514
        protocol: tcp
      - containerPort: 80
  - name: "other"
    environment: [{name: A, value: b}]
"""
WEB = ("containerDefinitions", 0)


def test_a_scalar_of_yaml_keeps_its_quotes_and_comments() -> None:
    def yaml(*several: Change) -> str | None:
        return made(YAML, *several, name="task.yaml")

    assert yaml(("set", ("cpu",), "256")) == YAML.replace("256", '"256"')
    assert yaml(("set", (*WEB, "name"), "it's")) == YAML.replace("'web'", "'it''s'")
    assert yaml(("set", (*WEB, "image"), ["a", 1])) == YAML.replace("web:1", '["a", 1]')
    assert yaml(("rename", (*WEB, "image"), "picture")) == YAML.replace("image:", "picture:")


def test_lines_of_yaml_are_added_and_taken_away() -> None:
    def yaml(*several: Change) -> str | None:
        return made(YAML, *several, name="task.yaml")

    assert yaml(("insert", (*WEB, "command", 1), ["--"])) == YAML.replace(
        "      - -c\n", '      - "--"\n      - -c\n'
    )
    assert yaml(("insert", (*WEB, "command", 2), ["x"])) == YAML.replace(
        "      - -c\n", "      - -c\n      - x\n"
    )
    assert yaml(("set", (*WEB, "user"), "0")) == YAML.replace(
        "      - containerPort: 80\n", '      - containerPort: 80\n    user: "0"\n'
    )
    assert yaml(("remove", (*WEB, "portMappings", 0), None)) == YAML.replace(
        "      - containerPort: 1514\n        protocol: tcp\n", ""
    )
    assert yaml(("remove", (*WEB, "portMappings", 0, "containerPort"), None)) == YAML.replace(
        "containerPort: 1514\n        protocol", "protocol"
    )
    assert made("a:\n  - b  # why\nc:\n  d: e\n", ("remove", ("a", 0), None), name="a.yaml") == (
        "a:\n  []  # why\nc:\n  d: e\n"
    )
    assert yaml(("remove", ("cpu",), None)) == YAML.replace("cpu: 256  # units\n", "")
    environment = ("containerDefinitions", 1, "environment")
    assert yaml(("insert", (*environment, 1), [{"name": "B", "value": "c"}])) == YAML.replace(
        "{name: A, value: b}", '{name: A, value: b}, {"name": "B", "value": "c"}'
    )
    health = {"command": ["CMD", "true"], "retries": 3}
    assert yaml(("set", (*WEB, "healthCheck"), health)) == YAML.replace(
        "80\n",
        '80\n    healthCheck:\n      command:\n        - CMD\n        - "true"\n      retries: 3\n',
    )


@pytest.mark.parametrize(
    ("text", "change"),
    [
        pytest.param("a: &x 1\nb: *x\n", ("set", ("a",), 2), id="another place has the same value"),
        pytest.param("a: &x\n  c: 1\nb: *x\n", ("set", ("b", "c"), 2), id="an alias's member"),
        pytest.param("a: |\n  1\n  2\n", ("set", ("a",), "2"), id="a block of text"),
        pytest.param("a:\n", ("set", ("a",), "2"), id="nothing"),
        pytest.param("x: &m {c: 1}\nb:\n  <<: *m\n  d: 1\n", ("set", ("b", "c"), 2), id="a merge"),
        pytest.param("a: 1\n", ("set", ("b", "c"), 2), id="no such place"),
        pytest.param("a: !Ref x\n", ("set", ("a",), Unknown("x")), id="what isn't known"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_without_harm_is_not_done(text: str, change: Change) -> None:
    assert made(text, change, name="task.yaml") is None


@pytest.mark.parametrize("verb", ["set", "insert", "remove", "rename"])
def test_what_has_no_members_gets_none(verb: str) -> None:
    for path in (("a", "b"), ("a", 0), ("c", "d")):
        assert made('{"a": "x", "c": 1}', (verb, path, [])) is None


def test_other_documents_of_the_file_stay() -> None:
    text = "a: 1\n---\na: 2\n"
    first, second = documents("task.yaml", text)
    found = edited(second, [("set", ("a",), 3)])
    assert found is not None
    assert found[0] == [(text.index("2"), text.index("2") + 1, "3")]
    assert edited(first, [("set", ("a",), 3)]) is not None


def test_text_that_the_reader_got_over_is_written_right_only_where_nothing_else_changes() -> None:
    text = '{"a": 1 "b": 2}'
    at = text.index(" ", 6)
    assert made(text, ("write", (at, at), ",")) == '{"a": 1, "b": 2}'
    assert made(text, ("write", (at, at), ";")) is None
    assert made('{"a": 1}', ("write", (7, 7), " ")) is None


def test_an_unknown_value_is_never_written() -> None:
    assert made('{"a": 1}', ("set", ("a",), [Unknown("${x}")])) is None


def test_text_of_no_syntax_has_no_edits() -> None:
    assert (
        made("[SERVICE]\n    Flush 1\n", ("set", ("SERVICE", 0, "Flush"), "2"), name="a.conf")
        is None
    )
