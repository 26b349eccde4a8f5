from __future__ import annotations

import pytest

from fargate_lint.launch.launcher import read


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["-o", "syslog", "-p", "a=b"],
            [
                "dashes-missing 0-0: `-o` is for Fluent Bit, but no `--` stands before it",
                "  insert `--` before `-o`: what follows `--` goes to Fluent Bit",
                "  --",
            ],
        ),
        (
            ["-s", "A.B", "6", "\u2014", "-o", "syslog"],
            [
                (
                    "dashes-missing 3-4: `\u2014` is not the `--` after which Fluent Bit's "
                    "arguments stand"
                ),
                "  write `--`: two hyphens and nothing else",
                "  --",
            ],
        ),
        (
            ["-e", "/x.so", "--"],
            [
                ("fluent-bit-before-dashes 0-2: `-e` is for Fluent Bit, but stands before `--`"),
                "  move `-e` and its value behind `--`",
            ],
        ),
        (
            ["-m", "*", "--", "-o", "syslog"],
            [
                (
                    "flag-confusion 0-2: `-m` on the launcher's side is its --out-config: it "
                    "would write to `*`"
                ),
                "  move `-m` and `*` behind `--`, where they are Fluent Bit's",
            ],
        ),
        (
            ["-m", "*", "-m", "x"],
            [
                (
                    "flag-confusion 0-4: `-m` on the launcher's side is its --out-config: it "
                    "would write to `*`"
                ),
                "  move `-m` and `*` behind `--`, where they are Fluent Bit's",
            ],
        ),
        (
            ["-s", "24576", "--"],
            [
                (
                    "flag-confusion 0-2: `-s` on the launcher's side is its own: it reads "
                    "`24576` as a key"
                ),
                "  move `-s` and `24576` behind `--`, where they are Fluent Bit's",
            ],
        ),
        (
            ["--", "-s", "Scheduler.Cap", "60"],
            [
                (
                    "launcher-after-dashes 1-4: `-s Scheduler.Cap 60` is for the launcher, "
                    "but stands after `--`"
                ),
                "  move it before `--`: what follows `--` goes to Fluent Bit as it is",
            ],
        ),
        (
            ["--", "-q", "--", "-h"],
            [
                (
                    "second-dashes 2-3: a second `--` ends Fluent Bit's own options: what "
                    "follows is not read"
                ),
                ("  remove it: one `--` stands between the launcher's options and Fluent Bit's"),
                "  ",
            ],
        ),
        (
            ["--", "-o", "syslog", "-P", "Mode=tcp"],
            [
                "flag-confusion 3-4: `-P` does not take `Mode=tcp`: `-p` does",
                "  write `-p`",
                "  -p",
            ],
        ),
        (
            ["-i", "Mem_Buf_Limit", "--"],
            [
                (
                    "arity 0-2: `-i` needs a key and a value, but has only `Mem_Buf_Limit` "
                    "before `--`"
                ),
                "  write a key and a value after `-i` as two words",
            ],
        ),
        (
            ["-r", "--a-very-long-word-for-a-flag"],
            [
                "arity 0-1: `-r` needs a path, but has nothing before `--a-very-long-w\u2026`",
                "  write a path after `-r` as a word by itself",
                (
                    "unknown-argument 1-2: the launcher has no option "
                    "`--a-very-long-word-for-a-flag`"
                ),
                "  it takes -r, -c, -m, -i, -f, -o, -s and --",
            ],
        ),
        (
            ["-i", "Mem_Buf_Limit=50M", "--"],
            [
                (
                    "arity 1-2: `Mem_Buf_Limit=50M` is one word, but `-i` takes a key and a "
                    "value as two"
                ),
                '  write "-i", "Mem_Buf_Limit", "50M"',
                "  Mem_Buf_Limit | 50M",
            ],
        ),
        (
            ["-i", "Mem_Buf_Limit 50M", "--"],
            [
                (
                    "joined 1-2: `Mem_Buf_Limit 50M` is one word, but `-i` takes a key and a "
                    "value as two"
                ),
                '  write "-i", "Mem_Buf_Limit", "50M"',
                "  Mem_Buf_Limit | 50M",
            ],
        ),
        (
            ["--inputs", "Mem_Buf_Limit", "50M"],
            [
                "unknown-argument 0-1: the launcher has no option `--inputs`",
                "  did you mean `--input`?",
                "  --input",
            ],
        ),
        (
            ["--inputs=Mem_Buf_Limit", "50M", "x"],
            [
                "unknown-argument 0-1: the launcher has no option `--inputs=Mem_Buf_Limit`",
                "  did you mean `--input`?",
                "  --input | Mem_Buf_Limit",
                "stray 2-3: `x` belongs to no option of the launcher",
                "  remove it, or write the option that it belongs to before it",
            ],
        ),
        (
            ["-x", "some", "words", "--"],
            [
                "unknown-argument 0-3: the launcher has no option `-x`",
                "  it takes -r, -c, -m, -i, -f, -o, -s and --",
            ],
        ),
        (
            ["-S", "A.B", "60", "more", "--"],
            [
                "unknown-argument 0-1: the launcher has no option `-S`",
                "  did you mean `-s`?",
                "  -s",
                "stray 3-4: `more` belongs to no option of the launcher",
                "  remove it, or write the option that it belongs to before it",
            ],
        ),
        (
            ["-c/etc/x.conf", "--"],
            [
                "joined 0-1: `-c/etc/x.conf` joins `-c` and its value, which are two words",
                '  write "-c", "/etc/x.conf"',
                "  -c | /etc/x.conf",
            ],
        ),
        (
            ["-iMem_Buf_Limit", "50M", "--"],
            [
                ("joined 0-1: `-iMem_Buf_Limit` joins `-i` and its value, which are two words"),
                '  write "-i", "Mem_Buf_Limit"',
                "  -i | Mem_Buf_Limit",
            ],
        ),
        (
            ["-s Scheduler.Cap 60", "--"],
            [
                ("joined 0-1: `-s Scheduler.Cap 60` is one word: it is not split at its blanks"),
                '  write "-s", "Scheduler.Cap", "60"',
                "  -s | Scheduler.Cap | 60",
            ],
        ),
        (
            ["--", "-p Record=pid 1"],
            [
                "joined 1-2: `-p Record=pid 1` is one word: it is not split at its blanks",
                '  write "-p", "Record=pid 1"',
                "  -p | Record=pid 1",
            ],
        ),
        (
            ["sh", "x", "--"],
            [
                "stray 0-2: `sh` belongs to no option of the launcher",
                "  remove it, or write the option that it belongs to before it",
            ],
        ),
    ],
)
def test_a_fault_names_the_word_and_says_what_to_write(words: list[str], told: list[str]) -> None:
    lines = []
    for fault in read(words).faults:
        lines += [f"{fault.kind} {fault.index}-{fault.end}: {fault.message}", f"  {fault.help}"]
        lines += [] if fault.words is None else [f"  {' | '.join(fault.words)}"]
    assert lines == told


