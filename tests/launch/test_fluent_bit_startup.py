from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.launch.configuration import load
from fargate_lint.launch.files import Files
from fargate_lint.launch.plugins import KINDS, VERSIONS, names
from fargate_lint.launch.problem import CRASH, Problem
from fargate_lint.launch.sections import Entry, Section
from fargate_lint.launch.startup import (
    Circumstances,
    closing,
    judge,
    judge_sections,
    section_kind,
)
from fargate_lint.source.unknown import Unknown

OLD, MIDDLE, NEW = VERSIONS
DUMMY = "[INPUT]\n    Name dummy\n    Tag x\n"
NULL = "[OUTPUT]\n    Name null\n    Match *\n"


def found(text: str, version: str = MIDDLE, **given: Any) -> list[Problem]:
    files = given.get("files")
    return judge(load(text, version=version, files=files), Circumstances(version, **given))


def fatal(text: str, version: str = MIDDLE, **given: Any) -> list[str]:
    return [problem.kind for problem in found(text, version, **given) if problem.fatal]


def output(*lines: str) -> str:
    return f"{DUMMY}[OUTPUT]\n" + "".join(f"    {line}\n" for line in lines)


def filtered(*lines: str) -> str:
    return f"{DUMMY}[FILTER]\n" + "".join(f"    {line}\n" for line in lines) + NULL


@pytest.mark.parametrize(
    ("name", "version", "expected"),
    [
        ("S", OLD, "service"),
        ("p", OLD, "parser"),
        ("INPUTS", OLD, "input"),
        ("O", OLD, "output"),
        ("PL", OLD, ""),
        ("PL", NEW, "plugins"),
        ("OUTPUT ", NEW, ""),
        ("OUPTUT", NEW, ""),
        ("", NEW, ""),
    ],
)
def test_any_beginning_of_a_section_name_stands_for_it(
    name: str, version: str, expected: str
) -> None:
    assert section_kind(name, version) == expected


def test_a_typo_in_an_option_is_named() -> None:
    text = output("Name syslog", "Match *", "Syslog_MessageKey log")
    (problem,) = [problem for problem in found(text) if problem.fatal]
    assert problem.kind == "unknown-option"
    assert problem.entry is not None
    assert problem.entry.key == "Syslog_MessageKey"
    assert (problem.suggestion, problem.exit) == ("syslog_message_key", 255)
    assert problem.said.startswith(
        "[config] syslog: unknown configuration property 'syslog_message"
    )
    assert closing(problem, MIDDLE) == "[engine] output initialization failed"
    assert closing(problem, OLD) == "[lib] backend failed"


def test_an_option_of_a_newer_version_is_named_as_such() -> None:
    text = output("Name syslog", "Match *", "Syslog_Hostname_Preset web")
    (problem,) = [problem for problem in found(text, OLD) if problem.fatal]
    assert (problem.kind, problem.help) == (
        "option-too-new", "4.2.8 has it: take a newer image, or leave the line out",
    )  # fmt: skip
    assert fatal(text, MIDDLE) == []


def test_all_problems_are_told_in_the_order_of_the_program() -> None:
    text = "[SERVICE]\n    Flush 0\n" + output("Name nosuch", "Match *") + output("Name s3")
    assert fatal(text) == ["unknown-plugin", "bad-flush", "required-option"]


def test_what_is_unknown_is_never_wrong() -> None:
    unknown = Unknown("${x}")
    sections = [
        Section("SERVICE", [Entry("Flush", unknown), Entry("Parsers_File", unknown)]),
        Section("INPUT", [Entry("Name", "tcp"), Entry("Format", unknown), Entry("Port", unknown)]),
        Section("FILTER", [Entry("Name", "parser"), Entry("Match", unknown),
                           Entry("Key_Name", unknown), Entry("Parser", "json")]),
        Section("FILTER", [Entry("Name", "grep"), Entry("Match", "*"), Entry("Regex", unknown)]),
        Section("OUTPUT", [Entry("Name", unknown), Entry("Nonsense", "x")]),
        Section("OUTPUT", [Entry("Name", "syslog"), Entry("Match", "*"), Entry("Mode", unknown),
                           Entry("tls", unknown), Entry("Retry_Limit", unknown)]),
    ]  # fmt: skip
    for version in VERSIONS:
        assert judge_sections(sections, Circumstances(version)) == []


