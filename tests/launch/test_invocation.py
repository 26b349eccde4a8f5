from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.launch import command_line, yaml_format
from fargate_lint.launch.files import Files
from fargate_lint.launch.invocation import ELF, RUNNING, Invocation
from fargate_lint.launch.startup import Circumstances
from fargate_lint.source.unknown import Unknown

VERSIONS = ("1.9.10", "4.2.8", "5.0.9")
DATA = Path(__file__).parents[1] / "data/fluent-bit"
GOLDEN = json.loads((DATA / "cli.json").read_text())["cases"]
CWD = "/cli"
GO_PLUGINS = ("cloudwatch", "firehose", "kinesis")
FILES = Files(
    {f"{CWD}/{path.name}": path.read_bytes() for path in (DATA / "cli").iterdir()}
    | {f"{CWD}/plugins/{name}.so": ELF for name in GO_PLUGINS},
    folder=CWD,
    complete=True,
)
#: Its stand-in asks only for a region, where the real plugin wants more.
STAND_IN = {"cloudwatch", "cw.conf"}


def start(*words: str | Unknown, version: str = "5.0.9", files: Files = FILES) -> Invocation:
    circumstances = Circumstances(version, files=files)
    return Invocation(command_line.read(words, version), circumstances, cwd=CWD)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "case",
    [
        case
        for case in GOLDEN
        if not case.get("undefined_behaviour") and not STAND_IN & {*case["argv"]}
    ],
    ids=lambda case: " ".join(case["argv"]),
)
def test_it_ends_or_runs_as_the_real_program_did(case: dict[str, Any], version: str) -> None:
    ours, real = start(*case["argv"], version=version).exit, case[version]["exit"]
    crashed = isinstance(real, int) and isinstance(ours, int) and ours < 0 and real < 0
    assert crashed or ours == real


def reasons(found: Invocation) -> list[str]:
    return [problem.said for problem in found.problems if problem.fatal]


def test_what_is_loaded_first_fails_first() -> None:
    assert reasons(start("-e", "nope.so", "-x"))[0].startswith("[proxy] error opening plugin nope")
    assert start("-e", "nope.so", "-x").exit == 1
    assert start("-V", "-e", "nope.so").exit == 0
    assert reasons(start("-e", "./base.conf", "-i", "dummy"))[0].endswith("invalid ELF header'")


def test_a_file_that_is_not_known_stops_the_claims() -> None:
    found = start("-c", "/x.conf", "-e", "/fluent-bit/cloudwatch.so", files=Files())
    assert found.exit == RUNNING
    assert not found.configuration.complete
    unknown = start(
        "-e", Unknown("${p}"), "-R", Unknown("${r}"), "-w", Unknown("${w}"), "-c", Unknown("${c}")
    )
    assert unknown.exit == RUNNING
    assert unknown.circumstances.go is None


def test_the_working_directory_counts_before_the_configuration() -> None:
    files = Files({"/etc/x/a.conf": b""}, complete=True)
    assert start("-w", "/etc/x", "-c", "a.conf", files=files).exit == RUNNING
    assert start("-w", "/nope", "-c", "missing.conf", files=files).exit == 255


def test_a_working_directory_below_the_one_before() -> None:
    assert start("-w", ".", "-c", "base.conf").exit == RUNNING


def test_an_empty_name_of_a_parser_file_is_no_file() -> None:
    found = start("-R", "", "-c", "base.conf")
    assert found.exit == 1


def test_the_sections_of_the_command_line_come_first() -> None:
    found = start("-c", "base.conf", "-o", "null", "-m", "*", "-f", "5")
    assert [section.name for section in found.sections] == [
        "SERVICE", "OUTPUT", "SERVICE", "INPUT", "FILTER", "OUTPUT",
    ]  # fmt: skip


def test_a_custom_plugin_is_known_or_not() -> None:
    assert start("-C", "nosuch").exit == 1
    assert start("-C", "calyptia").exit == 255
    assert start("-C", "calyptia", "-p", "api_key=x").exit == RUNNING
    assert start("-C", Unknown("${c}")).exit == RUNNING


def load(text: str, version: str = "5.0.9") -> list[tuple[str, list[tuple[str, str]]]]:
    read = yaml_format.load(text, version=version, name="a.yaml")
    return [(one.name, [(e.key, e.text) for e in one.entries]) for one in read.sections]


def test_yaml_makes_the_same_sections() -> None:
    text = """
service: {flush: 5, http_server: true}
env: {A: b}
pipeline:
  inputs:
    - name: dummy
      tag: x
  filters:
    - name: record_modifier
      match: '*'
      record: [a 1, b 2]
  outputs:
    - name: 'null'
      match:
"""
    assert load(text) == [
        ("SERVICE", [("flush", "5"), ("http_server", "true")]),
        ("INPUT", [("name", "dummy"), ("tag", "x")]),
        (
            "FILTER",
            [("name", "record_modifier"), ("match", "*"), ("record", "a 1"), ("record", "b 2")],
        ),
        ("OUTPUT", [("name", "null"), ("match", "")]),
    ]


def test_yaml_of_1_9_names_plugins_by_keys() -> None:
    text = "pipeline:\n  inputs:\n    - dummy:\n        tag: x\n"
    assert load(text, "1.9.10") == [("INPUT", [("name", "dummy"), ("tag", "x")])]


@pytest.mark.parametrize("text", ["pipeline: [", "a: b: c"])
def test_broken_yaml_ends_the_start(text: str) -> None:
    read = yaml_format.load(text, version="5.0.9", name="a.yaml")
    assert [problem.exit for problem in read.problems] == [1]


@pytest.mark.parametrize("text", ["", "[]", "pipeline: x", "pipeline: {inputs: [1, {}]}", "x: 1"])
def test_yaml_of_another_shape_is_no_fault(text: str) -> None:
    assert yaml_format.load(text, version="5.0.9", name="a.yaml").problems == []


@given(
    st.lists(
        st.sampled_from(
            ["-i", "dummy", "-o", "null", "-m", "*", "-p", "a=b", "-c", "base.conf", "-D", "-d",
             "-S", "-R", "parsers.conf", "-e", "x.so", "-w", "/", "-f", "0", "-q", "-h"]
        ),
        max_size=6,
    ),
    st.sampled_from(VERSIONS),
)  # fmt: skip
def test_any_words_end_or_run(words: list[str], version: str) -> None:
    found = start(*words, version=version)
    assert found.exit == RUNNING or isinstance(found.exit, int)
