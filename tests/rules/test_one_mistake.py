"""One mistake gives one finding, whatever it does to the rest of the launch."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fargate_lint.lint.finding import rank
from fargate_lint.lint.registry import load
from fargate_lint.testing import base, overlay
from tests.build import findings

REGISTRY = load()
COMMAND: list[str] = base("agent")["containerDefinitions"][2]["command"]
ROUTER = "/containerDefinitions/2"
SOCKET = "/var/run/docker.sock"


def told(*containers: dict[str, Any], over: str = "agent", **members: Any) -> list[str]:
    """`rule pointer` of each finding about a base with these changes, from warnings up."""
    definition = overlay(base(over), {**members, "containerDefinitions": list(containers)})
    return [
        f"{found.rule.name} {found.place.pointer}"
        for found in findings(definition, REGISTRY)
        if rank(found.severity) >= rank("warning")
    ]


def rules(text: str) -> set[str]:
    """The rules that have something to say about a text, from warnings up."""
    found = findings(text, REGISTRY)
    return {one.rule.name for one in found if rank(one.severity) >= rank("warning")}


def router(**members: Any) -> dict[str, Any]:
    return {"name": "log_router", **members}


def replaced(old: str, *new: str) -> list[str]:
    """The vendor's command with a word replaced by others."""
    found: list[str] = []
    for word in COMMAND:
        found += new if word == old else [word]
    return found


def command(*words: str) -> list[str]:
    return told(router(command=list(words)))


def test_a_property_without_equals_is_not_missed_as_well() -> None:
    for key in ("Mode", "Port", "Retry_Limit", "Syslog_Format", "Syslog_Maxsize"):
        word = next(word for word in COMMAND if word.startswith(f"{key}="))
        for sign in (" ", ":"):
            told = command(*replaced(word, word.replace("=", sign)))
            assert told == [f"p-without-equals {ROUTER}/command/{COMMAND.index(word)}"]
    told = command(*replaced("Record=pid 1", "Record pid 1"))
    assert told == [f"p-without-equals {ROUTER}/command/12"]


def test_an_output_without_match_leaves_the_applications_out() -> None:
    at = COMMAND.index("syslog")
    words = COMMAND[: at + 1] + COMMAND[at + 3 :]
    assert command(*words) == [f"syslog-match-missing {ROUTER}/command/13"]


def test_a_misspelled_output_is_not_missing() -> None:
    words = replaced("syslog", "sysylog")
    assert command(*words) == [f"plugin-name-unknown {ROUTER}/command/14"]


def test_a_second_double_dash_hides_what_stands_behind_it() -> None:
    words = replaced("--", "--", "--")
    assert command(*words) == [f"launcher-double-dash-position {ROUTER}/command/7"]
    first = ["--", *COMMAND]
    assert set(command(*first)) == {
        f"launcher-double-dash-position {ROUTER}/command/1",
        f"launcher-double-dash-position {ROUTER}/command/4",
    }


def test_a_launcher_without_a_word() -> None:
    assert told(router(command=None)) == [f"syslog-output-missing {ROUTER}/command"]


def test_a_command_in_one_string() -> None:
    text = " ".join(COMMAND)
    assert told(router(command=text)) == [f"entrypoint-not-array {ROUTER}/command"]
    assert command(text) == [f"command-joined-string {ROUTER}/command/0"]


@pytest.mark.parametrize("key", ["Mem_Limit", "Buffer_Limit", "Mem_Buffer_Limit", "MemBufLimit"])
def test_a_misspelled_limit_is_not_missing(key: str) -> None:
    words = replaced("Mem_Buf_Limit", key)
    assert command(*words) == [f"mem-buf-limit-misspelled {ROUTER}/command/4"]


def test_an_unknown_key_is_shown_where_it_stands() -> None:
    words = replaced("Scheduler.Cap", "Scheduler_Cap")
    assert command(*words) == [f"flb-unknown-option {ROUTER}/command/1"]


def test_a_misspelled_agent_is_waited_for_all_the_same() -> None:
    waits = [{"containerName": "al_agent", "condition": "START"}]
    place = f"{ROUTER}/dependsOn/0/containerName"
    assert told(router(dependsOn=waits)) == [f"dependson-unknown-container {place}"]


@pytest.mark.parametrize(("name", "index"), [("web", 0), ("al-agent", 1)])
def test_the_container_that_is_a_router_by_mistake_is_named(name: str, index: int) -> None:
    place = f"/containerDefinitions/{index}/firelensConfiguration"
    made = {"name": name, "firelensConfiguration": {"type": "fluentbit"}}
    assert told(made) == [f"multiple-firelens {place}"]