def test_a_part_of_a_configuration_may_lack_what_the_rest_has() -> None:
    text = "[FILTER]\n    Name parser\n    Match *\n    Key_Name log\n    Parser json\n"
    assert fatal(text) == ["undefined-parser"]
    assert fatal(text, complete=False) == []
    text = "[INPUT]\n    Name dummy\n    storage.type filesystem\n"
    assert fatal(text) == ["storage-without-path"]
    assert fatal(text, complete=False) == []
    assert fatal("@INCLUDE /else.conf\n" + text) == []


def test_parsers_come_from_their_files() -> None:
    text = "[SERVICE]\n    Parsers_File p.conf\n" + filtered(
        "Name parser", "Match *", "Key_Name log", "Parser json"
    )
    texts = {"/fluent-bit/etc/p.conf": "[PARSER]\n    Name json\n    Format json\n"}
    assert fatal(text, files=Files(texts, complete=True)) == []
    assert fatal(text, files=Files({}, complete=True)) == ["undefined-parser"]
    assert fatal(text) == []
    broken = {"/fluent-bit/etc/p.conf": "[PARSER]\n    Name x\n" + texts["/fluent-bit/etc/p.conf"]}
    assert fatal(text, files=Files(broken, complete=True)) == ["undefined-parser"]


def test_go_plugins_have_to_be_loaded() -> None:
    text = output(
        "Name cloudwatch", "Match *", "region x", "log_group_name g", "log_stream_prefix p"
    )
    (problem,) = [problem for problem in found(text) if problem.fatal]
    assert problem.help == "load it with `-e /fluent-bit/cloudwatch.so`, or use `cloudwatch_logs`"
    assert fatal(text, go=["cloudwatch"]) == []
    assert fatal(text, go=None) == []
    assert fatal(output("Name newrelic", "Match *"), go=None) == []


def test_go_plugins_pass_over_what_they_do_not_know() -> None:
    text = output(
        "Name firehose", "Match *", "region x", "delivery_stream s", "delivery_stream_name s"
    )
    (problem,) = found(text, go=["firehose"])
    assert (problem.kind, problem.severity) == ("ignored-option", "warning")
    assert problem.suggestion == "delivery_stream"


def test_a_version_that_is_not_known_has_no_unknown_options() -> None:
    text = output("Name syslog", "Match *", "Future on") + output("Name future", "Match *")
    assert fatal(text, NEW, sure=False) == []


def test_aws_for_fluent_bit_2_has_options_of_its_own() -> None:
    text = filtered("Name aws", "Match *", "enable_entity true")
    assert fatal(text, OLD) == ["option-too-new"]
    assert fatal(text, OLD, aws=True) == []


def test_an_empty_variable_makes_a_core_key_unknown() -> None:
    text = "[INPUT]\n    Name dummy\n    Tag ${NO}\n" + NULL
    kinds = [(problem.kind, problem.severity) for problem in found(text)]
    assert kinds == [("undefined-variable", "warning"), ("empty-value", "fatal")]
    assert fatal(text, environment={"NO": "x"}) == []
    assert fatal(text, environment_complete=False) == []


def test_spelling_hides_a_repeated_option_from_1_9() -> None:
    text = output("Name syslog", "Match *", "Mode tcp", "mode udp")
    assert fatal(text, OLD) == []
    assert fatal(text, MIDDLE) == ["duplicate-option"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Mem_Buf_Limit 50 MB", "bad-size"),
        ("Log_Level verbose", "bad-enum"),
        ("storage.type disk", "bad-enum"),
    ],
)
def test_1_9_drops_a_bad_core_value_and_runs(line: str, kind: str) -> None:
    text = f"[INPUT]\n    Name dummy\n    {line}\n{NULL}"
    assert fatal(text, OLD) == []
    assert [problem.kind for problem in found(text, OLD)] == [kind]
    assert fatal(text, MIDDLE) == [kind]


def test_an_output_without_match_gets_nothing_unless_it_is_alone() -> None:
    assert found(f"{DUMMY}[OUTPUT]\n    Name null\n") == []
    two = f"{DUMMY}{DUMMY}[OUTPUT]\n    Name null\n"
    assert [(problem.kind, problem.severity) for problem in found(two)] == [
        ("output-without-match", "loss")
    ]
    # What else there is can't be known of a part.
    assert found("[OUTPUT]\n    Name null\n", complete=False) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_of_two_match_regex_the_last_counts_even_if_it_is_none(version: str) -> None:
    lines = ["Name null", "Match_Regex web.*", "Match_Regex *"]
    right = f"{DUMMY}{output(lines[0], lines[2], lines[1])}"
    wrong = f"{DUMMY}{output(*lines)}"
    assert [problem.kind for problem in found(right, version)] == ["bad-regex"]
    kinds = [problem.kind for problem in found(wrong, version)]
    assert kinds == ["bad-regex", "output-without-match"]


