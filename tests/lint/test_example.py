"""The examples of pages that say what is changed in the log router's command."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fargate_lint.lint import example as example_module
from fargate_lint.lint import pages
from fargate_lint.lint.example import Example, base, overlay
from fargate_lint.lint.rule import Rule
from fargate_lint.testing import failures, source

COMMAND = base("agent")["containerDefinitions"][2]["command"]


def command(words: str) -> list[str]:
    _, text = source(Example("json", words, ""))
    router = json.loads(text)["containerDefinitions"][2]
    found: list[str] = router["command"]
    return found


def replaced(*old: str, by: tuple[str, ...]) -> list[str]:
    at = next(at for at in range(len(COMMAND)) if COMMAND[at : at + len(old)] == list(old))
    return [*COMMAND[:at], *by, *COMMAND[at + len(old) :]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("fixed", COMMAND),
        ('bad without="Mode=tcp"', replaced("-p", "Mode=tcp", by=())),
        ('bad with="Mode=udp"', replaced("Mode=tcp", by=("Mode=udp",))),
        ('fixed with="Mode=tcp"', COMMAND),
        ('fixed with="--"', COMMAND),
        ('bad with="Keep_Alive=on"', [*COMMAND, "-p", "Keep_Alive=on"]),
        ('bad with="-i Mem_Buf_Limit 50MiB"', replaced("50M", by=("50MiB",))),
        ('bad without="-s Scheduler.Cap 60"', replaced("-s", "Scheduler.Cap", "60", by=())),
        ('bad with="-s Scheduler.Base 5"', [*COMMAND, "-s", "Scheduler.Base", "5"]),
        (
            """bad without="Mode=tcp" with="-p 'Mode tcp'\"""",
            replaced("Mode=tcp", by=("Mode tcp",)),
        ),
        (
            'bad without="-o syslog -m *" with="-o syslog"',
            replaced("-o", "syslog", "-m", "*", by=("-o", "syslog")),
        ),
        ('bad profile=troubleshooting without="--"', replaced("--", by=())),
    ],
)
def test_an_empty_block_changes_the_command_as_its_words_say(
    words: str, expected: list[str]
) -> None:
    assert command(words) == expected


@pytest.mark.parametrize(
    ("words", "text", "message"),
    [
        ('bad without="Mode=udp"', "", "the command has no `-p Mode=udp`"),
        ('bad base=plain with="Mode=udp"', "", "the base `plain` has no log router"),
        ('bad with="Mode=udp"', "{}\n", "`with` and `without` belong to an empty block of JSON"),
        ("""bad without="-p 'Mode=tcp\"""", "", "No closing quotation"),
    ],
)
def test_words_that_mean_nothing_are_told_of_and_shown_as_they_are(
    words: str, text: str, message: str
) -> None:
    page = f"It is wrong.\n\n```json {words}\n{text}```\n\nMore."
    rule = type("Wrong", (Rule,), {"__doc__": page, "code": "ACME1", "name": "wrong"})
    assert list(failures(rule)) == [
        "wrong: the page has no `fixed` or `good` example",
        f"wrong: a bad example can't be read: {message}\n{text}",
    ]
    assert pages.body(rule) == page


def test_a_reader_sees_the_whole_command_and_what_is_different() -> None:
    class Wrong(Rule):
        """It is wrong.

        ## Example
        ```json bad without="Syslog_Hostname_Key=container_id"
        ```
        ```json fixed without="--" with="-- -c /fluent-bit/etc/fluent-bit.conf"
        ```
        ```json good profile=troubleshooting with="Port=1515"
        ```
        """

    assert (
        pages.body(Wrong)
        == """\
It is wrong.

## Example

Reported, without `Syslog_Hostname_Key=container_id`:

```json
{"containerDefinitions": [{"name": "log_router", "command": [
  "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
  "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
  "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1514",
  "-p", "Retry_Limit=False", "-p", "Syslog_Format=rfc3164", "-p", "Syslog_Maxsize=786432",
  "-p", "Syslog_Appname_Key=container_name", "-p", "Syslog_Procid_Key=pid",
  "-p", "Syslog_Message_Key=log"]}]}
```

Write instead, with `-- -c /fluent-bit/etc/fluent-bit.conf` instead of `--`:

```json
{"containerDefinitions": [{"name": "log_router", "command": [
  "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
  "-c", "/fluent-bit/etc/fluent-bit.conf",
  "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
  "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1514",
  "-p", "Retry_Limit=False", "-p", "Syslog_Format=rfc3164", "-p", "Syslog_Maxsize=786432",
  "-p", "Syslog_Hostname_Key=container_id", "-p", "Syslog_Appname_Key=container_name",
  "-p", "Syslog_Procid_Key=pid", "-p", "Syslog_Message_Key=log"]}]}
```

Not reported, with `profile = "troubleshooting"`, with `Port=1515`:

```json
{"containerDefinitions": [{"name": "log_router", "command": [
  "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
  "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
  "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1515",
  "-p", "Retry_Limit=False", "-p", "Syslog_Format=rfc3164", "-p", "Syslog_Maxsize=786432",
  "-p", "Syslog_Hostname_Key=container_id", "-p", "Syslog_Appname_Key=container_name",
  "-p", "Syslog_Procid_Key=pid", "-p", "Syslog_Message_Key=log"]}]}
```"""
    )


