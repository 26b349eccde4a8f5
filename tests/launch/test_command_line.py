from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.launch import command_line, routing
from fargate_lint.source.unknown import Unknown

VERSIONS = ("1.9.10", "4.2.8", "5.0.9")
GOLDEN = json.loads((Path(__file__).parents[1] / "data/fluent-bit/cli.json").read_text())["cases"]
WORD = st.one_of(
    st.text("-icoFpmthVDq=ax ", max_size=8),
    st.sampled_from(["--config", "--http", "--", "-p", "-o", "syslog", "a=b", "--p", "-e"]),
    st.builds(
        Unknown, st.sampled_from(["${var.x}", "-c${x}", "--config=${x}", "--${x}", "-V{{x}}"])
    ),
)


def entries(line: command_line.CommandLine) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(one.name, [(e.key, e.text) for e in one.entries]) for one in line.sections]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: " ".join(case["argv"]))
def test_words_end_the_start_as_the_real_program_did(case: dict[str, Any], version: str) -> None:
    line = command_line.read(case["argv"], version)
    real = case[version]
    printed = [problem.said for problem in line.problems if problem.fatal and problem.said]
    if case.get("undefined_behaviour"):
        assert line.problems
    elif line.ending is not None:
        assert line.ending[1] == real["exit"]
        assert printed == real.get("raw_stderr", [])[: len(printed)]
    else:
        assert not real.get("stdout_first", [""])[0].startswith(("Usage", "HELP", "Fluent Bit v"))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "case",
    [case for case in GOLDEN if not {"-c", "--config"} & {*case["argv"]}],
    ids=lambda case: " ".join(case["argv"]),
)
def test_plugins_stand_in_the_order_of_the_words(case: dict[str, Any], version: str) -> None:
    line = command_line.read(case["argv"], version)
    setup = case[version].get("setup")
    if setup is not None and line.config is None:
        assert [routing.name_of(one) for one in line.of("INPUT")] == setup["inputs"]
        assert routing.instance_names(line.of("FILTER")) == setup["filters"]
        assert routing.instance_names(line.of("OUTPUT")) == setup["outputs"]


def test_properties_belong_to_the_plugin_before_them() -> None:
    line = command_line.read(
        ["-i", "dummy", "-p", "rate=1", "-t", "x", "-m", "no", "-o", "null", "-m", "*", "-pa=b=c"]
    )
    assert entries(line) == [
        ("INPUT", [("name", "dummy"), ("rate", "1"), ("tag", "x")]),
        ("OUTPUT", [("name", "null"), ("match", "*"), ("a", "b=c")]),
    ]
    assert [(problem.kind, problem.origin) for problem in line.problems] == [
        ("ignored-match", ("", (6,), None))
    ]


def test_every_entry_knows_its_word() -> None:
    line = command_line.read(["-onull", "--prop", "format=x", "-f", "5"])
    places = [entry.origin for section in line.sections for entry in section.entries]
    assert places == [("", (0,), None), ("", (2,), None)]
    assert [(e.key, e.text, e.origin) for e in line.service.entries] == [
        ("flush", "5", ("", (4,), None))
    ]


def test_words_permute_and_strays_are_ignored() -> None:
    line = command_line.read(["sh", "-c", "a.conf", "&&", "-v", "--", "-x"])
    assert line.config == (2, "a.conf")
    assert line.strays == [0, 3, 6]
    assert line.ending is None


@pytest.mark.parametrize(
    ("words", "config"),
    [
        (["-cFILE"], "FILE"),
        (["-c=FILE"], "=FILE"),
        (["-config", "FILE"], "onfig"),
        (["--conf", "FILE"], "FILE"),
        (["--config=FILE"], "FILE"),
        (["-qc", "FILE"], "FILE"),
        (["-c", "-v"], "-v"),
        (["-c", "a", "-c", "b"], "b"),
    ],
)
def test_the_ways_to_name_the_configuration(words: list[str], config: str) -> None:
    found = command_line.read(words).config
    assert found is not None
    assert found[1] == config


