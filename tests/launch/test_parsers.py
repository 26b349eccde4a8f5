from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.launch.onigmo import Undecided
from fargate_lint.launch.parsers import Parser, json_object, registry
from fargate_lint.launch.record import Refused, plain
from fargate_lint.launch.sections import Entry, Section
from fargate_lint.launch.timestamps import NoTime, TimeFormat
from fargate_lint.source.unknown import Unknown

NOW = 1_715_000_000  # 2024-05-06


def section(*lines: str) -> Section:
    return Section("PARSER", [Entry(k, v) for k, _, v in (line.partition(" ") for line in lines)])


def parsed(text: str, *lines: str, version: str = "5.0.9") -> Any:
    found = Parser(section("Name p", *lines), version).parse(text, NOW)
    return None if found is None else ([[k, plain(v)] for k, v in found.record], found.time)


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("%Y-%m-%dT%H:%M:%S", "2020-01-02T03:04:05", (1577934245, 0)),
        ("%Y-%m-%dT%H:%M:%S", "2020-01-02T03:04:05 and more", (1577934245, 0)),
        ("%d/%b/%Y:%H:%M:%S %z", "10/Oct/2000:13:55:36 -0700", (971211336, 0)),
        ("%Y-%m-%dT%H:%M:%S.%L%z", "2020-01-02T03:04:05.123456+05:30", (1577914445, 123456000)),
        ("%Y-%m-%dT%H:%M:%S.%LZ", "2020-01-02T03:04:05.5Z", (1577934245, 500000000)),
        ("%b %d %H:%M:%S", "Jan  5 03:04:05", (1704423845, 0)),
        ("%H:%M:%S", "03:04:05", (1714964645, 0)),
        ("%s", "1577934245", (1577934245, 0)),
        ("%s.%L", "1577934245.25", (1577934245, 250000000)),
        ("%D %r", "01/02/20 03:04:05 PM", (1577977445, 0)),
        ("%A %d %B %Y", "thursday 02 JANUARY 2020", (1577923200, 0)),
        ("%Y-%j", "2020-033", (1580601600, 0)),
        ("%a %b %e %T %Z %Y", "Thu Jan  2 03:04:05 UTC 2020", (1577934245, 0)),
        ("%F %T %z", "2020-01-02 03:04:05 EST", (1577952245, 0)),
        ("%Y%%", "2020%", (1577750400, 0)),
    ],
)
def test_times_are_read_as_strptime_does(form: str, text: str, expected: tuple[int, int]) -> None:
    assert TimeFormat(form).read(text, 2024, (5, 6)) == expected


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("%Y-%m-%d", "yesterday"),
        ("%Y-%m-%d", "2020-13-01"),
        ("%H:%M", "25:00"),
        ("%S.%L", "05.x"),
        ("%d %z", "02 nowhere"),
        ("%d %z", "02 +05:3"),
        ("%d %Z", "02 nowhere"),
        ("%Q", "1"),
        ("%d", ""),
        ("%b", "Foo"),
        ("%H %p", "13 PM"),
        ("%Y", "2" * 70),
    ],
)
def test_what_is_no_time(form: str, text: str) -> None:
    with pytest.raises(NoTime):
        TimeFormat(form).read(text)


def test_an_offset_counts_when_the_format_has_no_zone() -> None:
    assert TimeFormat("%Y-%m-%d", "+0200").read("2020-01-02") == (1577916000, 0)
    assert TimeFormat("%Y-%m-%d", "-01:00").read("2020-01-02") == (1577926800, 0)
    assert TimeFormat("%Y-%m-%d %z", "+0200").read("2020-01-02 Z") == (1577923200, 0)


@given(
    st.text("%YmdHMSLzZsbBpTFn aj:-.", max_size=12), st.text("0123456789:-. TZ+JanPM", max_size=20)
)
def test_any_format_and_text_give_a_time_or_none(form: str, text: str) -> None:
    try:
        TimeFormat(form).read(text)
    except NoTime:
        return


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1, "a": 2}', [["a", 1], ["a", 2]]),
        (' {"a": {"b": [1.5, null, true]}}\n', [["a", {"b": [1.5, None, True]}]]),
        ('{"n": 1e5, "m": 1e+2, "o": 18446744073709551616}', None),
        ("{}", []),
        ("[1]", None),
        ('{"a":1} x', None),
        ('{"a":1}{"b":2}', None),
        ('{"a": NaN}', None),
        ('{"a": 1e999}', None),
        ('{"a": "x\ty"}', None),
        ("plain", None),
    ],
)
def test_json_is_one_object(text: str, expected: list[Any] | None) -> None:
    if "1e5" in text:
        expected = [["n", 1e5], ["m", 100.0], ["o", 2.0**64]]
    assert parsed(text, "Format json") == (None if expected is None else (expected, None))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # An exponent without a sign is not seen (is_float in src/flb_pack.c).
        ('{"n": 1e5, "m": 1E+2, "o": 1e-1}', [["n", 1], ["m", 100.0], ["o", 0.1]]),
        # jsmn takes any character in a string.
        ('{"a": "x\ty"}', [["a", "x\ty"]]),
    ],
)
def test_json_in_1_9(text: str, expected: list[Any]) -> None:
    assert parsed(text, "Format json", version="1.9.10") == (expected, None)


