from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.inputs import detect
from fargate_lint.inputs.fluent_bit import pipeline
from fargate_lint.launch.plugins import VERSIONS
from fargate_lint.source.read import read

if TYPE_CHECKING:
    from pathlib import Path

    from fargate_lint.launch.problem import Problem

WHOLE = "[SERVICE]\n    Flush 1\n[INPUT]\n    Name dummy\n    Tag app\n"
NULL = "[OUTPUT]\n    Name null\n    Match *\n"


def problems(text: str, version: str | None = None, name: str = "x.conf") -> list[Problem]:
    document = read(name, text.encode())[0]
    assert detect.is_fluent_bit(document)
    return pipeline(document, version).problems


def said(text: str, version: str | None = None, name: str = "x.conf") -> list[str]:
    return [
        " ".join([problem.severity, problem.kind, *problem.versions])
        for problem in problems(text, version, name)
    ]


@pytest.mark.parametrize(
    "text",
    [
        WHOLE + NULL,
        "[FILTER]\n    Name grep\n    Match *\n    Exclude log x\n",
        "[OUTPUT]\n    Name null\n    Match web-firelens*\n",
        "[SERVICE]\n    Parsers_File /fluent-bit/etc/parsers.conf\n",
        "[PARSER]\n    Name json\n    Format json\n",
        "[MULTILINE_PARSER]\n    name x\n    type regex\n",
        "[STREAM_TASK]\n    Name x\n    Exec SELECT 1;\n",
        "[UPSTREAM]\n    name x\n[NODE]\n    name y\n    host z\n    port 1\n",
        "[PLUGINS]\n    Path /a.so\n",
        "@INCLUDE /a.conf\n@INCLUDE /b.conf\n",
        "[OUTPUT]\n    Name ${PLUGIN}\n    Match ${MATCH}\n",
        "[OUTPUT]\n    Name cloudwatch\n    Match *\n",
        "[OUTPUT]\n    Name newrelic\n    Match *\n    licenseKey x\n",
        "[INPUT]\n    Name winlog\n",
        "[FILTER]\n    Name parser\n    Match *\n    Key_Name log\n    Parser json\n",
        "[INPUT]\n    Name {{ name }}\n    Option {{ value }}\n",
        "{{#if x}}\n[INPUT]\n    Nme tail\n{{/if}}\n",
    ],
)
def test_what_may_be_right_is_silent(text: str) -> None:
    assert said(text) == []


def test_what_fails_in_every_version_is_told_once() -> None:
    assert said("[OUTPUT]\n    Name stdout\n    Match=*\n") == ["fatal value-missing"]
    assert said("[INPUT]\n    Name tail\n    Mem_Buffer_Limit 5M\n    Path x\n") == [
        "fatal unknown-option"
    ]


def test_what_fails_in_some_versions_names_them() -> None:
    old, *newer = VERSIONS
    assert said("[FILTER]\n    Name grep\n    Match *\n    Logical_Op and\n") == [
        f"fatal option-too-new {old}"
    ]
    assert said("[INPUT]\n    Name tail\n    Path x\n    Mem_Buf_Limit 5MiB\n") == [
        " ".join(["fatal bad-size", *newer])
    ]


def test_a_version_that_is_given_is_the_only_one() -> None:
    text = "[FILTER]\n    Name grep\n    Match *\n    Logical_Op and\n"
    assert said(text, "1.9.10") == ["fatal option-too-new"]
    assert said(text, "4.2.2") == []
    assert said(text, "3.0") == [f"fatal option-too-new {VERSIONS[0]}"]


def test_an_unknown_option_may_be_newer_unless_it_is_misspelled() -> None:
    text = "[OUTPUT]\n    Name http\n    Match *\n    brand_new_thing 1\n"
    assert said(text) == ["warning unknown-option"]
    assert said(text, "5.0.9") == ["fatal unknown-option"]


def test_an_unknown_plugin_may_be_newer_unless_it_is_misspelled() -> None:
    assert said("[INPUT]\n    Name tial\n") == ["fatal unknown-plugin"]
    assert said("[INPUT]\n    Name quetzal\n") == ["warning unknown-plugin"]


def test_an_unknown_output_may_be_a_librarys_unless_it_is_misspelled() -> None:
    assert said("[OUTPUT]\n    Name cloudwach_logs\n    Match *\n") == ["warning unknown-plugin"]
    assert said("[OUTPUT]\n    Name grafana-loki\n    Match *\n") == []
    library = "[SERVICE]\n    Plugins_File /plugins.conf\n"
    assert said(library + "[OUTPUT]\n    Name gstdout\n    Match *\n") == []