def test_a_string_is_no_setting() -> None:
    assert told(router(essential="false")) == [f"wrong-type {ROUTER}/essential"]


def test_the_socket_alone() -> None:
    volumes = [{"name": "docker", "host": {"sourcePath": SOCKET}}]
    mount = {"sourceVolume": "docker", "containerPath": SOCKET}
    agent = {"name": "al-agent", "mountPoints": [mount]}
    assert told(agent, volumes=volumes) == ["docker-socket-mount /volumes/0/host/sourcePath"]


def test_fluent_bits_options_with_the_old_driver() -> None:
    old = {"name": "web", "logConfiguration": {"logDriver": "awslogs"}}
    place = "/containerDefinitions/0/logConfiguration/options/Name"
    assert told(old, over="cloudwatch") == [f"flb-option-in-awslogs {place}"]


@pytest.mark.parametrize(
    ("members", "line"),
    [
        ({"healthCheck": {"test": ["CMD", "true"]}}, "unknown-member ~/healthCheck/test"),
        (
            {"dependsOn": [{"name": "log_router", "condition": "START"}]},
            "unknown-member ~/dependsOn/0/name",
        ),
        ({"secrets": [{"name": "A", "value": "/a"}]}, "unknown-member ~/secrets/0/value"),
        (
            {"environment": [{"name": "A", "valueFrom": "/a"}]},
            "unknown-member ~/environment/0/valueFrom",
        ),
        ({"volumesFrom": [{"sourceContainer": "web"}]}, "dependson-cycle ~/volumesFrom/0"),
        # Windows has no such small sizes, but this is no family of Windows.
        ({}, "value-not-allowed /runtimePlatform/operatingSystemFamily"),
    ],
)
def test_a_member_under_another_name_is_not_missing_as_well(
    members: dict[str, Any], line: str
) -> None:
    rest = {} if members else {"runtimePlatform": {"operatingSystemFamily": "WINDOWS"}}
    line = line.replace("~", "/containerDefinitions/0")
    assert told({"name": "web", **members}, over="plain", **rest) == [line]


def test_a_router_that_logs_to_itself() -> None:
    logs = {"logDriver": "awsfirelens", "options": {"Name": "stdout"}}
    assert told({"name": "log_router", "logConfiguration": logs}, over="firelens") == [
        "router-uses-awsfirelens /containerDefinitions/1/logConfiguration/logDriver"
    ]


def test_no_key_of_the_syslog_output() -> None:
    keys = ("Syslog_Hostname_Key", "Syslog_Appname_Key", "Syslog_Procid_Key")
    words: list[str] = []
    for word in COMMAND:
        if word.startswith(keys):
            words.pop()
        else:
            words.append(word)
    assert command(*words) == [f"syslog-keys {ROUTER}/command/13"]


@pytest.mark.parametrize("blank", ["Port = 1514", " Port=1514", "Port= 1514"])
def test_blanks_around_the_equals_sign_are_dropped_by_fluent_bit(blank: str) -> None:
    assert command(*replaced("Port=1514", blank)) == []


@pytest.mark.parametrize("form", ["--{}={}", "-{}{}"])
def test_a_flag_and_its_value_in_one_word(form: str) -> None:
    long = {"F": "filter", "o": "output", "m": "match", "p": "prop"}
    words = COMMAND[: COMMAND.index("--") + 1]
    rest = COMMAND[len(words) :]
    for flag, value in zip(rest[::2], rest[1::2], strict=True):
        words.append(form.format(long[flag[1]] if form[1] == "-" else flag[1], value))
    assert command(*words) == []


@pytest.mark.parametrize("words", [["modify", "Add=pid 1"], ["lua", "script=/pid.lua"]])
def test_another_filter_may_add_the_process(words: list[str]) -> None:
    from fargate_lint_rules.launcher.record_pid_filter_missing import RecordPidFilterMissing

    plugin, line = words
    written = replaced("record_modifier", plugin)
    written[written.index("Record=pid 1")] = line
    assert not any(one.startswith(RecordPidFilterMissing.name) for one in command(*written))


@pytest.mark.parametrize("name", ["alertlogic-key", "/alertlogic/registration-key", "my-secret"])
def test_a_parameter_may_be_called_after_what_it_holds(name: str) -> None:
    agent = {"name": "al-agent", "secrets": [{"name": "KEY", "valueFrom": name}]}
    assert told(agent) == []


