from __future__ import annotations

import textwrap
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.lint.registry import load
from fargate_lint.lint.settings import keys, names
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.lint.settings.toml import locate, parse
from fargate_lint.stop import Stop

VALUES = st.recursive(
    st.text(max_size=5) | st.integers() | st.booleans() | st.dates() | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["rule", "path", "reason", "a"]), inner, max_size=3)
    ),
)


@given(st.dictionaries(st.sampled_from([*keys.KEYS, "tool"]), VALUES, max_size=3))
def test_any_value_of_a_key_is_taken_or_stops(value: dict[str, Any]) -> None:
    registry = load()
    settings = Settings()
    try:
        keys.read(settings, parse("x.toml", written(value).encode("utf-8", "replace")), ())
        names.resolve(settings, registry)
    except Stop:
        pass


@given(st.dictionaries(st.text(min_size=1, max_size=3), VALUES, max_size=3))
def test_every_value_has_a_place(value: dict[str, Any]) -> None:
    text = written(value)
    document = parse("x.toml", text.encode("utf-8", "replace"))
    spans = document.spans()
    left: list[tuple[tuple[str | int, ...], Any]] = [((), document.value)]
    while left:
        path, item = left.pop()
        assert path in spans
        if isinstance(item, (dict, list)):
            left += [
                ((*path, key), inner)
                for key, inner in (item.items() if isinstance(item, dict) else enumerate(item))
            ]
        elif isinstance(item, int):
            start, end = spans[path].value
            assert document.text[start:end] == written(item)


def written(value: Any) -> str:
    """A value as TOML: the top level as lines, everything below as inline tables and arrays."""
    if isinstance(value, dict):
        return "".join(f"{_inline(key)} = {_inline(item)} # x\n" for key, item in value.items())
    return _inline(value)


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_inline(key)} = {_inline(v)}" for key, v in value.items()) + "}"
    if isinstance(value, list):
        return "[\n" + "".join(f"  {_inline(item)}, # ]\n" for item in value) + "]"
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(letter):08x}" for letter in value) + '"'
    return str(value)


def test_tables_dotted_keys_and_strings_of_all_kinds_have_places() -> None:
    text = textwrap.dedent('''\
        a.b = """x
        [no]""" # [no]
        [[ignore]]
        rule = 'it''
        [[ignore]]
        "r\\u0075le" = [1.5, {until = 2027-01-31 07:00:00}]
        [ignore.more]
        x = 1
    ''').replace("'it''", "'it'")
    spans = locate(text)
    values = {path: text[slice(*span.value)] for path, span in spans.items()}
    assert values["a", "b"] == '"""x\n[no]"""'
    assert values["ignore", 0] == "[[ignore]]"
    assert values["ignore", 0, "rule"] == "'it'"
    assert values["ignore", 1, "rule", 0] == "1.5"
    assert values["ignore", 1, "rule", 1, "until"] == "2027-01-31 07:00:00"
    assert values["ignore", 1, "more", "x"] == "1"


@given(st.text(alphabet="[]{}=.,\"'#\n ab1-\\", max_size=12))
def test_any_text_has_places(text: str) -> None:
    assert all(
        0 <= start <= end <= len(text) for span in locate(text).values() for start, end in span[1:]
    )


@pytest.mark.parametrize(
    ("text", "last", "key", "value"),
    [
        ("a", ("a",), "a", "a"),
        ("a.b =", ("a", "b"), "b", "b"),
        ("a = [1, [2", ("a", 1, 0), None, "2"),
        ("a = {\n b.c = 1,\n}", ("a",), "a", "{\n b.c = 1,\n}"),
        ("a = {b.c = 1, d = 2}", ("a", "d"), "d", "2"),
        ("[a.'b c']", ("a", "b c"), "'b c'", "'b c'"),
        ("[[a]]\n[[a]]\n[[a.b]]", ("a", 1, "b", 0), "b", "[[a.b]]"),
        ("[[a]]\n[[a.b]]\n[a.b.c]\nd=1\n[[a.b]]\nd=2", ("a", 0, "b", 1, "d"), "d", "2"),
        ("a = 1979-05-27 07:32:00 # b\nc = 2", ("c",), "c", "2"),
    ],
)
def test_keys_and_values_have_places(text: str, last: Any, key: str | None, value: str) -> None:
    spans = locate(text)
    path, span = max(spans.items(), key=lambda item: (item[0] == last, item[1].value))
    assert path == last
    assert (text[slice(*span.key)] if span.key else None) == key
    assert text[slice(*span.value)] == value


@pytest.mark.parametrize("line", ["[{}]", "[[{}]]", "{} = 1", '["a".{}]', "x = {{{} = 1}}"])
def test_a_key_of_very_many_names_is_refused_at_once(line: str) -> None:
    """tomllib takes the square of their number: minutes for some 100 KB."""
    with pytest.raises(Stop, match=r"task\.toml:2: nested too deeply"):
        parse("task.toml", ("# none\n" + line.format(".".join("a" * 500_000))).encode())


def test_points_in_a_text_are_none_of_a_key() -> None:
    text = "reason = '''\n" + "." * 200 + "\n'''\n" + "x.y.z = 1\n"
    assert parse("task.toml", text.encode()).value["x"] == {"y": {"z": 1}}