def test_parsers_and_the_background_are_doubtful() -> None:
    text = WHOLE + "[FILTER]\n    Name parser\n    Match *\n    Key_Name log\n    Parser json\n"
    assert said(text + NULL) == ["warning undefined-parser"]
    assert said("[SERVICE]\n    Daemon on\n") == ["warning daemon"]


def test_parsers_stand_in_files_of_their_own() -> None:
    wrong = "[PARSER]\n    Name a\n    Format grok\n[PARSER]\n    Name b\n    Format regex\n"
    assert said(wrong) == ["loss parser-file", "loss parser-file"]
    assert said(WHOLE + "[PARSER]\n    Name a\n    Format json\n" + NULL) == [
        "fatal section-not-here"
    ]


def test_yaml_under_a_wrong_name_is_one_problem() -> None:
    assert said("pipeline:\n  inputs:\n    - name: cpu\n      tag: x\n") == [
        "fatal yaml-in-classic"
    ]


def test_a_text_that_is_indented_as_a_whole_is_one_problem() -> None:
    text = "".join(f"    {line}\n" for line in (WHOLE + NULL).splitlines())
    assert said(text) == ["fatal header-indented"]


def test_lines_that_were_left_out_may_hold_what_is_missing() -> None:
    assert said("[INPUT]\n    Name tail\n    ...\n") == ["fatal ellipsis"]
    assert said("[INPUT]\n    Name tail\n...\n") == ["fatal ellipsis"]
    assert said("[INPUT]\n    Name tail\n") == ["fatal required-option"]


def test_a_byte_order_mark_makes_the_first_line_unreadable() -> None:
    assert said("\ufeff" + NULL) == ["fatal byte-order-mark"]


YAML = "pipeline:\n  inputs:\n    - name: dummy\n      tag: app\n"


def test_yaml_is_checked_by_the_same_tables() -> None:
    text = YAML + "  outputs:\n    - name: syslog\n      match: '*'\n      mode: tpc\n"
    found = problems(text, name="x.yaml")
    assert [problem.kind for problem in found] == ["bad-enum"]
    assert found[0].origin is not None
    assert found[0].origin.path == ("pipeline", "outputs", 0, "mode")


def test_yaml_defines_parsers_in_the_main_file() -> None:
    service = "service:\n  flush: 1\nparsers:\n  - name: app\n    format: json\n"
    filters = "  filters:\n    - name: parser\n      match: '*'\n      key_name: log\n"
    rest = "      parser: app\n  outputs:\n    - name: 'null'\n      match: '*'\n"
    assert said(service + YAML + filters + rest, name="x.yaml") == []
    wrong = rest.replace("app", "other")
    assert said(service + YAML + filters + wrong, name="x.yaml") == ["warning undefined-parser"]


def test_the_yaml_of_1_9_is_another_one() -> None:
    assert said(YAML, "1.9.10", name="x.yaml") == ["fatal yaml"]
    old = "pipeline:\n  inputs:\n    - dummy:\n        tag: app\n"
    assert said(old, name="x.yaml") == []


@pytest.mark.parametrize(
    "text",
    [
        "pipeline:\n  build:\n    image: go\n",
        "services:\n  web:\n    image: x\n",
        "service: shop\nprovider:\n  name: aws\n",
        "service:\n  pipelines:\n    traces: {}\n",
        "parsers:\n  - name: x\n",
        "- pipeline\n",
        "pipeline: {{ x }}\n",
    ],
)
def test_other_yaml_is_something_else(text: str) -> None:
    assert not detect.is_fluent_bit(read("x.yaml", text.encode())[0])


def test_files_beside_it_are_followed_and_others_are_not(tmp_path: Path) -> None:
    folder = tmp_path / "etc"
    folder.mkdir()
    (tmp_path / "outside.conf").write_text("[INPUT]\n    Nme x\n")
    (folder / "parsers.conf").write_text("[PARSER]\n    Name app\n    Format json\n")
    (folder / "output.conf").write_text(NULL)
    text = (
        "[SERVICE]\n    Parsers_File parsers.conf\n[INPUT]\n    Name dummy\n    Tag app\n[FILTER]\n"
        "    Name parser\n    Match *\n    Key_Name log\n    Parser {}\n@INCLUDE output.conf\n"
    )
    name = str(folder / "main.conf")
    assert said(text.format("app"), name=name) == []
    assert said(text.format("other"), name=name) == ["warning undefined-parser"]
    assert said("@INCLUDE ../outside.conf\n", name=name) == ["note include-missing"]
    assert said("@INCLUDE no*.conf\n", name=name) == ["note include-missing"]