@pytest.mark.parametrize(
    ("below", "above", "expected"),
    [
        ({"a": 1, "b": 2}, {"b": 3, "c": 4}, {"a": 1, "b": 3, "c": 4}),
        ({"a": 1, "b": 2}, {"b": None, "c": None}, {"a": 1}),
        ({"a": {"b": 1, "c": {}}}, {"a": {"c": {"e": 3}}}, {"a": {"b": 1, "c": {"e": 3}}}),
        ({"a": {"b": 1}}, {"a": [1]}, {"a": [1]}),
        ({"a": None}, {"b": 0}, {"a": None, "b": 0}),
        ({"a": 0}, {"a": {"b": None, "c": 1}}, {"a": {"b": None, "c": 1}}),
        ([1, 2], [3], [3]),
        (
            [{"name": "a", "x": 1}, {"name": "b", "x": 2}],
            [{"name": "b", "x": 3}, {"name": "c"}],
            [{"name": "a", "x": 1}, {"name": "b", "x": 3}, {"name": "c"}],
        ),
        ([{"name": "a"}], [], []),
        ([], [{"name": "a"}], [{"name": "a"}]),
        ([{"name": "a"}, {"x": 1}], [{"name": "b"}], [{"name": "b"}]),
        ([{"name": "a"}], [{"name": "a", "x": 1}, 7], [{"name": "a", "x": 1}, 7]),
    ],
)  # fmt: skip
def test_objects_and_lists_of_names_are_laid_over_each_other(
    below: Any, above: Any, expected: Any
) -> None:
    before = json.dumps([below, above])
    assert overlay(below, above) == expected
    assert json.dumps([below, above]) == before


def test_the_words_behind_a_kind_are_settings() -> None:
    example = Example("json", 'bad base=plain a=b long="two words" c= odd', "{}")
    assert (example.kind, example.base) == ("bad", "plain")
    assert example.settings == {"a": "b", "long": "two words", "c": ""}
    assert (example.added, example.removed) == ("", "")
    nothing = Example("yaml", "", "")
    assert (nothing.kind, nothing.base, nothing.fragment) == ("", "agent", "")


@pytest.mark.parametrize(
    ("command", "removed", "added", "expected"),
    [
        ("a b", "", "", "a b"),
        ("a b a b", "a b", "", "a b"),
        ("a b", "b", "", "a"),
        ("-p A=1 -p B=2", "-p A=1", "-p A=3 -x", "-p A=3 -x -p B=2"),
        ("-p A=1 -p B=2", "", "-p B=3", "-p A=1 -p B=3"),
        ("-p A=1", "", "-p AB=3", "-p A=1 -p AB=3"),
        ("-i A 1", "", "-i A 2", "-i A 2"),
        ("-i A 1", "", "-i B 2", "-i A 1 -i B 2"),
        ("--", "", "-", "-- -"),
        ("", "", "-x", "-x"),
    ],
)
def test_a_command_has_other_words_in_the_first_place_that_they_fit(
    command: str, removed: str, added: str, expected: str
) -> None:
    assert example_module._changed(command.split(), removed.split(), added.split()) == (
        expected.split()
    )


def test_a_written_command_is_no_wider_than_a_page() -> None:
    long, less = "x" * 70, "y" * 56
    words = ["-s", "A.B", long, "-F", "grep", "-m", "*", "-q", less, "-q", "-o", "a"]
    assert example_module._written("r", words) == (
        '{"containerDefinitions": [{"name": "r", "command": [\n'
        f'  "-s", "A.B", "{long}",\n'
        f'  "-F", "grep", "-m", "*", "-q", "{less}",\n'
        '  "-q",\n  "-o", "a"]}]}\n'
    )
    assert example_module._written("r", []) == (
        '{"containerDefinitions": [{"name": "r", "command": []}]}\n'
    )
    assert example_module._written("r", ["a", "b", "-c"]) == (
        '{"containerDefinitions": [{"name": "r", "command": [\n  "a", "b", "-c"]}]}\n'
    )
