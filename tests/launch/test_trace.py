from __future__ import annotations

import base64
from typing import Any

import pytest

from fargate_lint.launch import trace
from fargate_lint.launch.accessor import Accessor
from fargate_lint.launch.record import Record, encoded, parse, read
from fargate_lint.launch.sections import Entry, Section
from fargate_lint.source.unknown import Unknown

TIME = (1_700_000_000, 0)
FORWARD = Section("INPUT", [Entry("Name", "forward")])


def section(kind: str, *lines: str) -> Section:
    return Section(kind, [Entry(k, v) for k, _, v in (line.partition(" ") for line in lines)])


def follow(
    filters: list[Section], outputs: list[Section], record: str = '{"log": "hello"}', **more: Any
) -> trace.Trace:
    return trace.trace("web-firelens-1", parse(record), TIME, [FORWARD], filters, outputs, **more)


def test_a_record_on_its_way_to_the_agent() -> None:
    filters = [
        section("FILTER", "Name record_modifier", "Match *", "Record cluster prod"),
        section("FILTER", "Name grep", "Match other*", "Regex log nothing"),
    ]
    outputs = [
        section(
            "OUTPUT", "Name syslog", "Match web-firelens*", "Mode tcp", "Syslog_Format rfc3164",
            "Syslog_Message_Key log", "Syslog_Appname_Key cluster",
        ),
        section("OUTPUT", "Name null", "Match *"),
        section("OUTPUT", "Name null", "Match api*"),
    ]  # fmt: skip
    record = {"log": "hello", "cluster": "prod"}
    line = "<14>Nov 14 22:13:20 prod: hello\n"
    note = "the line has no host: a receiver may take `prod:` for it"
    assert follow(filters, outputs).plain() == {
        "tag": "web-firelens-1",
        "steps": [{"section": "record_modifier.0", "tag": "web-firelens-1", "record": record}],
        "deliveries": [
            {
                "output": "syslog.0",
                "tag": "web-firelens-1",
                "bytes": base64.b64encode(line.encode()).decode(),
                "text": line,
                "notes": [note],
            },
            {"output": "null.1", "tag": "web-firelens-1", "record": record},
        ],
        "notes": [],
    }


def test_a_dropped_record_reaches_nothing() -> None:
    filters = [section("FILTER", "Name grep", "Match *", "Exclude log hello")]
    found = follow(filters, [section("OUTPUT", "Name null", "Match *")])
    assert found.plain() == {
        "tag": "web-firelens-1",
        "steps": [{"section": "grep.0", "tag": "web-firelens-1", "dropped": True}],
        "deliveries": [],
        "notes": [],
    }


def test_a_rewritten_record_passes_all_filters_again() -> None:
    filters = [
        section("FILTER", "Name modify", "Match new.*", "Add seen again"),
        section("FILTER", "Name rewrite_tag", "Match web*", "Rule $log . new.$TAG true"),
    ]
    found = follow(filters, [section("OUTPUT", "Name null", "Match new.*")])
    assert [event.tag for event in found.events] == ["web-firelens-1", "new.web-firelens-1"]
    assert [step.notes for step in found.steps] == [("sent on as `new.web-firelens-1`",), ()]
    assert [delivery.event.record for delivery in found.deliveries] == [
        [("log", "hello"), ("seen", "again")]
    ]
    assert found.notes == ["no output takes `web-firelens-1`: the record is lost"]


def test_a_record_that_goes_round_in_circles_is_followed_no_further() -> None:
    filters = [section("FILTER", "Name rewrite_tag", "Match *", "Rule $log . again false")]
    found = follow(filters, [])
    assert found.notes == ["the record goes round in circles: `again` is rewritten again"]


def test_a_record_with_an_empty_tag_is_lost() -> None:
    filters = [section("FILTER", "Name rewrite_tag", "Match web*", "Rule $log . $nope false")]
    found = follow(filters, [section("OUTPUT", "Name null", "Match *")])
    assert (found.events, found.notes) == ([], ["a record with an empty tag is lost"])


def test_a_filter_that_does_not_start_is_said() -> None:
    filters = [section("FILTER", "Name grep", "Match *", "Regex log *a")]
    found = follow(filters, [section("OUTPUT", "Name syslog", "Match *", "Mode pigeon")])
    assert found.plain()["notes"] == [
        "does not start: grep.0: could not compile regex pattern '*a'",
        "does not start: syslog.0: unknown syslog mode pigeon",
    ]