def test_problems_of_other_files_are_told_there(tmp_path: Path) -> None:
    (tmp_path / "wrong.conf").write_text("[OUTPUT]\n    Match *\n")
    assert said("@INCLUDE wrong.conf\n", name=str(tmp_path / "main.conf")) == []


def test_variables_are_not_replaced_in_paths() -> None:
    assert said('@INCLUDE "a.conf"\n') == ["warning include-missing"]
    assert said("@INCLUDE ${DIR}/a.conf\n") == ["warning include-missing"]
    assert said("@INCLUDE a.conf\n") == ["note include-missing"]


@given(st.text("[]SERVICINPUTOFLname =:@\t\r\n#.*-", max_size=80))
def test_any_text_has_a_verdict(text: str) -> None:
    for document in read("x.conf", text.encode()):
        if detect.is_fluent_bit(document):
            assert pipeline(document).problems is not None


def problem(text: str, kind: str) -> Problem:
    (found,) = [each for each in problems(text) if each.kind == kind]
    return found


def test_a_match_that_no_tag_of_the_file_has_is_a_slip_or_meant_for_another_input() -> None:
    inputs = WHOLE + "[INPUT]\n    Name cpu\n"
    near = problem(inputs + NULL.replace("*", "apps*"), "match-without-tag")
    assert (near.severity, near.help) == ("warning", "did you mean `app`?")
    assert near.message == "`apps*` matches no tag: the tags here are `app`, `cpu.1`"
    assert near.section is not None
    assert near.section.entries[1] is near.entry
    other = problem(inputs + NULL.replace("*", "elsewhere"), "match-without-tag")
    assert (other.severity, other.help) == ("note", "match one of these, or `*`")
    assert other.message == "`elsewhere` matches no tag: the tags here are `app`, `cpu.1`"


@pytest.mark.parametrize(
    "more",
    [
        "[INPUT]\n    Name tail\n    Path /x\n",
        "[INPUT]\n    Name dummy\n    Tag ${TAG}\n",
        "[FILTER]\n    Name rewrite_tag\n    Match *\n    Rule $log x other false\n",
        "[SERVICE]\n    Streams_File s.conf\n",
        "@INCLUDE other.conf\n",
    ],
)
def test_a_match_may_be_right_where_other_tags_may_come_from(more: str) -> None:
    text = WHOLE + NULL.replace("*", "other") + more
    assert "match-without-tag" not in [each.kind for each in problems(text)]


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ("unix_path /var/run/fluent.sock", "/var/run/fluent.sock"),
        ("Port 24224", "port 24224"),
        ("Listen 0.0.0.0", "port 24224"),
        ("Port 24225", None),
        ("unix_path /other.sock", None),
    ],
)
def test_an_input_that_firelens_makes_itself_is_not_to_be_included(
    options: str, where: str | None
) -> None:
    forward = f"[INPUT]\n    Name forward\n    {options}\n"
    output = NULL.replace("*", "web-firelens*")
    found = [each for each in problems(forward + output) if each.kind == "firelens-input-repeated"]
    assert [(each.severity, each.message, each.help) for each in found] == (
        [
            (
                "warning", f"FireLens makes an input on {where} itself",
                "remove this [INPUT] from a file that FireLens includes",
            )
        ]
        if where
        else []
    )  # fmt: skip
    assert [each.section is not None for each in found] == [True] * len(found)
    # A file that has nothing to do with FireLens, and one that takes the place of all it writes.
    for whole in (NULL, NULL.replace("*", "firelens-healthcheck") + output):
        kinds = [each.kind for each in problems(forward + whole)]
        assert "firelens-input-repeated" not in kinds


@pytest.mark.parametrize(
    ("text", "kind", "advice"),
    [
        (
            "\ufeff" + WHOLE + NULL,
            "byte-order-mark", "save the file as UTF-8 without a byte order mark",
        ),
        (
            "pipeline:\n  inputs:\n    - name: cpu\n",
            "yaml-in-classic", "give the file a name that ends in `.yaml`",
        ),
        (
            "[PARSER]\n    Name x\n    Format other\n",
            "parser-file", "put it right: the parsers below it are not defined either",
        ),
        (
            "@INCLUDE /a.conf\n@INCLUDE b.conf\n",
            "include-missing",
            "Fluent Bit looks for it where it is started, and beside the main file",
        ),
        (
            "@INCLUDE 'b.conf'\n",
            "include-missing",
            "the path is the whole rest of the line: quotes, comments and variables too",
        ),
    ],
)  # fmt: skip
def test_a_problem_says_what_to_do(text: str, kind: str, advice: str) -> None:
    assert problem(text, kind).help == advice
