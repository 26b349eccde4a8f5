from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fargate_lint.source import classic

OLD, NEW = "1.9.10", "5.0.9"


def read(text: str | bytes, version: str = NEW) -> classic.File:
    return classic.parse(text, version=version, name="f.conf")


def said(text: str | bytes, version: str = NEW) -> list[str]:
    return [problem.said for problem in read(text, version).problems]


def contents(file: classic.File) -> list[tuple[str, ...]]:
    """What the file means, without how it is written."""
    found: list[tuple[str, ...]] = []
    for item in file.items:
        if isinstance(item, classic.Pair):
            found.append(("group" if item.grouped else "pair", item.key, item.value))
        elif isinstance(item, classic.Group):
            found.append(("group", item.name))
        elif isinstance(item, classic.Header):
            found.append(("section", item.name))
        elif isinstance(item, classic.Directive):
            found.append(("directive", item.word, item.argument))
    return found


def test_sections_and_pairs_in_order() -> None:
    file = read("[INPUT]\n    Name dummy\n    Tag  a b \n\n[output] rest\n    Name null\n")
    assert [
        (header.name, [(pair.key, pair.value) for pair in pairs])
        for header, pairs in file.sections()
    ] == [("INPUT", [("Name", "dummy"), ("Tag", "a b")]), ("output", [("Name", "null")])]
    assert not file.problems


def test_positions_are_character_offsets() -> None:
    text = "# é\n[INPUT]\n    Näme  dümmy \n"
    _, pairs = next(read(text).sections())
    pair = pairs[0]
    assert (pair.line, text[pair.start : pair.start + len(pair.key)]) == (3, "Näme")
    assert text[pair.at : pair.end] == "dümmy"
    assert classic.locate(text)["INPUT", 0, "Näme"].value == (pair.at, pair.end)


def test_a_repeated_key_is_found_by_its_number() -> None:
    text = "[FILTER]\n    Record a 1\n    Record b 2\n"
    spans = classic.locate(text)
    assert text[slice(*spans["FILTER", 0, "Record"].value)] == "a 1"
    assert text[slice(*spans["FILTER", 0, "Record", 1].value)] == "b 2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[INPUT]\nName x\nTag y\n", "[config] indentation level is too low"),
        ("[INPUT]\n    Name x\n\tTag y\n", "[config] inconsistent use of tab and space"),
        ("[INPUT]\n    Name x\n      Tag y\n", "[config] extra indentation level found"),
        ("[INPUT]\n    Name x\n  # less\n", "[config] inconsistent use of tab and space"),
        ("[INPUT]\n    Name x\n      \n", "[config] extra indentation level found"),
    ],
)
def test_indentation_is_that_of_the_first_indented_line(text: str, expected: str) -> None:
    (first, *_) = said(text)
    assert first.split("\n")[1] == "[config] error in f.conf:3: invalid indentation level"
    if "# less" not in text:
        assert first.split("\n")[0] == expected


@pytest.mark.parametrize("line", ["    # fine", "    ", "        ", "", "# fine", "        Tag y"])
def test_lines_that_any_indentation_allows(line: str) -> None:
    assert said(f"[INPUT]\n    Name x\n{line}\n") == []


def test_each_fault_has_its_line() -> None:
    text = "Key x\n[INPUT\n    Name\n    Tag \n    Alias  \n    A=b\n    [x]\n"
    assert said(text) == [
        "[config] error in f.conf:1: could not allocate key value pair",
        "[config] error in f.conf:2: bad header definition",
        *said(text)[2:],
    ]
    assert said("[INPUT]\n    Name\n    Tag \n    Alias  \n    A=b\n    [x]\n") == [
        "[config] error in f.conf:2: undefined value - check config is in valid classic format",
        "[config] error in f.conf:3: key has an empty value",
        "[config] error in f.conf:4: could not allocate key value pair",
        "[config] error in f.conf:5: undefined value - check config is in valid classic format",
        "[config] error in f.conf:6: undefined value - check config is in valid classic format",
    ]


def test_the_line_of_a_long_line_is_the_one_before() -> None:
    text = "[INPUT]\n#" + "x" * 4094 + "\n"
    assert said(text, OLD) == ["[config] error in f.conf:1: length of content has exceeded limit"]
    assert said(text, NEW) == []
    assert said("[INPUT]\n#" + "x" * 4093 + "\n", OLD) == []


