"""What the launcher is told, and the one word that is wrong when it is told something else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.ecs.definition import Definition
from fargate_lint.ecs.task import Task
from fargate_lint.inputs.shapes import tasks
from fargate_lint.launch import launcher
from fargate_lint.launch.arguments import Arguments, Misuse
from fargate_lint.launch.launcher import LAUNCHER, argv, near_miss, read
from fargate_lint.source.document import Document
from fargate_lint.source.read import documents
from fargate_lint.source.unknown import Unknown, text_of
from tests.build import fragment, task_of

HEAD = ["-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M"]
TAIL = [
    *("-F", "record_modifier", "-m", "*", "-p", "Record=pid 1"),
    *("-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1514"),
]
X = Unknown("${X}")


def faults(arguments: Arguments) -> list[tuple[str, int, int]]:
    return [(fault.kind, fault.index, fault.end) for fault in arguments.faults]


def container(value: dict[str, Any]) -> Arguments | None:
    return launcher.arguments_of(task_of(fragment("log_router", **value)).containers[0])


def test_the_recommended_command_has_no_fault() -> None:
    arguments = read([*HEAD, "--", *TAIL])
    assert faults(arguments) == []
    assert arguments.certain
    assert not arguments.stops
    assert arguments.dashes == 6
    assert arguments.inputs == (("Mem_Buf_Limit", "50M", 4, 5),)
    assert arguments.services == (("Scheduler.Cap", "60", 1, 2),)
    assert arguments.fluent_bit == tuple(enumerate(TAIL, 7))
    assert arguments.run_path == ("/fluent-bit/bin/fluent-bit", None)
    assert arguments.in_config == ("/fluent-bit/etc/fluent-bit.conf", None)
    assert arguments.out_config == ("/var/alertlogic/lib/fluent-bit/fluent-bit.conf", None)


def test_every_option_in_both_forms() -> None:
    short = ["-r", "/a", "-c", "/b", "-m", "/c", "-i", "A", "1", "-f", "B", "2", "-o", "C", "3"]
    long = [
        {
            "-r": "--run-path",
            "-c": "--in-config",
            "-m": "--out-config",
            "-i": "--input",
            "-f": "--filter",
            "-o": "--output",
        }.get(word, word)
        for word in short
    ]
    for words in (short, long):
        arguments = read([*words, "--service", "Flush", "1"])
        assert faults(arguments) == []
        assert arguments.run_path == ("/a", 1)
        assert arguments.in_config == ("/b", 3)
        assert arguments.out_config == ("/c", 5)
        assert arguments.inputs == (("A", "1", 7, 8),)
        assert arguments.filters == (("B", "2", 10, 11),)
        assert arguments.outputs == (("C", "3", 13, 14),)
        assert arguments.services == (("Flush", "1", 16, 17),)
        assert arguments.dashes is None


def test_a_missing_double_dash_is_one_fault_at_fluent_bits_first_word() -> None:
    arguments = read([*HEAD, *TAIL])
    assert faults(arguments) == [("dashes-missing", 6, 6)]
    assert arguments.faults[0].words == ("--",)
    assert arguments.faults[0].message == "`-F` is for Fluent Bit, but no `--` stands before it"
    assert arguments.stops
    assert arguments.fluent_bit == tuple(enumerate(TAIL, 6))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["-o", "syslog", "-m", "*"], [("dashes-missing", 0, 0)]),
        (["-o", "syslog"], [("dashes-missing", 0, 0)]),
        (["-e", "/x.so", "-c", "/y.conf"], [("dashes-missing", 0, 0)]),
        (["-pMode=tcp"], [("dashes-missing", 0, 0)]),
        (["-i", "cpu", "-o", "stdout"], [("dashes-missing", 0, 0)]),
        (["-t", "x", "-R", "/y"], [("dashes-missing", 0, 0)]),
        (["-s", "A.B", "6", "\u2014", "-o", "syslog"], [("dashes-missing", 3, 4)]),
        (["-s", "A.B", "6", "-- -o syslog"], [("joined", 3, 4)]),
        (["-", "-o", "syslog"], [("dashes-missing", 0, 1)]),
        ([" --", "-o", "syslog"], [("dashes-missing", 0, 1)]),
        (["-e", "/x.so", "--", "-o", "syslog"], [("fluent-bit-before-dashes", 0, 2)]),
        (
            ["-e", "/x", "-e", "/y", "-s", "A.B", "1", "-p", "a=b", "--"],
            [("fluent-bit-before-dashes", 0, 4), ("fluent-bit-before-dashes", 7, 9)],
        ),
        (["-m", "*", "--", "-o", "syslog"], [("flag-confusion", 0, 2)]),
        (["-m", "*"], [("flag-confusion", 0, 2)]),
        (["-o", "syslog", "-m", "*", "-p", "a=b", "--", "-q"], [("flag-confusion", 0, 6)]),
        (["-o", "syslog", "x", "--"], [("flag-confusion", 0, 2), ("stray", 2, 3)]),
        (["-s", "24576", "--"], [("flag-confusion", 0, 2)]),
        (["-f", "5", "--"], [("flag-confusion", 0, 2)]),
        (["--", "-s", "Scheduler.Cap", "60"], [("launcher-after-dashes", 1, 4)]),
        (["--", "-i", "Mem_Buf_Limit", "50M"], [("launcher-after-dashes", 1, 4)]),
        (["--", "--run-path", "/x"], [("launcher-after-dashes", 1, 3)]),
        (["--", "-i", "cpu", "-o", "syslog", "-f", "1", "-s", "24576", "-c", "/x"], []),
        (["--", "-o", "syslog", "-m", "*", "-o", X, "a"], []),
        (["-i", "Mem_Buf_Limit", "--"], [("arity", 0, 2)]),
        (["-i", "--"], [("arity", 0, 1)]),
        (["-s", "Scheduler.Cap"], [("arity", 0, 2)]),
        (["-i", "Mem_Buf_Limit", "-s", "Scheduler.Cap", "60"], [("arity", 0, 2)]),
        (["-r", "--"], [("arity", 0, 1)]),
        (["-i", "Mem_Buf_Limit=50M", "--"], [("arity", 1, 2)]),
        (["-i", "Some_Offset", "-1", "--"], []),
        (["--inputs", "Mem_Buf_Limit", "50M"], [("unknown-argument", 0, 1)]),
        (["-S", "Scheduler.Cap", "60"], [("unknown-argument", 0, 1)]),
        (["-x", "some", "words", "--"], [("unknown-argument", 0, 3)]),
        (["\u2013s", "Scheduler.Cap", "60"], [("unknown-argument", 0, 1)]),
        (["-s Scheduler.Cap 60", "--", "-p Mode=tcp"], [("joined", 0, 1), ("joined", 2, 3)]),
        (["-i", "Mem_Buf_Limit 50M", "--"], [("joined", 1, 2)]),
        (["-c/etc/x.conf"], [("joined", 0, 1)]),
        (["--", "-p", "Record=pid 1", "-p", "Regex=log a -m b"], []),
        (["sh"], [("stray", 0, 1)]),
        (["-i", "Mem_Buf_Limit", "50", "M", "--"], [("stray", 3, 4)]),
        (["--run-path=/x"], []),
        ([], []),
        (["--"], []),
    ],
)
def test_one_fault_for_each_mistake(
    words: list[str | Unknown], expected: list[tuple[str, int, int]]
) -> None:
    assert faults(read(words)) == expected


def test_a_whole_command_in_one_word_is_split_and_read() -> None:
    arguments = read([" ".join([*HEAD, "--", "-o", "syslog", "-p", "'Record=pid 1'"])])
    assert faults(arguments) == [("joined", 0, 1)]
    assert arguments.inputs == (("Mem_Buf_Limit", "50M", 0, 0),)
    assert [word for _, word in arguments.fluent_bit] == ["-o", "syslog", "-p", "Record=pid 1"]


def test_a_joined_property_keeps_the_blanks_of_its_value() -> None:
    assert read(["--", "-p Record=pid 1"]).faults[0].words == ("-p", "Record=pid 1")


def test_words_behind_dashes_of_their_own_are_passed_on_as_they_are_and_others_as_meant() -> None:
    words = ["-o", "syslog", "-P", "Mode=tcp"]
    start = ["/fluent-bit/bin/fluent-bit", "-c", "/var/alertlogic/lib/fluent-bit/fluent-bit.conf"]
    passed = [word for word, _ in argv(read([*HEAD, "--", *words]))]
    assert passed == [*start, "-o", "syslog", "-P", "Mode=tcp"]
    meant = [word for word, _ in argv(read([*HEAD, "\u2014", *words]))]
    assert meant == [*start, "-o", "syslog", "-p", "Mode=tcp"]


def test_an_option_that_was_meant_counts_as_given() -> None:
    arguments = read(["--", "-i", "Mem_Buf_Limit", "50M"])
    assert arguments.inputs == (("Mem_Buf_Limit", "50M", 2, 3),)
    assert not arguments.stops
    assert [word for word, _ in argv(arguments)][3:] == ["-i", "Mem_Buf_Limit", "50M"]


def test_unknown_words_are_values_and_end_all_claims_where_they_may_be_flags() -> None:
    arguments = read(["-s", X, X, "--", "-o", X])
    assert arguments.certain
    assert arguments.services == ((X, X, 1, 2),)
    doubtful: list[list[str | Unknown]] = [
        ["-s", "A.B", "60", X, "-o", "syslog"],
        ["-o", "syslog", X],
        [X, "60", "--"],
    ]
    for words in doubtful:
        arguments = read(words)
        assert not arguments.certain
        assert faults(arguments) == []


def test_blames_tells_which_words_are_spoken_for() -> None:
    arguments = read(["--", "-o", "syslog", "-s", "Scheduler.Cap", "60"])
    assert [arguments.blames(index) is not None for index in range(6)] == [False] * 3 + [True] * 3


@given(
    st.lists(
        st.one_of(
            st.sampled_from([*HEAD, *TAIL, "--", "-c", "-r", "--input", "-h", "-x", "-", "", " "]),
            st.text(max_size=12),
            st.builds(Unknown, st.text(max_size=4)),
        ),
        max_size=24,
    )
)
def test_any_words_are_read_without_a_word_lost_or_a_message_too_long(
    words: list[str | Unknown],
) -> None:
    arguments = read(words)
    for fault in arguments.faults:
        assert 0 <= fault.index <= fault.end <= len(words)
        assert len(fault.message) <= 100
        assert "\n" not in fault.message or any("\n" in text_of(word) for word in words)
    if arguments.dashes is None or arguments.words[arguments.dashes] != "--":
        assert not argv(arguments)[3:] or arguments.fluent_bit
    else:
        assert [word for word, _ in argv(arguments)][3:] == words[arguments.dashes + 1 :]


@given(st.sampled_from(["head", "tail"]), st.integers(0, 5))
def test_the_words_of_a_fault_mend_it(place: str, seed: int) -> None:
    words = [*HEAD, "--", *TAIL]
    at = seed if place == "head" else 7 + seed
    if not words[at].startswith("-"):
        return
    joined = [*words[:at], " ".join(words[at : at + 2]), *words[at + 2 :]]
    for _ in range(3):
        arguments = read(joined)
        if not arguments.faults:
            break
        fault = arguments.faults[0]
        assert fault.words is not None
        joined[fault.index : fault.end] = fault.words
    assert joined == words


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ({"entryPoint": [LAUNCHER], "command": ["--"]}, ("--",)),
        ({"entryPoint": [LAUNCHER, "--", "-q"]}, ("--", "-q")),
        ({"command": [LAUNCHER, "--"]}, ("--",)),
        ({"entryPoint": ["/opt/fluent-launch"], "command": ["--"]}, ("--",)),
        ({"entryPoint": ["${DIR}/fluent-launch"], "command": ["--"]}, ("--",)),
        ({"entryPoint": ["/fluent-bit/bin/fluent-bit"], "command": [LAUNCHER]}, None),
        ({"entryPoint": ["sh", "-c", LAUNCHER]}, None),
        ({"command": ["/opt/fluent-launch", "--"]}, None),
        ({"command": [f"{LAUNCHER} --"]}, None),
        ({}, None),
    ],
)
def test_the_launcher_is_known_by_its_path(
    definition: dict[str, object], words: tuple[str, ...] | None
) -> None:
    found = container(definition)
    assert (found and found.words) == words


@pytest.mark.parametrize(
    ("path", "near"),
    [
        (LAUNCHER, False),
        (LAUNCHER + "er", True),
        ("/var/alertlogic/lib/fluent-bit/fluent_launch", True),
        ("fluent-launch", True),
        ("/var/lib/fluent-launc", True),
        ("/fluent-bit/bin/fluent-bit", False),
        ("/entrypoint.sh", False),
        (X, False),
    ],
)
def test_a_path_that_is_nearly_the_launchers(path: object, near: bool) -> None:
    assert near_miss(path) is near


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/VAR/alertlogic/other", True),
        ("/opt/Fluent-Launch-2/run", True),
        ("/opt/fluent-lunch", True),
        ("/opt/fluent-launch/else/fluent-bit", True),
        ("/fluent-launc/fluent-bit", False),
        ("fluent", False),
        ("/var/alertlogic".ljust(2 * len(LAUNCHER), "x"), True),
        ("/var/alertlogic".ljust(2 * len(LAUNCHER) + 1, "x"), False),
    ],
)
def test_a_path_resembles_the_launchers_by_its_folder_or_its_name(path: str, near: bool) -> None:
    assert near_miss(path) is near


@pytest.mark.parametrize("partial", [False, True])
@pytest.mark.parametrize("last", ["/c", Unknown("${C}")])
def test_words_and_places_are_those_of_the_task_whatever_is_known(
    last: str | Unknown, partial: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "_commands", {})
    value = fragment("web", entryPoint=[LAUNCHER, "-r", "/r"], command=["-c", last, "--", "-q"])
    path = ("containerDefinitions", 0, "command")
    document = Document("", "json", "", value, partial=frozenset({path} if partial else ()))
    arguments = launcher.arguments_of(Task(Definition(document, value)).containers[0])
    assert arguments is not None
    assert (arguments.words, arguments.in_config) == (
        ("-r", "/r", "-c", last, "--", "-q"),
        (last, 3),
    )
    assert arguments.certain is (not partial)
    assert [arguments.path(index) for index in (0, 5)] == [("entryPoint", 1), ("command", 3)]


def test_of_the_commands_of_many_tasks_few_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered: dict[Any, Any] = {}
    monkeypatch.setattr(launcher, "_commands", remembered)
    for number in range(launcher.COMMANDS_KEPT + 1):
        made = container({"entryPoint": [LAUNCHER], "command": ["-r", f"/{number}"]})
        again = container({"entryPoint": [LAUNCHER], "command": ["-r", f"/{number}"]})
        assert made is again
        assert 0 < len(remembered) <= launcher.COMMANDS_KEPT


def test_a_command_in_one_string_is_one_place() -> None:
    value = fragment("web", command=f"{LAUNCHER}", entryPoint=LAUNCHER)
    arguments = launcher.arguments_of(task_of(value).containers[0])
    assert arguments is not None
    assert (arguments.words, arguments.path(0)) == ((LAUNCHER,), ("command",))


def test_a_fault_covers_its_words_and_one_that_inserts_the_word_after_it() -> None:
    faults = [Misuse("stray", 1, 3, "two words", "remove them"), Misuse("x", 5, 5, "here", "")]
    arguments = Arguments("abcdefg", faults=faults)
    covered = [arguments.blames(index) for index in range(7)]
    assert covered == [None, faults[0], faults[0], None, None, faults[1], None]
    assert faults[0].help == "remove them"
    assert arguments.certain
    assert (arguments.path(6), arguments.path(7)) == (("command", 6), ("command",))


def test_arguments_that_tasks_share_can_not_be_changed() -> None:
    first = container({"entryPoint": [LAUNCHER], "command": [*HEAD, "-F", "x", "--", *TAIL]})
    second = container({"entryPoint": [LAUNCHER], "command": [*HEAD, "-F", "x", "--", *TAIL]})
    assert first is second
    assert first is not None
    for slot in Arguments.__slots__:
        # Tuples of tuples, strings and the like: what can be hashed holds no list to add to.
        assert hash(getattr(first, slot)) is not None, slot


def test_places_lead_to_the_words_of_entry_point_and_command() -> None:
    arguments = container({"entryPoint": [LAUNCHER], "command": ["-r", "/x"]})
    assert arguments is not None
    assert [arguments.path(index) for index in range(3)] == [
        ("command", 0),
        ("command", 1),
        ("command",),
    ]
    arguments = container({"entryPoint": [LAUNCHER, "-r", "/x"], "command": "-q"})
    assert arguments is not None
    assert [arguments.path(index) for index in range(3)] == [
        ("entryPoint", 1),
        ("entryPoint", 2),
        ("command",),
    ]
    arguments = container({"command": [LAUNCHER, "-r", "/x"]})
    assert arguments is not None
    assert arguments.path(0) == ("command", 1)
    assert container({"command": ["-r", "/x"]}) is None


def test_what_one_file_leaves_out_changes_nothing_about_the_next_one() -> None:
    def certain(command: str) -> bool:
        text = (
            f'{{"family": "x", "containerDefinitions": [{{"name": "log_router", "image": "a", '
            f'"entryPoint": ["{LAUNCHER}"], "command": {command}}}]}}'
        )
        ((task,),) = map(tasks, documents("task.json", text))
        found = launcher.arguments_of(task.containers[0])
        assert found is not None
        return found.certain

    assert not certain('{"-i": "Mem_Buf_Limit", ...}')
    assert certain("[]")
