"""What the launcher writes: keys set in each section of a kind, all else as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fargate_lint.launch.arguments import Arguments
from fargate_lint.launch.firelens import Settings, generate
from fargate_lint.launch.launcher import argv, read
from fargate_lint.launch.rewriting import Written, lines_of, lines_of_text, rewrite
from fargate_lint.launch.sections import Include, Section, render
from fargate_lint.source.unknown import Unknown
from tests.build import task_of

HEAD = ["-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M"]
TASK: dict[str, Any] = {
    "networkMode": "awsvpc",
    "containerDefinitions": [
        {"name": "al-agent"},
        {
            "name": "log_router",
            "memory": 128,
            "firelensConfiguration": {
                "type": "fluentbit",
                "options": {"config-file-type": "file", "config-file-value": "/extra.conf"},
            },
        },
        {
            "name": "app",
            "logConfiguration": {"logDriver": "awsfirelens", "options": {"Name": "stdout"}},
        },
    ],
}
LAUNCHED = task_of(TASK)
ROUTER = LAUNCHED.containers[1]
SETTINGS = Settings(
    cluster="prod", task_arn="arn:aws:ecs:eu-west-1:1:task/prod/1", task_definition="web:7"
)


def rewritten(text: str, *words: str | Unknown) -> str | None:
    return rewrite(text, read(words), ROUTER).text


def launched(*words: str | Unknown) -> Written:
    return rewrite(generate(LAUNCHED, ROUTER, SETTINGS).items, read(words), ROUTER)


def test_the_recommended_arguments_on_what_firelens_generates() -> None:
    assert (
        launched(*HEAD, "--").text
        == """
[INPUT]
    Name forward
    Mem_Buf_Limit 50M
    unix_path /var/run/fluent.sock

[INPUT]
    Name forward
    Listen 127.0.0.1
    Port 24224
    Mem_Buf_Limit 50M

[INPUT]
    Name tcp
    Tag firelens-healthcheck
    Listen 127.0.0.1
    Port 8877
    Mem_Buf_Limit 50M

[FILTER]
    Name record_modifier
    Match *
    Record ecs_cluster prod
    Record ecs_task_arn arn:aws:ecs:eu-west-1:1:task/prod/1
    Record ecs_task_definition web:7

@INCLUDE /extra.conf

[OUTPUT]
    Name null
    Match firelens-healthcheck

[OUTPUT]
    Name stdout
    Match app-firelens*

[SERVICE]
    Scheduler.Cap 60