def test_a_path_in_the_same_word_as_its_option_is_read() -> None:
    for word in ("-c/x.conf", "--in-config=/x.conf"):
        assert read([word, "--"]).in_config == ("/x.conf", 0)


def test_an_option_that_was_meant_has_the_values_that_it_takes_and_no_more() -> None:
    arguments = read(["--inputs=Mem_Buf_Limit", "50M", "x", "--"])
    assert arguments.inputs == (("Mem_Buf_Limit", "50M", 0, 1),)
    arguments = read(["-iMem_Buf_Limit", "50M", "--"])
    assert arguments.inputs == (("Mem_Buf_Limit", "50M", 0, 1),)
    arguments = read(["-i", "=50M", "x", "--"])
    assert (arguments.inputs, arguments.faults) == ((("=50M", "x", 1, 2),), ())


@pytest.mark.parametrize(
    ("words", "faults", "out_config"),
    [
        (["-e", "/x.so", "-m", "app", "--"], [(0, 4)], None),
        (["-e", "/x.so", "-m", "/x.conf", "--"], [(0, 2)], "/x.conf"),
        (["-e", "/x.so", "-c", "/a", "-m", "app", "--"], [(0, 2)], "app"),
        (["-m", "app", "--"], [], "app"),
    ],
)
def test_a_flag_right_behind_those_of_fluent_bit_is_one_of_them_unless_it_has_a_path(
    words: list[str], faults: list[tuple[int, int]], out_config: str | None
) -> None:
    arguments = read(words)
    assert [(fault.index, fault.end) for fault in arguments.faults] == faults
    assert arguments.out_config.value == (out_config or read(["--"]).out_config.value)