def test_a_filter_without_match_is_fatal_since_4() -> None:
    text = filtered("Name grep", "Regx log a")
    assert fatal(text, OLD) == []
    assert fatal(text, MIDDLE) == ["filter-without-match"]


@pytest.mark.parametrize("pattern", ["*failure*", "([a-z", "**", "(?P<x>a)"])
def test_patterns_for_file_names_are_no_regular_expressions(pattern: str) -> None:
    for version in VERSIONS:
        assert fatal(filtered("Name grep", "Match *", f"Regex log {pattern}"), version) == [
            "bad-regex"
        ]


@pytest.mark.parametrize(
    "pattern", [r"^(?<a>\h+)\s++[[:alpha:]]*+$", "a{,3}", r"(?i:x)|\p{Alpha}", "[]a]", "{", "x{"]
)
def test_what_onigmo_takes_is_taken(pattern: str) -> None:
    assert fatal(filtered("Name grep", "Match *", f"Regex log {pattern}")) == []


def test_each_word_of_modify_is_a_pattern_since_4() -> None:
    text = filtered("Name modify", "Match *", "Set password ***")
    assert fatal(text, OLD) == []
    assert fatal(text, MIDDLE) == ["bad-regex"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["total_file_size 1M"], []),
        (["total_file_size 1M", "use_put_object On"], []),
        (["total_file_size 500k", "use_put_object On"], ["bad-size"]),
        (["s3_key_format x/$TAG"], ["bad-key-format"]),
        (["upload_chunk_size 1M"], ["bad-size"]),
        (["upload_chunk_size 40M", "total_file_size 50M"], ["bad-size"]),
        ([], []),
    ],
)
def test_sizes_of_s3(lines: list[str], expected: list[str]) -> None:
    assert fatal(output("Name s3", "Match *", "bucket b", *lines)) == expected


def test_two_inputs_can_not_have_one_port() -> None:
    text = "".join(f"[INPUT]\n    Name {name}\n    Port 24224\n" for name in ("forward", "tcp"))
    assert fatal(text + NULL) == ["port-taken"]
    assert fatal(text.replace("Name forward", "Name udp") + NULL) == []
    assert fatal(text.replace("24224\n", "24224\n    net.share_port on\n") + NULL) == []


@pytest.mark.parametrize(
    ("port", "expected"),
    [
        ("2020", [None, None, None]),
        ("70000", [None, None, CRASH]),
        ("abc", [1, 1, CRASH]),
        ("0", [None, None, CRASH]),
    ],
)
def test_the_port_of_the_http_server(port: str, expected: list[int | None]) -> None:
    text = f"[SERVICE]\n    HTTP_Server On\n    HTTP_Port {port}\n{DUMMY}{NULL}"
    for version, exit_status in zip(VERSIONS, expected, strict=True):
        statuses = [problem.exit for problem in found(text, version) if problem.fatal]
        assert statuses == ([] if exit_status is None else [exit_status])


def test_a_port_that_is_taken_stops_the_http_server_alone_since_5() -> None:
    text = "[SERVICE]\n    HTTP_Server On\n    HTTP_Port 24224\n[INPUT]\n    Name forward\n" + NULL
    assert [fatal(text, version) for version in VERSIONS] == [["port-taken"], ["port-taken"], []]


def test_syslog_over_udp_has_no_tls_since_5() -> None:
    text = output("Name syslog", "Match *", "tls on")
    assert [fatal(text, version) for version in VERSIONS] == [[], [], ["syslog-udp-tls"]]


def test_files_of_tls_have_to_exist() -> None:
    text = output("Name syslog", "Match *", "Mode tcp", "tls on", "tls.ca_file /nope.pem")
    assert fatal(text, files=Files({}, complete=True)) == ["tls-file-missing"]
    assert fatal(text) == []


def test_a_section_name_with_a_typo_loses_its_logs() -> None:
    (problem,) = found(DUMMY + NULL + "[OUPTUT]\n    Name null\n")
    assert (problem.kind, problem.severity, problem.suggestion) == (
        "unknown-section", "loss", "OUTPUT",
    )  # fmt: skip


