from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.launch import filters, parsers, trace
from fargate_lint.launch.filters.event import Event
from fargate_lint.launch.filters.options import tokens
from fargate_lint.launch.onigmo import Undecided
from fargate_lint.launch.record import Record, Refused, plain, read
from fargate_lint.launch.sections import Entry, Section
from fargate_lint.launch.variables import Variables
from fargate_lint.source import classic
from fargate_lint.source.unknown import Unknown
from scripts.agreement_syslog import record_of

VERSIONS = ("1.9.10", "4.2.8", "5.0.9")
GOLDEN = json.loads((Path(__file__).parents[1] / "data/fluent-bit/filters.json").read_text())
#: Cases that are not simulated: what a Lua script does is not looked into.
LUA = {case["index"] for case in GOLDEN["cases"] if "Name lua" in case["filters"]}
TIME = (1_700_000_000, 123_456_789)
BOTH = ("1.9.10", "5.0.9")


def sections_of(text: str, version: str) -> list[Section]:
    """The sections of a configuration, with variables replaced."""
    variables = Variables(version=version)
    found = []
    for header, pairs in classic.parse(text, version=version).sections():
        entries = [Entry(pair.key, variables.expand(pair.value)) for pair in pairs]
        for entry in entries:
            entry.value = entry.text.strip() if isinstance(entry.value, str) else entry.value
        found.append(Section(header.name, entries))
    return found


def pairs_of(value: Any) -> Any:
    if isinstance(value, Record):
        return [[key, plain(item)] for key, item in value]
    return value


def follow(case: dict[str, Any], version: str) -> trace.Trace:
    known, _ = parsers.registry(sections_of(GOLDEN["parsers.conf"], version), version)
    return trace.trace(
        case["tag"],
        record_of(case["record"]),
        (case["time"]["sec"], case["time"]["nsec"]),
        [],
        sections_of(case["filters"], version),
        [],
        parsers=known if "parsers.conf" in case["service"] else {},
        version=version,
    )


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "case",
    [case for case in GOLDEN["cases"] if case["index"] not in LUA],
    ids=lambda case: f"{case['index']}-{case['name']}",
)
def test_what_leaves_the_filters_is_what_was_measured(case: dict[str, Any], version: str) -> None:
    real = case[version]
    found = follow(case, version)
    assert bool(found.refused) is not real["started"]
    if not found.refused:
        assert [
            {"tag": event.tag, "time": list(event.time), "pairs": pairs_of(event.record)}
            for event in found.events
        ] == [
            {
                "tag": out["tag"],
                "time": [out["time"]["sec"], out["time"]["nsec"]],
                "pairs": out.get("pairs") or [[key, out["record"][key]] for key in out["keys"]],
            }
            for out in real["out"]
        ]


def filter_of(version: str, *lines: str) -> filters.Filter:
    entries = [Entry(key, value) for key, _, value in (line.partition(" ") for line in lines)]
    return filters.prepare(Section("FILTER", entries), version, {})


def after(record: dict[str, Any] | Record, version: str, *lines: str) -> list[Any] | None:
    event = Event("web.one", TIME, record if isinstance(record, Record) else read(record))
    kept = filter_of(version, *lines).apply(event).kept
    return None if kept is None else pairs_of(kept.record)


@pytest.mark.parametrize("version", BOTH)
def test_a_lua_filter_is_named_as_not_simulated(version: str) -> None:
    case = next(case for case in GOLDEN["cases"] if case["index"] in LUA)
    (step,) = follow(case, version).steps
    assert not step.simulated
    assert step.notes == [
        "what `lua` does is not simulated: what follows takes it that the record stays as it is"
    ]