@pytest.mark.parametrize(
    ("right", "wrong", "value", "index"),
    [("-F", "-f", "record_modifier", 7), ("-o", "-O", "syslog", 13), ("-p", "-P", "Port=1514", 21)],
)
def test_a_flag_in_the_other_case(right: str, wrong: str, value: str, index: int) -> None:
    words = list(COMMAND)
    assert words[index : index + 2] == [right, value]
    words[index] = wrong
    assert command(*words) == [f"launcher-shortflag-confusion {ROUTER}/command/{index}"]


def test_a_key_and_its_value_in_two_words() -> None:
    words = replaced("Mode=tcp", "Mode", "tcp")
    assert command(*words) == [f"p-without-equals {ROUTER}/command/18"]


def test_a_record_with_quotes_around_it() -> None:
    words = replaced("Record=pid 1", 'Record="pid 1"')
    assert command(*words) == [f"flb-words-invalid {ROUTER}/command/12"]


def test_a_pattern_that_leaves_an_application_out() -> None:
    at = COMMAND.index("syslog") + 2
    words = [*COMMAND[:at], "web*", *COMMAND[at + 1 :]]
    waits = [{"containerName": "web", "condition": "START"}]
    conf = {"logDriver": "awsfirelens", "options": {"Name": "stdout"}}
    jobs = {"name": "jobs", "image": "jobs:3", "dependsOn": waits, "logConfiguration": conf}
    assert command(*words) == []
    assert told(router(command=words), jobs) == [f"syslog-match-missing {ROUTER}/command/{at}"]
    conf["options"] = {}
    assert told(router(command=words), jobs) == [f"syslog-match-missing {ROUTER}/command/{at}"]


@pytest.mark.parametrize("driver", ["awsFirelens", "firelens", "aws-firelens"])
def test_a_misspelled_driver(driver: str) -> None:
    web = {"name": "web", "logConfiguration": {"logDriver": driver}}
    place = "/containerDefinitions/0/logConfiguration/logDriver"
    assert told(web) == [f"fargate-log-driver {place}"]


def test_images_that_are_mixed_up() -> None:
    agent, own = (each["image"] for each in base("agent")["containerDefinitions"][1:])
    found = told({"name": "al-agent", "image": own}, router(image=agent))
    assert found == [f"image-not-recommended {ROUTER}/image"]


def test_the_configuration_of_the_router_on_the_agent() -> None:
    agent = {"name": "al-agent", "firelensConfiguration": {"type": "fluentbit"}}
    place = "/containerDefinitions/1/firelensConfiguration"
    assert told(agent, router(firelensConfiguration=None)) == [f"log-router-missing {place}"]


@pytest.mark.parametrize("key", ["log_group_name", "log_stream_prefix"])
def test_an_option_without_a_value_is_not_missing(key: str) -> None:
    web = {"name": "web", "logConfiguration": {"options": {key: ""}}}
    place = f"/containerDefinitions/0/logConfiguration/options/{key}"
    assert told(web, over="cloudwatch") == [f"flb-value-empty {place}"]


def test_a_plugin_without_its_path() -> None:
    definition = overlay(base("cloudwatch"), {})
    words = definition["containerDefinitions"][2]["command"]
    words.remove("/fluent-bit/cloudwatch.so")
    found = told(router(command=words), over="cloudwatch")
    assert f"e-path-unknown {ROUTER}/command/8" in found
    assert not any(one.startswith("go-plugin-without-e") for one in found)


@pytest.mark.parametrize("key", ["${KEY}", "{{ key }}", "<KEY>"])
def test_a_key_that_a_template_writes(key: str) -> None:
    assert command("-s", key, "60", "-i", key, "1", *COMMAND) == []


@pytest.mark.parametrize(
    "place", ['"-s",', '"--",', '"-p", "Mode=tcp",', '"Syslog_Message_Key=log"']
)
def test_words_that_are_left_out_may_be_any(place: str) -> None:
    text = json.dumps(base("agent"))
    assert place in text
    assert rules(text.replace(place, "...", 1)) == {"json-ellipsis"}


@pytest.mark.parametrize("share", range(40, 100, 3))
def test_of_a_text_that_breaks_off_only_that_is_told(share: int) -> None:
    text = json.dumps(base("agent"), indent=2)
    assert rules(text[: len(text) * share // 100]) == {"json-syntax"}