"""
    )


def test_lines_of_the_launcher_come_from_its_words() -> None:
    found = launched(*HEAD, "--")
    paths = [
        (line.text.strip(), line.origin.path)
        for line in found.lines
        if line.origin is not None
        and line.origin.path is not None
        and "command" in line.origin.path
    ]
    word = ("containerDefinitions", 1, "command")
    assert paths == [
        *[("Mem_Buf_Limit 50M", (*word, 5))] * 3,
        ("[SERVICE]", (*word, 1)),
        ("Scheduler.Cap 60", (*word, 2)),
    ]
    kinds = [item.name if isinstance(item, Section) else item.text for item in found.items]
    assert kinds == [
        *("INPUT", "INPUT", "INPUT", "FILTER", "/extra.conf", "OUTPUT", "OUTPUT", "SERVICE")
    ]


def test_comments_order_case_and_blanks_are_kept() -> None:
    text = (
        "# mine\r\n[service]\r\n  flush   5\r\n\r\n[Input]\r\n  # why\r\n  name tail\r\n"
        "  MEM_BUF_LIMIT   5M\r\n\r\n  tag  x y \r\n# last\r\n[OUTPUTS]\r\n  name null"
    )
    assert rewritten(text, "-i", "Mem_Buf_Limit", "50M", "-s", "Grace", "1", "-i", "A", "b") == (
        "# mine\r\n[service]\r\n  flush   5\r\n  Grace 1\r\n\r\n[Input]\r\n  # why\r\n"
        "  name tail\r\n  MEM_BUF_LIMIT   50M\r\n\r\n  tag  x y \r\n  A b\r\n# last\r\n"
        "[OUTPUTS]\r\n  name null"
    )


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("[OUTPUT]", ["-o", "Match", "*"], "[OUTPUT]\n    Match *\n"),
        ("[OUTPUT]\n\tName x", ["-o", "A", "b"], "[OUTPUT]\n\tName x\n\tA b\n"),
        ("[FILTER]\n Name x\n Name y\n", ["-f", "name", "z"], "[FILTER]\n Name z\n Name z\n"),
        ("[INPUT]\n Tag\n", ["-i", "Tag", "x"], "[INPUT]\n Tag x\n"),
        ("@SET A=1\n", ["-s", "A", "1"], "@SET A=1\n\n[SERVICE]\n    A 1\n"),
        ("[INPUT]\n\tA b", ["-s", "A", "1"], "[INPUT]\n\tA b\n\n[SERVICE]\n\tA 1\n"),
        ("", ["-s", "A", "1"], "[SERVICE]\n    A 1\n"),
        ("", ["-i", "A", "1"], ""),
        ("[INPUT]\n A b\n", ["-i", "A", "1", "-i", "a", "2"], "[INPUT]\n A 2\n"),
        ("[INPUT]\n#A b\n", ["-i", "A", "1"], "[INPUT]\n    A 1\n#A b\n"),
        ("[INPUT]\n@INCLUDE x\n", ["-i", "A", "1"], "[INPUT]\n    A 1\n@INCLUDE x\n"),
    ],
)
def test_overwrite_or_add(text: str, words: list[str], expected: str) -> None:
    assert rewritten(text, *words) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("service:\n  flush: 1\n", []),
        ("# mine\n---\n\npipeline:\n", []),
        ("", ["-c", "/etc/x.yaml"]),
        ("", ["-c", "/etc/x.YML"]),
    ],
)
def test_yaml_is_refused(text: str, words: list[str]) -> None:
    found = rewrite(text, read(words), ROUTER)
    assert (found.text, found.error) == (
        None,
        "the launcher reads only the classic format, not YAML",
    )


def test_unknown_values_stay_unknown() -> None:
    found = rewrite("[INPUT]\n    Name x\n", read(["-i", "Tag", Unknown("${TAG}")]), ROUTER)
    assert found.text == "[INPUT]\n    Name x\n    Tag ${TAG}\n"
    section = found.items[0]
    assert isinstance(section, Section)
    assert isinstance(section.entries[1].value, Unknown)
    assert section.entries[0].value == "x"


def test_fluent_bit_is_started_with_the_written_file_and_the_words_behind_the_dashes() -> None:
    words: list[str | Unknown] = ["-r", "/x", *HEAD, "--", "-o", "syslog", "-m", "*"]
    assert argv(read(words)) == [
        ("/x", 1),
        ("-c", None),
        ("/var/alertlogic/lib/fluent-bit/fluent-bit.conf", None),
        ("-o", 9),
        ("syslog", 10),
        ("-m", 11),
        ("*", 12),
    ]


TEXT = st.lists(
    st.sampled_from(
        [
            *("[INPUT]", "[input]", "[FILTER]", "[OUTPUT]", "[SERVICE]", "[OTHER]", "", "  ", "#x"),
            *("    Name x", "\tName y", "    # A", "    A", "a b", "@INCLUDE *.conf", "@SET a=b"),
            *("    [x] y", "[INPUT", "]", "\r", "    A   1   ", "    a\t2", "\ufeff[INPUT]"),
        ]
    )
    | st.text(max_size=8)
).map("\n".join)
PAIRS = st.lists(
    st.tuples(st.sampled_from(["-i", "-f", "-o", "-s"]), st.sampled_from("AaB"), st.just("1"))
)


@given(TEXT)
def test_without_arguments_nothing_changes(text: str) -> None:
    found = rewrite(text, Arguments([]), ROUTER)
    assert found.text in {text, None}
    assert "".join(line.text for line in lines_of_text(text, "x")) == text


@given(TEXT, PAIRS)
@example("\r\n#x", [("-s", "A", "1")])
def test_every_section_of_a_kind_has_the_key_and_other_lines_are_kept(
    text: str, pairs: list[tuple[str, str, str]]
) -> None:
    arguments = read([word for pair in pairs for word in pair])
    found = rewrite(text, arguments, ROUTER)
    if found.text is None:
        return
    for item in found.items:
        if isinstance(item, Include):
            continue
        flag = {"INPUT": "-i", "FILTER": "-f", "OUTPUT": "-o", "SERVICE": "-s"}.get(
            item.name.upper()
        )
        for option, key, value in pairs:
            if option == flag:
                assert {entry.text for entry in item.all(key)} == {value}
    # A last line without a line end gets that of the file.
    kept = [line.rstrip("\r") for line in text.split("\n") if line.lstrip().startswith("#")]
    after = [line.rstrip("\r") for line in found.text.split("\n")]
    assert [line for line in after if line.lstrip().startswith("#")] == kept
    again = rewrite(found.text, arguments, ROUTER)
    assert again.text == found.text
    assert [line.text for line in again.lines] == [line.text for line in found.lines]


def test_lines_of_items_are_those_of_their_text() -> None:
    items = generate(LAUNCHED, ROUTER, SETTINGS).items
    assert "".join(line.text for line in lines_of(items)) == render(items)
