from __future__ import annotations

import base64
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.launch import syslog
from fargate_lint.launch.onigmo import Undecided
from fargate_lint.launch.record import Record, Refused, read
from fargate_lint.launch.sections import Entry, Section
from fargate_lint.source.unknown import Unknown
from scripts.agreement_syslog import record_of

VERSIONS = ("1.9.10", "4.2.8", "5.0.9")
GOLDEN = json.loads((Path(__file__).parents[1] / "data/fluent-bit/syslog.json").read_text())[
    "cases"
]
TIME = (1_700_000_000, 123_456_789)


def section(*options: str) -> Section:
    pairs = [option.partition(" ") for option in options]
    return Section("OUTPUT", [Entry(key, value) for key, _, value in pairs])


def line(record: dict[str, Any], *options: str, version: str = "5.0.9") -> syslog.Line:
    return syslog.format(read(record), section(*options), TIME, version)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case['index']}-{case['group']}")
def test_the_bytes_are_those_that_were_received(case: dict[str, Any], version: str) -> None:
    time = case["time"]
    at = (time["sec"], time["nsec"]) if isinstance(time, dict) else (time, 0)
    received = case[version]["received"]
    options = section(*case["options"])
    if received is None:
        with pytest.raises(Refused):
            syslog.format(record_of(case["record"]), options, at, version)
        return
    wanted = b"".join(base64.b64decode(part["b64"]) for part in received)
    assert syslog.format(record_of(case["record"]), options, at, version).data == wanted


TCP = ("Mode tcp", "Syslog_Format rfc3164", "Syslog_Message_Key log")


@pytest.mark.parametrize(
    ("record", "options", "notes"),
    [
        (
            {"log": "GET /x"},
            TCP,
            ["the line has no host: a receiver may take `GET` for it"],
        ),
        (
            {"log": "x", "n": "web", "h": "a"},
            (*TCP, "Syslog_Hostname_Key h", "Syslog_Appname_Key n"),
            [],
        ),
        (
            {"log": "x", "n": "web"},
            (*TCP, "Syslog_Appname_Key n"),
            ["the line has no host: a receiver may take `web:` for it"],
        ),
        (
            {"log": "a\nb\n", "h": "h"},
            (*TCP, "Syslog_Hostname_Key h"),
            ["split: the receiver reads 3 lines, for the message has line feeds"],
        ),
        (
            {"log": "y" * 99},
            ("Mode tcp", "Syslog_Message_Key log", "Syslog_Maxsize 80"),
            ["cut: 80 of 146 bytes are sent (Syslog_Maxsize)"],
        ),
        (
            {"log": "<34>x"},
            TCP,
            ["sent raw: a message that begins with `<` gets no header"],
        ),
        ({}, ("Mode tcp",), ["the message is empty: Syslog_Message_Key is not set"]),
        (
            {},
            ("Mode tcp", "Syslog_Message_Key log"),
            ["the message is empty: the record has no `log`"],
        ),
        (
            {"log": [1]},
            ("Mode tcp", "Syslog_Message_Key log"),
            ["the message is empty: `log` is no text"],
        ),
        (
            {"log": "x"},
            ("Syslog_Message_Key log", "Syslog_Procid_Key log"),
            ["the message is empty: `log` is used up by Syslog_Procid_Key"],
        ),
    ],
)
def test_notes_say_what_a_reader_should_know(
    record: dict[str, Any], options: tuple[str, ...], notes: list[str]
) -> None:
    assert line(record, *options).notes == notes


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("Mode carrier-pigeon",), "unknown syslog mode carrier-pigeon"),
        (("Syslog_Format rfc1",), "unknown syslog format rfc1"),
        (
            ("Syslog_Severity_Preset 9",),
            "[is_valid_severity] invalid severity level 9. It should be 0-7.",
        ),
    ],
)
def test_options_that_it_does_not_start_with(options: tuple[str, ...], said: str) -> None:
    with pytest.raises(Refused, match=r".") as caught:
        line({}, *options)
    assert str(caught.value) == said


def test_an_unknown_option_decides_nothing() -> None:
    options = Section("OUTPUT", [Entry("Mode", Unknown("${var.mode}"))])
    with pytest.raises(Undecided):
        syslog.format(Record(), options, TIME, "5.0.9")


def test_a_time_without_a_date_is_undecided() -> None:
    with pytest.raises(Undecided):
        syslog.format(Record(), section(), (2**80, 0), "5.0.9")


def test_structured_data_may_repeat_and_its_name_be_longer_when_allowed() -> None:
    options = ("Mode tcp", f"Syslog_SD_Key {'k' * 40}", "Syslog_SD_Key b")
    record = {"k" * 40: {"x": 1}, "b": {}}
    assert line(record, *options).data.endswith(b" - - - - [" + b"k" * 32 + b' x="1"][b]\n')
    longer = line(record, *options, "Allow_Longer_SD_ID on").data
    assert longer.endswith(b"[" + b"k" * 40 + b' x="1"][b]\n')


@given(
    st.dictionaries(
        st.sampled_from(["log", "h", "s", "f", "sd"]),
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.text()
            | st.floats(-1e38, 1e38)
            | st.sampled_from([math.inf, -math.inf, math.nan]),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
            ),
            max_leaves=6,
        ),
    ),
    st.sampled_from(VERSIONS),
    st.sampled_from(["rfc3164", "rfc5424"]),
)
def test_any_record_makes_one_line_within_the_limit(
    record: dict[str, Any], version: str, form: str
) -> None:
    options = (
        "Mode tcp", f"Syslog_Format {form}", "Syslog_Message_Key log", "Syslog_Hostname_Key h",
        "Syslog_Severity_Key s", "Syslog_Facility_Key f", "Syslog_SD_Key sd", "Syslog_Maxsize 90",
    )  # fmt: skip
    data = line(record, *options, version=version).data
    assert len(data) <= 91
    assert data.endswith(b"\n")


def test_longer_names_of_structured_data_and_of_their_parameters() -> None:
    """`allow_longer_sd_id` is for both (msgpack_to_sd in plugins/out_syslog/syslog.c)."""
    long = "n" * 40
    options = ("Mode tcp", "Syslog_Format rfc5424", "Syslog_SD_Key sd")
    record = {"sd": {long: "v"}}
    cut = line(record, *options).data
    assert f" {'n' * 32}=".encode() in cut
    whole = line(record, *options, "allow_longer_sd_id on").data
    assert f" {long}=".encode() in whole


def test_numbers_longer_than_their_buffer() -> None:
    """`char temp[48]` of msgpack_to_syslog in plugins/out_syslog/syslog.c."""
    options = ("Mode tcp", "Syslog_Format rfc3164", "Syslog_Message_Key log")
    assert line({"log": 1e38}, *options).data.endswith(
        b" 99999999999999997748809823456034029568.000000\n"
    )
    assert line({"log": -1e39}, *options).data.endswith(
        b" -999999999999999939709166371603178586112.00000\0\n"
    )
    with pytest.raises(Undecided):
        line({"log": 1e300}, *options)