def test_a_socket_needs_its_folder() -> None:
    text = "[INPUT]\n    Name forward\n    unix_path /nonexistent/f.sock\n" + NULL
    files = Files({}, complete=True)
    assert fatal(text, OLD, files=files) == ["socket-folder"]
    assert [problem.severity for problem in found(text, MIDDLE, files=files)] == ["loss"]
    assert fatal(text, OLD) == []


@pytest.mark.parametrize(
    ("line", "version", "kind"),
    [
        ("tls yes", OLD, "bad-bool"),
        ("tls yes", NEW, ""),
        ("Port abc", NEW, "bad-number"),
        ("Retry_Limit unlimited", NEW, "bad-retry-limit"),
        ("Retry_Limit no_limits", NEW, ""),
    ],
)
def test_values_that_mean_something_else(line: str, version: str, kind: str) -> None:
    problems = found(output("Name syslog", "Match *", "Mode tcp", line), version)
    assert [problem.kind for problem in problems] == ([kind] if kind else [])


def test_half_a_megabyte_is_no_limit_in_1_9() -> None:
    text = f"[INPUT]\n    Name dummy\n    Mem_Buf_Limit 0.5M\n{NULL}"
    assert [problem.kind for problem in found(text, OLD)] == ["bad-size"]
    assert found(text, NEW) == []


def test_a_cap_below_the_base_crashes_at_the_first_retry() -> None:
    text = f"[SERVICE]\n    scheduler.base 10\n    scheduler.cap 9\n{DUMMY}{NULL}"
    assert [problem.severity for problem in found(text)] == ["loss"]


def test_a_daemon_ends_the_container() -> None:
    (problem,) = found("[SERVICE]\n    Daemon On\n" + DUMMY + NULL)
    assert (problem.kind, problem.exit) == ("daemon", 0)


WORDS = st.sampled_from(
    ["Name", "Match", "Tag", "Regex", "log", "*", "Record", "a b", "Rule", "$log", "x y z", "tls",
     "on", "Port", "24224", "storage.type", "filesystem", "Parser", "json", "${X}", "${X:-y}",
     "net.keepalive", "Mem_Buf_Limit", "5M", "Condition", "Key_exists a", "Set", "Copy a",
     "script", "/x.lua", "call", "bucket", "region", "labels", "a=b,c", "Mode", "oauth2.enable",
     "http_server.workers", "Alias", "emitter_name", "multiline.parser", "Flush", "Log_Level", ""]
)  # fmt: skip


@st.composite
def configurations(draw: st.DrawFn) -> list[Section]:
    kinds = st.sampled_from([*KINDS, "service", "parser", "plugins", "OTHER", "s"])
    sections = []
    for kind in draw(st.lists(kinds, max_size=5)):
        entries = [Entry(draw(WORDS), draw(WORDS)) for _ in range(draw(st.integers(0, 5)))]
        if kind in KINDS:
            entries.insert(0, Entry("Name", draw(st.sampled_from(names(NEW, kind)))))
        sections.append(Section(kind, entries))
    return sections


@given(configurations(), st.sampled_from(VERSIONS))
def test_any_sections_have_a_verdict(sections: list[Section], version: str) -> None:
    for problem in judge_sections(sections, Circumstances(version)):
        assert problem.message
        assert problem.fatal == (problem.exit is not None)
        closing(problem, version)


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        (output("Name syslog", "Match *", "Mode udp", "Host h", "Port 1"), {}, None),
        (output("Name cloudwatch", "Match *", "region r", "log_group_name g",
                "log_stream_name s"), {"go": ("cloudwatch",)}, {"go": ()}),
        (output("Name loki", "Match *", "Host h"), {"version": NEW}, None),
        (output("Name stdout", "Match *", "Format ${F}"), {"environment": {"F": "json_lines"}},
         {"environment": {}}),
        (output("Name vivo_exporter", "Match *"), {"version": NEW}, {"version": OLD}),
    ],
)  # fmt: skip
def test_a_configuration_found_sound_is_judged_anew_in_other_circumstances(
    text: str, good: dict[str, Any], bad: dict[str, Any] | None
) -> None:
    assert found(text, **good) == []
    assert found(text, **good) == []
    if bad is not None:
        assert found(text, **bad)
    assert found(text + "    No_Such_Key 1\n", **good)


def test_1_9_has_no_defaults_so_the_variable_is_unset_wherever_it_runs() -> None:
    text = output("Name null", "Match ${NOPE:-web}", "Alias ${NOPE:-x}")
    assert fatal(text, OLD, environment_complete=False) == ["empty-value"]
    assert fatal(text, MIDDLE, environment_complete=False) == []