@pytest.mark.parametrize(
    ("text", "most", "words"),
    [
        ('a "b c"', 2, ["a", "b c"]),
        ("a b  c d", 2, ["a", "b", "c d"]),
        ('a "b \\" c" d', 2, ["a", 'b " c', "d"]),
        ('a "b c', 2, ["a", "b c"]),
        ('"" x', 2, ["", "x"]),
        ("  a   ", 2, ["a"]),
        ("a 'b c'", 2, ["a", "'b", "c'"]),
        ("", 2, []),
    ],
)
def test_words_of_list_options(text: str, most: int, words: list[str]) -> None:
    assert tokens(text, most) == words


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Rename a b"], [["b", 1], ["c", 2]]),
        (["Rename a c"], [["a", 1], ["c", 2]]),
        (["Hard_rename a c"], [["c", 1]]),
        (["Copy a d"], [["a", 1], ["d", 1], ["c", 2]]),
        (["Hard_copy a c"], [["a", 1], ["c", 1]]),
        (["Set a x"], [["c", 2], ["a", "x"]]),
        (["Add a x", "Add z y"], [["a", 1], ["c", 2], ["z", "y"]]),
        (["Remove_wildcard a"], [["c", 2]]),
        (["Remove_regex ^[ab]$"], [["c", 2]]),
        (["Remove nope"], [["a", 1], ["c", 2]]),
        (["Set a two words"], [["words", 1], ["c", 2]]),
        (["Condition Key_exists a", "Remove a"], [["c", 2]]),
        (["Condition Key_does_not_exist a", "Remove a"], [["a", 1], ["c", 2]]),
        (["Condition Key_value_equals a 1", "Remove a"], [["a", 1], ["c", 2]]),
        (["Condition A_key_matches ^a", "Remove a"], [["c", 2]]),
        (["Condition No_key_matches ^a", "Remove a"], [["a", 1], ["c", 2]]),
        (["Condition Matching_keys_have_matching_values a x", "Remove a"], [["a", 1], ["c", 2]]),
        (["Condition Matching_keys_do_not_have_matching_values a x", "Remove a"], [["c", 2]]),
    ],
)
@pytest.mark.parametrize("version", BOTH)
def test_operations_of_modify(lines: list[str], expected: list[Any], version: str) -> None:
    assert after({"a": 1, "c": 2}, version, "Name modify", *lines) == expected


def test_what_only_newer_versions_of_modify_can_do() -> None:
    record = {"ab": 1, "c": 2, "ad": 3}
    assert after(record, "4.2.8", "Name modify", "Move_to_end a") == [
        ["c", 2],
        ["ab", 1],
        ["ad", 3],
    ]
    moved = after(record, "4.2.8", "Name modify", "Move_to_start c")
    assert moved == [["c", 2], ["ab", 1], ["ad", 3]]
    with pytest.raises(Refused):
        filter_of("1.9.10", "Name modify", "Move_to_end a")


@pytest.mark.parametrize(
    ("lines", "log", "kept"),
    [
        (["Regex log a"], "cat", True),
        (["Regex log a", "Exclude log t"], "cat", True),
        (["Exclude log t", "Regex log a"], "cat", False),
        (["Exclude log /cat/"], "cat", False),
        (["Exclude log /CAT/i"], "cat", False),
        (["Logical_Op and", "Regex log a", "Regex log x"], "cat", False),
        (["Logical_Op or", "Regex log a", "Regex log x"], "cat", True),
        (["Logical_Op and", "Exclude log a", "Exclude log x"], "cat", True),
        (["Logical_Op or", "Exclude log a", "Exclude log x"], "cat", False),
        (["Regex $k['a'] x"], "cat", True),
        ([], "cat", True),
    ],
)
def test_grep_keeps_or_drops(lines: list[str], log: str, kept: bool) -> None:
    record = {"log": log, "k": {"a": "x"}}
    assert (after(record, "5.0.9", "Name grep", *lines) is not None) is kept