@pytest.mark.parametrize(("version", "refused"), [("1.9.10", False), ("4.2.8", True)])
def test_1_9_does_not_look_at_a_filter_without_match(version: str, refused: bool) -> None:
    filters = [section("FILTER", "Name grep", "Regex log *a")]
    found = follow(filters, [section("OUTPUT", "Name null", "Match *")], version=version)
    assert bool(found.refused) is refused


def test_what_is_not_known_is_said_and_stops_the_claim() -> None:
    filters = [Section("FILTER", [Entry("Name", "grep"), Entry("Match", Unknown("${x}"))])]
    outputs = [
        Section("OUTPUT", [Entry("Name", "null"), Entry("Match", Unknown("${x}"))]),
        Section(
            "OUTPUT", [Entry("Name", "syslog"), Entry("Match", "*"), Entry("Mode", Unknown("${x}"))]
        ),
    ]
    found = follow(filters, outputs)
    assert found.notes == [
        "whether grep.0 takes `web-firelens-1` is not known",
        "whether null.0 takes `web-firelens-1` is not known",
    ]
    assert [delivery.notes for delivery in found.deliveries] == [
        ["not worked out: the value `${x}` is not known"]
    ]


def test_repeated_keys_are_shown_as_pairs() -> None:
    filters = [section("FILTER", "Name record_modifier", "Match *", "Record log twice")]
    (step,) = follow(filters, []).plain()["steps"]
    assert step["record"] == {"log": "twice"}
    assert step["pairs"] == [["log", "hello"], ["log", "twice"]]


def test_bytes_that_are_no_text_survive() -> None:
    outputs = [section("OUTPUT", "Name syslog", "Match *", "Mode tcp", "Syslog_Message_Key log")]
    found = trace.trace("t", read({"log": "\udcff"}), TIME, [FORWARD], [], outputs)
    assert found.deliveries[0].data is not None
    assert found.deliveries[0].data.endswith(b"\xff\n")
    assert (found.deliveries[0].text or "").endswith("\\xff\n")


@pytest.mark.parametrize("text", ["[]", "1", "{", '{"a":' * 100_000])
def test_a_record_is_a_json_object(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)


def test_half_a_surrogate_pair_has_bytes() -> None:
    assert encoded("\ud800") == b"\xed\xa0\x80"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("new.$TAG", "new.web.one.two"),
        ("$TAG.x", "web.one.two.x"),
        ("$TAG[0].y", "web.y"),
        ("$TAG[1]$TAG[2]", "one$TAG[2]"),
        ("$TAG[9]", ""),
        ("$k['a'].x", "x.x"),
        ("$k['l'][1]['z']", "2"),
        ("$k['l']", ""),
        ("$k[0]", ""),
        ("$k", '{"a":"x","l":[1,{"z":2}]}'),
        ("$s.$f", "str.1.500000"),
        ("$s.", "str"),
        ("$s['q']", "str"),
        ("$n $b", "null true"),
        ("$nope", ""),
        ("a", "a"),
        ("$", ""),
    ],
)
def test_templates_are_filled_the_way_the_program_does(pattern: str, expected: str) -> None:
    record = read({"k": {"a": "x", "l": [1, {"z": 2}]}, "s": "str", "f": 1.5, "n": None, "b": True})
    accessor = Accessor(pattern)
    assert accessor.valid
    assert accessor.compose(record, "web.one.two") == expected


@pytest.mark.parametrize("pattern", ["$!", "$k['a'", "$k[a]", "$'a'", "$a!b"])
def test_accessors_that_the_program_refuses(pattern: str) -> None:
    assert not Accessor(pattern).valid


def test_readers_take_the_last_of_repeated_keys() -> None:
    record = Record([("a", "first"), ("a", "last")])
    assert Accessor("$a").value(record) == "last"


def test_a_filter_that_matches_nothing_is_refused_from_4_x_on() -> None:
    """flb_filter_init (src/flb_filter.c); 1.9 leaves the filter out."""
    filters = [section("FILTER", "Name grep", "Exclude log .")]
    outputs = [section("OUTPUT", "Name null", "Match *")]
    assert follow(filters, outputs, version="1.9.10").refused == []
    assert follow(filters, outputs, version="4.2.8").refused == [
        "[filter] NO match rule for grep.0 filter instance"
    ]