def test_a_byte_order_mark_breaks_the_first_line() -> None:
    missing = "undefined value - check config is in valid classic format"
    assert said(b"\xef\xbb\xbf[INPUT]\n")[0] == f"[config] error in f.conf:1: {missing}"
    assert said("\ufeff# comment\n")[0].endswith(":1: could not allocate key value pair")


def test_keys_at_the_margin_lose_a_letter_they_share() -> None:
    assert contents(read("[INPUT]\nName x\nNote y\n")) == [
        ("section", "INPUT"), ("pair", "ame", "x"), ("pair", "ote", "y"),
    ]  # fmt: skip


def test_keys_at_the_margin_are_read_as_they_were_meant_when_refused() -> None:
    assert contents(read("[INPUT]\nName x\nTag y\n")) == [
        ("section", "INPUT"), ("pair", "Name", "x"), ("pair", "Tag", "y"),
    ]  # fmt: skip


def test_groups_keep_their_keys_to_themselves() -> None:
    text = "[INPUT]\n    Name x\n    [processors] y\n        Foo bar\n    Tag z\n"
    assert contents(read(text)) == [
        ("section", "INPUT"), ("pair", "Name", "x"), ("group", "processors"),
        ("group", "Foo", "bar"), ("pair", "Tag", "z"),
    ]  # fmt: skip


def test_directives_stand_at_the_margin() -> None:
    text = "@SET a=b\n@include  x.conf \n[INPUT]\n    @SET c=d\n"
    assert contents(read(text)) == [
        ("directive", "SET", "a=b"), ("directive", "INCLUDE", " x.conf "), ("section", "INPUT"),
        ("pair", "@SET", "c=d"),
    ]  # fmt: skip


def test_a_directive_without_a_blank_crashes_1_9() -> None:
    assert [(item.kind, item.crash) for item in read("@SET\n", OLD).problems] == [
        ("directive", True)
    ]
    assert [(item.kind, item.crash) for item in read("@SET\n", NEW).problems] == [
        ("directive", False)
    ]


def test_line_ends() -> None:
    assert contents(read("[INPUT]\r\n    Name x\r\n    Tag y")) == [
        ("section", "INPUT"), ("pair", "Name", "x"), ("pair", "Tag", "y"),
    ]  # fmt: skip
    assert contents(read("[INPUT]\r    Name x\r")) == [("section", "INPUT")]


def test_faults_that_follow_from_a_group_are_not_told_again() -> None:
    text = "[INPUT]\n    Name x\n    [processors]\n        Foo bar\n"
    assert contents(read(text))[-1] == ("group", "Foo", "bar")


LINES = st.lists(
    st.sampled_from([
        "[INPUT]", "[x", "[]", "[ a ]", "    Name dummy", "    Tag a b", "\tName x", "@FOO",
        "        K v", "    [g] x", "    [g]", "    []", "@SET a=b", "@INCLUDE x.conf ", "@x y",
        "# c", "    # c", "    ", "      ", "", "    K", "    K ", "    K  ", "k v", "kk v",
        "    K v\r", "a\x0bb c", "    \x0cK v", "\x00", "é ö", "[x] y", "@SET x\r", "Name x",
    ]),
    max_size=12,
).map("\n".join)  # fmt: skip


@given(LINES | st.text() | st.binary(), st.sampled_from([OLD, NEW]))
@example("[INPUT]\n    K v\r\r\n", NEW)
@example(b"\xef\xbb\xbfA b\n", OLD)
@example("\ud800", NEW)
def test_what_is_read_prints_back_to_the_same(text: str | bytes, version: str) -> None:
    first = read(text, version)
    again = read(classic.render(first), version)
    assert contents(again) == contents(first)
    assert not again.problems


@given(st.binary(max_size=200) | st.text(max_size=200), st.sampled_from([OLD, NEW]))
def test_spans_lie_within_the_text(text: str | bytes, version: str) -> None:
    file = read(text, version)
    length = len(text.decode("utf-8", "surrogateescape") if isinstance(text, bytes) else text)
    for item in file.items:
        assert 0 <= item.start <= item.end <= length