@pytest.mark.parametrize(
    ("version", "lines"),
    [
        ("5.0.9", ["Name grep", "Regex log"]),
        ("5.0.9", ["Name grep", "Regex log *a"]),
        ("5.0.9", ["Name grep", "Regex $! a"]),
        ("5.0.9", ["Name grep", "Logical_Op or", "Regex log a", "Exclude log b"]),
        ("5.0.9", ["Name modify", "Set a"]),
        ("5.0.9", ["Name modify", "Set a b c d"]),
        ("5.0.9", ["Name modify", "Set a *"]),
        ("5.0.9", ["Name modify", 'Set a "b']),
        ("5.0.9", ["Name modify", "Condition Maybe a"]),
        ("5.0.9", ["Name modify", "Condition Key_value_matches a"]),
        ("5.0.9", ["Name nest"]),
        ("5.0.9", ["Name nest", "Operation fold"]),
        ("5.0.9", ["Name nest", "Operation nest", "Operation nest"]),
        ("5.0.9", ["Name nest", "Operation lift", "Add_prefix a", "Remove_prefix b"]),
        ("5.0.9", ["Name record_modifier", "Record a"]),
        ("5.0.9", ["Name record_modifier", "Remove_key a", "Allowlist_key b"]),
        ("5.0.9", ["Name rewrite_tag", "Rule $log a"]),
        ("5.0.9", ["Name rewrite_tag", "Rule $log *a b false"]),
        ("5.0.9", ["Name rewrite_tag", "Rule $log a $! false"]),
        ("5.0.9", ["Name parser", "Parser x"]),
        ("5.0.9", ["Name parser", "Key_Name log", "Parser x"]),
        ("5.0.9", ["Name parser", "Key_Name log", "Reserve_Data maybe"]),
        ("5.0.9", ["Name parser", "Key_Name log", "Unescape_key on"]),
        ("5.0.9", ["Name nosuch"]),
        ("1.9.10", ["Name grep", "Logical_Op or"]),
    ],
)
def test_filters_that_do_not_start(version: str, lines: list[str]) -> None:
    with pytest.raises(Refused):
        filter_of(version, *lines)


def test_what_is_not_known_is_not_simulated() -> None:
    unknown = Section("FILTER", [Entry("Name", "grep"), Entry("Regex", Unknown("${var.x}"))])
    unnamed = Section("FILTER", [Entry("Name", Unknown("${var.x}"))])
    parser = Section(
        "FILTER", [Entry("Name", "parser"), Entry("Key_Name", "log"), Entry("Parser", "json")]
    )
    for section in (unknown, unnamed, Section("FILTER"), parser):
        with pytest.raises(Undecided):
            filters.prepare(section, "5.0.9")
    with pytest.raises(Undecided):
        after({}, "5.0.9", "Name record_modifier", "Uuid_Key id")


def test_nest_and_lift() -> None:
    record = {"a_x": 1, "b": 2, "a_y": 3}
    nest = ("Name nest", "Operation nest", "Wildcard a_*", "Nest_under a")
    assert after(record, "5.0.9", *nest, "Remove_prefix a_") == [["b", 2], ["a", {"x": 1, "y": 3}]]
    lift = ("Name nest", "Operation lift", "Nested_under a")
    assert after({"a": {"x": 1}, "b": 2}, "5.0.9", *lift) == [["b", 2], ["x", 1]]
    assert after({"a": {}, "b": 2}, "5.0.9", *lift) == [["b", 2]]
    assert after({"b": 2}, "5.0.9", *lift) == [["b", 2]]


OPTION = st.sampled_from([
    "Regex log .", "Exclude log (", "Logical_Op and", "Set a b", "Set a *", "Rename log x",
    "Condition Key_exists a", "Condition A_key_matches [", "Operation nest", "Operation lift",
    "Wildcard *", "Nest_under k", "Nested_under k", "Add_prefix p", "Record a b", "Remove_key a*",
    "Allowlist_key a", "Rule $log . $TAG.x true", "Rule $k['a'] (.) $1 false", "Key_Name log",
    "Parser json", "Reserve_Data on", "Preserve_Key on", "Remove_regex .", "Copy a z",
])  # fmt: skip
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ak"), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(
    st.sampled_from(sorted(filters.SIMULATED)),
    st.lists(OPTION, max_size=4),
    st.dictionaries(st.sampled_from(["log", "a", "k", "z"]), VALUE),
    st.sampled_from(VERSIONS),
)
def test_no_filter_fails_in_another_way(
    name: str, lines: list[str], record: dict[str, Any], version: str
) -> None:
    known, _ = parsers.registry(
        sections_of("[PARSER]\n    Name json\n    Format json\n", version), version
    )
    pairs = [Entry(key, value) for key, _, value in (line.partition(" ") for line in lines)]
    section = Section("FILTER", [Entry("Name", name), *pairs])
    try:
        made = filters.prepare(section, version, known)
        result = made.apply(Event("web", TIME, read(record)))
    except (Refused, Undecided):
        return
    assert result.kept is None or isinstance(result.kept.record, Record)
