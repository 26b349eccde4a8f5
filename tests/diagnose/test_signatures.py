from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from fargate_lint.diagnose.causes import causes
from fargate_lint.diagnose.signatures import Signatures, built_in, of_plugins
from fargate_lint.diagnose.stops import reason_of
from fargate_lint.diagnose.tables import entries
from fargate_lint.lint.registry import Registry

DATA = Path(__file__).parent.parent / "data" / "diagnosis"
EXAMPLES = json.loads((DATA / "examples.json").read_text("utf-8"))
#: Lines for which a wider signature stands, as the codes and statuses decide.
WIDER = {"answer", "aws-code"}


@pytest.mark.parametrize("name", EXAMPLES["lines"])
def test_a_line_that_was_printed_is_recognised(name: str) -> None:
    for line in EXAMPLES["lines"][name]:
        found = {one.id for one in built_in().find(line)}
        assert name in found or found & WIDER, line


@pytest.mark.parametrize("name", EXAMPLES["reasons"])
def test_a_reason_that_was_given_is_recognised(name: str) -> None:
    found = reason_of(EXAMPLES["reasons"][name])
    expected = next(entry["cause"] for entry in entries("stop_reasons") if entry["id"] == name)
    assert found is not None
    assert found.cause == expected


def test_a_line_is_recognised_without_its_first_characters() -> None:
    line = (
        "rror] [config] forward: unknown configuration property 'mem_buffer_limit'. The following"
    )
    assert [one.id for one in built_in().find(line)] == ["unknown-property"]


def test_lines_that_differ_in_digits_alone_may_mean_different_things() -> None:
    known = Signatures(entries("signatures"))
    closed = "[error] [src/flb_http_client.c:1199 errno=25] Inappropriate ioctl for device"
    other = "[error] [src/flb_http_client.c:1199 errno=77] Some other trouble with it"
    assert "conn-reset" in {one.id for one in known.find(closed)}
    assert "conn-reset" not in {one.id for one in known.find(closed.replace("25", "77"))}
    assert known.find(other) == ()


@pytest.mark.parametrize("shift", [1, 3, 7])
def test_what_is_remembered_of_a_shape_is_true_of_each_line_that_has_it(shift: int) -> None:
    digits = "0123456789"
    other = str.maketrans(digits, digits[shift:] + digits[:shift])
    known, fresh = Signatures(entries("signatures")), Signatures(entries("signatures"))
    for lines in EXAMPLES["lines"].values():
        for line in lines:
            known.find(line)
            varied = line.translate(other)
            fresh._shapes.clear()
            assert known.find(varied) == tuple(
                known.all[fresh.all.index(one)] for one in fresh.find(varied)
            )


def test_a_success_is_none_of_the_failures_of_the_same_shape() -> None:
    known = Signatures(entries("signatures"))
    failed = "server returned HTTP status {}"
    assert [one.id for one in known.find(failed.format(503))] == ["answer-fluentd"]
    assert known.find(failed.format(200)) == ()


def test_every_entry_is_of_a_cause_and_can_be_looked_for() -> None:
    for name in ("signatures", "stop_reasons"):
        for entry in entries(name):
            re.compile(entry["pattern"])
            assert entry["needles"]
            assert entry["cause"] in causes() or entry["role"] in {"answer", "code", "exit"}


def test_patterns_take_no_longer_for_a_hostile_line() -> None:
    # Each of these would take minutes if a pattern went over it once for every word in it.
    for entry in (*entries("stop_reasons"), *entries("signatures")):
        pattern = re.compile(entry["pattern"])
        for needle in entry["needles"][:2]:
            pattern.search((needle + " ") * (2000 // len(needle)))


def test_plugins_bring_signatures_and_unfit_ones_are_named() -> None:
    registry = Registry()
    registry.add_signatures(
        "acme",
        [
            {
                "id": "acme-quota",
                "pattern": r"quota of \d+ spent",
                "cause": "destination-throttled",
            },
            {"id": "acme-two", "pattern": "(", "cause": "destination-throttled"},
            {"id": "acme-three", "pattern": "x", "cause": "nobody-knows"},
            {"id": "acme-four", "pattern": "x", "cause": "tls-failure", "role": "boss"},
            "nonsense",
        ],
    )
    found = Signatures(of_plugins(registry)).find("acme: quota of 12 spent")
    assert [(one.id, one.cause, one.role) for one in found] == [
        ("acme-quota", "destination-throttled", "running")
    ]
    assert registry.problems == [
        "plugin `acme`: signature `acme-two`: missing ), unterminated subpattern at position 0",
        "plugin `acme`: signature `acme-three`: there is no cause `nobody-knows`",
        "plugin `acme`: signature `acme-four`: there is no role `boss`",
        "plugin `acme`: a signature has no id or no pattern: 'nonsense'",
    ]


def test_a_word_to_look_for_has_three_letters() -> None:
    entry = {"id": "x", "pattern": "x", "role": "start", "cause": "tls-failure", "means": ""}
    assert list(Signatures([entry | {"needles": ["a xyz b"]}])._words) == [b"xyz"]
    assert Signatures([entry | {"needles": ["a xy b"]}])._bare


def test_a_short_rare_word_is_looked_for_before_a_long_frequent_one() -> None:
    entry = {"id": "x", "pattern": "x", "role": "start", "cause": "tls-failure", "means": ""}
    assert list(Signatures([entry | {"needles": ["a error xyz b"]}])._words) == [b"xyz"]


def test_twenty_thousand_shapes_are_remembered_then_all_are_forgotten() -> None:
    entry = {"id": "x", "pattern": "quota", "role": "start", "cause": "tls-failure", "means": ""}
    known = Signatures([entry | {"needles": ["quota"]}])
    for number in range(20_000):
        known.find("quota " + str(number).translate(str.maketrans("0123456789", "abcdefghij")))
    assert len(known._shapes) == 20_000
    known.find("quota spent")
    assert len(known._shapes) == 1