@pytest.mark.parametrize(
    ("words", "version", "said"),
    [
        (["--nope=1"], "5.0.9", "fluent-bit: unrecognized option '--nope=1'"),
        (["-c"], "5.0.9", "fluent-bit: option requires an argument -- 'c'"),
        (["--config"], "5.0.9", "fluent-bit: option '--config' requires an argument"),
        (["--quiet=x"], "5.0.9", "fluent-bit: option '--quiet' doesn't allow an argument"),
        (["-qx"], "5.0.9", "fluent-bit: invalid option -- 'x'"),
        (["-Y"], "1.9.10", "fluent-bit: invalid option -- 'Y'"),
        (
            ["--ver"],
            "1.9.10",
            "fluent-bit: option '--ver' is ambiguous; possibilities: '--version' '--verbose'",
        ),
        (
            ["--pr"],
            "4.2.8",
            "fluent-bit: option '--pr' is ambiguous; possibilities: '--processor' '--prop'",
        ),
    ],
)
def test_errors_are_those_of_getopt(words: list[str], version: str, said: str) -> None:
    line = command_line.read(words, version)
    assert [problem.said for problem in line.problems] == [said]
    assert line.ending == ("usage", 1, len(words) - 1)


def test_nothing_behind_the_end_counts() -> None:
    line = command_line.read(["-i", "dummy", "-V", "-e", "missing.so"])
    assert line.ending == ("version", 0, 2)
    assert line.loads == []


@pytest.mark.parametrize(
    ("words", "ended"),
    [
        (["-o", "syslog", "-h"], True),
        (["-o", "nosuch", "-h"], False),
        (["-e", "/fluent-bit/cloudwatch.so", "-o", "cloudwatch", "-J"], True),
        (["-C", "calyptia", "-h"], True),
        (["-C", "nosuch", "-h"], False),
        (["-o", Unknown("${x}"), "-h"], False),
    ],
)
def test_help_is_about_the_last_plugin(words: list[str | Unknown], ended: bool) -> None:
    assert (command_line.read(words).ending is not None) is ended


def test_an_empty_value_is_refused_by_1_9_and_kept_later() -> None:
    words = ["-i", "dummy", "-p", "tag=", "-o", ""]
    assert entries(command_line.read(words, "1.9.10")) == [
        ("INPUT", [("name", "dummy")]),
        ("OUTPUT", []),
    ]
    assert entries(command_line.read(words, "4.2.8")) == [
        ("INPUT", [("name", "dummy"), ("tag", "")]),
        ("OUTPUT", [("name", "")]),
    ]


def test_an_unknown_value_is_kept_and_an_unknown_flag_ends_the_reading() -> None:
    plugin, file = Unknown("${var.plugin}"), Unknown("-c${var.file}")
    words: list[str | Unknown] = ["-o", plugin, file, Unknown("${x}"), "-V"]
    line = command_line.read(words)
    assert isinstance(line.sections[0].entries[0].value, Unknown)
    assert line.config is not None
    assert isinstance(line.config[1], Unknown)
    assert (line.unknown, line.ending) == (3, None)


def test_the_sections_of_the_file_come_last() -> None:
    line = command_line.read(["-o", "null", "-f", "5"])
    file = command_line.read(["-o", "stdout"]).sections
    assert [one.name for one in command_line.combine(line, file)] == ["SERVICE", "OUTPUT", "OUTPUT"]


def test_the_go_plugins_of_the_aws_image() -> None:
    words = ["-e", "/fluent-bit/firehose.so", "-e", "/fluent-bit/cloudwatch.so", "-e", "x.so"]
    assert command_line.go_plugins(command_line.read(words)) == ["firehose", "cloudwatch"]


@given(st.lists(WORD, max_size=8), st.sampled_from(VERSIONS))
def test_no_words_are_a_fault(words: list[str | Unknown], version: str) -> None:
    line = command_line.read(words, version)
    assert all(0 <= index < len(words) for index in line.strays)
