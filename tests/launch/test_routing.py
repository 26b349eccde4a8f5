from __future__ import annotations

import fnmatch
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.launch import routing
from fargate_lint.launch.sections import Entry, Section
from fargate_lint.source.unknown import Unknown

VERSIONS = ("1.9.10", "4.2.8", "5.0.9")
GOLDEN = json.loads((Path(__file__).parents[1] / "data/fluent-bit/match.json").read_text())


def section(kind: str, **options: str | Unknown) -> Section:
    return Section(kind, [Entry(key, value) for key, value in options.items()])


def routes(
    tag: str,
    inputs: list[Section],
    filters: list[Section],
    outputs: list[Section],
    version: str = "5.0.9",
    service: Section | None = None,
) -> routing.Route:
    return routing.route(
        tag,
        [routing.Selector(one, version) for one in filters],
        routing.output_selectors(inputs, filters, outputs, version, service),
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_every_measured_pair_matches_as_the_real_program_did(version: str) -> None:
    wrong = [
        pair
        for pair in GOLDEN["pairs"]
        if pair[version]
        is not (
            routing.match(pair["pattern"], pair["tag"])
            if pair["kind"] == "wildcard"
            else routing.match_regex(pair["pattern"], pair["tag"], version)
        )
    ]
    assert wrong == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("case", GOLDEN["special"], ids=lambda case: case["case"])
def test_special_cases_of_several_outputs(case: dict[str, Any], version: str) -> None:
    inputs = [section("INPUT", Name="dummy")]
    outputs = [
        section("OUTPUT", Name="file", **({key: value} if key else {}))
        for key, value in case["outputs"]
    ]
    received: list[list[str]] = [[] for _ in outputs]
    for tag in case["tags"]:
        for index in routes(tag, inputs, [], outputs, version).outputs:
            received[index].append(tag)
    assert received == case[version]["received"]


@given(st.text("ab*.?[]", max_size=12), st.text("ab.?[]", max_size=12))
def test_a_wildcard_is_fnmatch_with_only_the_asterisk(pattern: str, tag: str) -> None:
    escaped = re.sub(r"[?\[]", lambda found: f"[{found[0]}]", pattern)
    assert routing.match(pattern, tag) is fnmatch.fnmatchcase(tag, escaped)


def test_the_last_match_counts() -> None:
    twice = Section("OUTPUT", [Entry("Match", "a*"), Entry("match", "b*")])
    selector = routing.Selector(twice)
    assert (selector.takes("abc"), selector.takes("bcd")) == (False, True)


def test_an_invalid_match_regex_counts_as_absent_and_is_remembered() -> None:
    selector = routing.Selector(section("OUTPUT", Match_Regex="*bad("))
    assert selector.invalid_regex
    assert selector.present is False


def test_match_and_match_regex_are_either_or() -> None:
    selector = routing.Selector(section("OUTPUT", Match="a", Match_Regex="b"))
    assert selector.takes("a")
    assert selector.takes("b")


def test_an_unknown_match_stops_the_claim() -> None:
    outputs = [section("OUTPUT", Name="null", Match=Unknown("${var.match}"))]
    route = routes("web", [section("INPUT", Name="dummy")], [], outputs)
    assert (route.outputs, route.unsure_outputs) == ([], [0])


def test_an_emitter_or_the_storage_counts_as_an_input() -> None:
    inputs, outputs = [section("INPUT", Name="dummy")], [section("OUTPUT", Name="null")]
    rewriting = [section("FILTER", Name="rewrite_tag", Match="x")]
    storing = section("SERVICE", **{"storage.path": "/tmp/x"})  # noqa: S108  (only a value)
    assert routes("web", inputs, [], outputs).outputs == [0]
    assert routes("web", inputs, rewriting, outputs).outputs == []
    assert routes("web", inputs, [], outputs, service=storing).outputs == []


def test_a_match_that_expands_to_nothing_is_absent_on_outputs_and_empty_on_filters() -> None:
    inputs, empty = [section("INPUT", Name="dummy")], section("X", Name="null", Match="")
    assert routes("web", inputs, [empty], [empty]).outputs == [0]
    assert routes("web", inputs, [empty], [empty]).filters == []


@pytest.mark.parametrize(
    ("options", "version", "expected"),
    [
        ({}, "4.2.8", "web-firelens-1"),
        ({"Tag": "all"}, "1.9.10", "web-firelens-1"),
        ({"Tag": "all"}, "4.2.8", "all"),
        ({"Tag_Prefix": "p."}, "1.9.10", "p.web-firelens-1"),
    ],
)
def test_the_tag_of_a_forward_input(options: dict[str, str], version: str, expected: str) -> None:
    forward = section("INPUT", Name="forward", **options)
    assert routing.incoming_tag(forward, "web-firelens-1", version) == expected


def test_outputs_are_numbered_as_a_whole() -> None:
    outputs = [section("OUTPUT", Name="Syslog"), section("OUTPUT", Name="null")]
    assert routing.instance_names(outputs) == ["syslog.0", "null.1"]