def test_the_time_of_a_json_record() -> None:
    lines = ("Format json", "Time_Key t", "Time_Format %s")
    assert parsed('{"t":"5","a":1}', *lines) == ([["a", 1]], (5, 0))
    assert parsed('{"t":"5"}', *lines, "Time_Keep on") == ([["t", "5"]], (5, 0))
    assert parsed('{"t":5}', *lines) == ([["t", 5]], None)
    assert parsed('{"t":"x"}', *lines) == ([["t", "x"]], None)
    assert parsed('{"t":"x"}', *lines, version="1.9.10") == ([], None)


def test_a_regular_expression_names_what_it_finds() -> None:
    lines = ("Format regex", "Regex ^(?<m>[A-Z]+) (?<n>\\d*)(?<rest>.*)$")
    assert parsed("GET 12 x", *lines) == ([["m", "GET"], ["n", "12"], ["rest", " x"]], None)
    assert parsed("GET ", *lines) == ([["m", "GET"]], None)
    kept = parsed("GET ", *lines, "Skip_Empty_Values off")
    assert kept == ([["m", "GET"], ["n", ""], ["rest", ""]], None)
    assert parsed("get", *lines) is None
    assert parsed("a", "Format regex", "Regex (a)") is None


def test_types_never_fail_but_for_bool() -> None:
    pattern = "Regex (?<i>\\S+) (?<f>\\S+) (?<h>\\S+) (?<b>\\S+) (?<s>\\S+)"
    lines = ("Format regex", pattern, "Types i:integer f:float h:hex b:bool s:string x")
    assert parsed("12x 1.5 ff TRUE 7", *lines) == (
        [["i", 12], ["f", 1.5], ["h", 255], ["b", True], ["s", "7"]],
        None,
    )
    assert parsed("x y 0x10 maybe z", *lines) == (
        [["i", 0], ["f", 0.0], ["h", 16], ["b", "maybe"], ["s", "z"]],
        None,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a=1 b="two words" c', [["a", "1"], ["b", "two words"], ["c", True]]),
        ('a= b="" c=x', [["a", True], ["b", ""], ["c", "x"]]),
        ('a="q\\"u\\u00e9\\n"', [["a", 'q"ué\n']]),
        ("a=1\nb=2", [["a", "1"]]),
        ("a=1 \nb=2", [["a", "1"], ["b", "2"]]),
        ('a="open', [["a", "open"]]),
        ("= =", None),
        ("", None),
    ],
)
def test_logfmt_is_pairs(text: str, expected: list[Any] | None) -> None:
    assert parsed(text, "Format logfmt") == (None if expected is None else (expected, None))


def test_logfmt_by_version_and_option() -> None:
    assert parsed("a=1 b", "Format logfmt", version="1.9.10") == ([["a", "1"]], None)
    assert parsed("a b=1", "Format logfmt", "Logfmt_No_Bare_Keys on") is None
    assert parsed("a= b=1", "Format logfmt", "Types b:integer") == ([["a", ""], ["b", 1]], None)
    lines = ("Format logfmt", "Time_Key t", "Time_Format %s")
    assert parsed("t=5 a=1", *lines) == ([["a", "1"]], (5, 0))
    assert parsed("t=x a=1", *lines) is None


@pytest.mark.parametrize(
    "lines",
    [("Name p",), ("Format json",), ("Name p", "Format xml"), ("Name p", "Format regex"),
     ("Name p", "Format regex", "Regex *a")],
)  # fmt: skip
def test_parsers_that_cannot_be_registered(lines: tuple[str, ...]) -> None:
    with pytest.raises(Refused):
        Parser(section(*lines), "5.0.9")


def test_what_is_not_simulated_is_undecided() -> None:
    for lines in (("Format ltsv",), ("Format json", "Decode_Field_As json log")):
        with pytest.raises(Undecided):
            parsed("{}", *lines)
    with pytest.raises(Undecided):
        json_object("[" * 100_000)


def test_the_first_of_a_name_counts_and_a_fault_ends_the_file() -> None:
    known, said = registry(
        [
            section("Name a", "Format json"),
            section("Name a", "Format logfmt"),
            Section("PARSER", [Entry("Name", Unknown("${x}"))]),
            section("Name b", "Format xml"),
            section("Name c", "Format json"),
        ],
        "5.0.9",
    )
    assert [(name, parser.form) for name, parser in known.items()] == [("a", "json")]
    assert said == ["[parser:b] Invalid format xml"]
