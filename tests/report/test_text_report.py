from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fargate_lint.lint.located import Point

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from fargate_lint.lint.located import Located

    Make = Callable[..., Located]
    Report = Callable[..., str]

TASK = """\
{
  "family": "shop",
  "containerDefinitions": [
    {
      "name": "web",
      "dependsOn": [
        {"containerName": "log_router", "condition": "START"}
      ]
    },
    {
      "name": "log_router", "image": "fluent-bit",
      "command": ["-i", "Mem_Buf_Limit", "50M", "-F", "record_modifier"]
    }
  ]
}
"""


def test_a_finding_shows_its_line_its_place_and_the_remedy(found: Make, report: Report) -> None:
    finding = found(
        TASK,
        '"-F"',
        "the launcher's command has no `--` before `-F`",
        help='write "--" before "-F":\nwhat follows is for Fluent Bit',
        container="log_router",
    )
    assert report("text", finding) == (
        """\
error[LCH101] launcher-missing-double-dash: the launcher's command has no `--` before `-F`
  --> task.json:12:49  (log_router)
   |
12 |       "command": ["-i", "Mem_Buf_Limit", "50M", "-F", "record_modifier"]
   |                                                 ^^^^
   |
   = help: write "--" before "-F":
           what follows is for Fluent Bit

1 error in 1 file
"""
    )


def test_related_places_stand_in_the_same_excerpt_when_near(found: Make, report: Report) -> None:
    finding = found(
        TASK,
        '"log_router"',
        "`web` waits for `log_router`",
        related=[('"web"', "waits"), ('"log_router", "image"', "is waited for")],
        severity="warning",
    )
    assert report("text", finding) == (
        """\
warning[LCH101] launcher-missing-double-dash: `web` waits for `log_router`
  --> task.json:7:27
   |
 5 |       "name": "web",
   |               ----- waits
...
 7 |         {"containerName": "log_router", "condition": "START"}
   |                           ^^^^^^^^^^^^
...
11 |       "name": "log_router", "image": "fluent-bit",
   |               --------------------- is waited for

1 warning in 1 file
"""
    )


def test_places_on_one_line_share_it_and_their_messages_hang(found: Make, report: Report) -> None:
    finding = found(
        TASK,
        '"-F"',
        "no `--`",
        related=[
            ('"-i"', "the launcher's"),
            ('"50M"', "its value"),
            ('"record_modifier"', "Fluent Bit's"),
        ],
    )
    assert report("text", finding) == (
        """\
error[LCH101] launcher-missing-double-dash: no `--`
  --> task.json:12:49
   |
12 |       "command": ["-i", "Mem_Buf_Limit", "50M", "-F", "record_modifier"]
   |                   ----                   -----  ^^^^  ----------------- Fluent Bit's
   |                   |                      |
   |                   |                      its value
   |                   the launcher's

1 error in 1 file
"""
    )


def test_a_message_hangs_when_the_fault_is_to_its_right(found: Make, report: Report) -> None:
    finding = found(TASK, '"-F"', "no `--`", related=[('"-i"', "the launcher's")])
    assert report("text", finding).splitlines()[3:7] == [
        '12 |       "command": ["-i", "Mem_Buf_Limit", "50M", "-F", "record_modifier"]',
        "   |                   ----                          ^^^^",
        "   |                   |",
        "   |                   the launcher's",
    ]


def test_of_nested_places_both_can_be_seen(found: Make, report: Report) -> None:
    line = '{"a": [1, 2, 3]}'
    inside = found(line, "2", "two", related=[("[1, 2, 3]", "of these")])
    around = found(line, "[1, 2, 3]", "three", related=[("2", "of which")])
    assert report("text", inside).splitlines()[4] == "  |       ----^---- of these"
    assert report("text", around).splitlines()[4:7] == [
        "  |       ^^^^-^^^^",
        "  |           |",
        "  |           of which",
    ]


def test_what_is_far_away_or_in_another_file_has_its_own_excerpt(
    found: Make, report: Report
) -> None:
    text = '{"a": 1,\n' + "\n" * 40 + '"a": 2}\n'
    finding = found(
        text,
        '"a": 2',
        "`a` is there twice",
        related=[('"a": 1', "first here"), ("[x]", "read from here", "fl.toml", "\n[x]")],
    )
    assert report("text", finding) == (
        """\
error[LCH101] launcher-missing-double-dash: `a` is there twice
  --> task.json:42:1
   |
42 | "a": 2}
   | ^^^^^^
   |
  ::: task.json:1:2
   |
 1 | {"a": 1,
   |  ------ first here
   |
  ::: fl.toml:2:1
   |
 2 | [x]
   | --- read from here

1 error in 1 file
"""
    )


def test_places_between_join_a_far_one_to_the_excerpt(found: Make, report: Report) -> None:
    text = "a" + "\n" * 18 + "b" + "\n" * 18 + "c"
    finding = found(text, "a", "x", related=[("c", "last"), ("b", "middle")])
    assert report("text", finding).splitlines()[2:11] == [
        "   |",
        " 1 | a",
        "   | ^",
        "...",
        "19 | b",
        "   | - middle",
        "...",
        "37 | c",
        "   | - last",
    ]


def test_of_several_lines_the_first_is_marked(found: Make, report: Report) -> None:
    finding = found(TASK, '[\n        {"containerName"', "waits")
    assert report("text", finding).splitlines()[3:5] == [
        '6 |       "dependsOn": [',
        "  |                    ^",
    ]


def test_the_end_of_a_file_can_be_marked(found: Make, report: Report) -> None:
    finding = found('{"a": 1', "", "`}` is missing")
    finding.start = finding.end = Point((1, 8))
    assert report("text", finding).splitlines()[2:5] == ["  |", '1 | {"a": 1', "  |        ^"]


def test_an_empty_file_has_nothing_to_show(found: Make, report: Report) -> None:
    assert report("text", found("", "", "`task.json` is empty")) == (
        """\
error[LCH101] launcher-missing-double-dash: `task.json` is empty
 --> task.json:1:1

1 error in 1 file
"""
    )


def test_marks_keep_under_wide_characters_accents_and_tabs(found: Make, report: Report) -> None:
    wide = found('\t"ログ": "cafe\u0301", "x": 1', '"x"', "x")
    assert report("text", wide).splitlines()[3:5] == [
        '1 |     "ログ": "cafe\u0301", "x": 1',
        "  |                     ^^^",
    ]


def test_a_very_long_line_is_shown_around_the_fault(found: Make, report: Report) -> None:
    items = ",".join(f'{{"name":"c{index}","image":"web:{index}"}}' for index in range(500))
    finding = found(
        f'{{"containerDefinitions":[{items}]}}',
        '"web:250"',
        "old",
        related=[('"c250"', "of this container"), ('"c3"', "newer here")],
    )
    assert report("text", finding) == (
        """\
error[LCH101] launcher-missing-double-dash: old
 --> task.json:1:8329
  |
1 | …"},{"name":"c249","image":"web:249"},{"name":"c250","image":"web:250"},{"name":"c251","image":"web:251"},{"name":"…
  |                                               ------         ^^^^^^^^^
  |                                               |
  |                                               of this container
  |
 ::: task.json:1:124
  |
1 | …"image":"web:1"},{"name":"c2","image":"web:2"},{"name":"c3","image":"web:3"},{"name":"c4","image":"web:4"},{"name"…
  |                                                         ---- newer here

1 error in 1 file
"""  # noqa: E501  (the whole output)
    )


def test_nothing_in_a_file_reaches_the_terminal_as_a_command(found: Make, report: Report) -> None:
    text = '{"a": "\x1b]0;x\x07\u202e\x9b31m\u200b\ud83d"}'
    finding = found(
        text,
        text[6:-1],
        "`\x1b[2J` and\nmore",
        help="write \x1b[31m\tred",
        file="a\x1b[1m\nb.json",
        container="\x9b1m",
        related=[(text[6:-1], "\u2066here")],
    )
    shown = report("text", finding, terminal=False)
    assert shown == (
        r"""error[LCH101] launcher-missing-double-dash: `\x1b[2J` and\nmore
 --> a\x1b[1m\nb.json:1:7  (\x9b1m)
  |
1 | {"a": "\x1b]0;x\x07\u202e\x9b31m\u200b\ud83d"}
  |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \u2066here
  |
  = help: write \x1b[31m\tred

1 error in 1 file
"""
    )
    concise = report("concise", finding)
    assert concise.count("\n") == 1
    assert "\x1b" not in concise


def test_the_last_line_counts_what_is_shown_skipped_and_hidden(found: Make, report: Report) -> None:
    findings = [found(TASK, '"-F"', "x", severity=severity) for severity in ("error", "warning")]
    notes = [found(TASK, '"-F"', "x", severity="info")] * 4
    shown = report("text", findings[0], *findings, *notes, skipped=1)
    assert shown.splitlines()[-1] == (
        "2 errors, 1 warning in 1 file (1 file skipped: not a task definition)"
        " · 4 notes hidden (--min-severity info)"
    )
    fewer = report("text", *findings, *notes, skipped=2, min_severity="error", fail_on="error")
    assert fewer.splitlines()[-1] == (
        "1 error in 1 file (2 files skipped: not task definitions)"
        " · 1 warning, 4 notes hidden (--min-severity info)"
    )


def test_nothing_found_is_silent_in_a_pipe_and_good_news_on_a_terminal(
    found: Make, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert report("text") == ""
    assert report("text", found(TASK, '"-F"', "x", severity="info")) == ""
    monkeypatch.setenv("NO_COLOR", "1")
    assert report("text", terminal=True) == "no problems in 1 file\n"


def test_statistics_count_by_rule(found: Make, report: Report) -> None:
    findings = [found(TASK, '"-F"', "x", rule=rule) for rule in ["ECS101 a"] + ["OUT1001 b-b"] * 12]
    assert report("text", *findings, statistics=True) == (
        """\
12  OUT1001  b-b
 1  ECS101   a

13 errors in 1 file
"""
    )
    assert report("concise", *findings, statistics=True) == "12  OUT1001  b-b\n 1  ECS101   a\n"


def test_a_terminal_gets_colours_and_links(found: Make, report: Report) -> None:
    page = "https://github.com/fargate-lint/fargate-lint/blob/main/docs/rules/"
    finding = found('{"a": 1}', "1", "one", help="two", severity="warning", rule="ECS101 a-b")
    link = f"\x1b]8;;{page}a-b.md\x1b\\"
    assert report("text", finding, terminal=True) == (
        f"\x1b[1;33mwarning[{link}ECS101\x1b]8;;\x1b\\]\x1b[0m "
        f"{link}a-b\x1b]8;;\x1b\\: \x1b[1mone\x1b[0m\n"
        "\x1b[1;94m -->\x1b[0m task.json:1:7\n"
        "\x1b[1;94m  |\x1b[0m\n"
        '\x1b[1;94m1 |\x1b[0m {"a": 1}\n'
        "\x1b[1;94m  |\x1b[0m       \x1b[1;33m^\x1b[0m\n"
        "\x1b[1;94m  |\x1b[0m\n"
        "\x1b[1;94m  =\x1b[0m \x1b[1;96mhelp:\x1b[0m two\n"
        "\n"
        "\x1b[1;33m1 warning\x1b[0m in 1 file\n"
    )


LINES = st.text(
    st.sampled_from('ab{}[]:, "\t\x1b\u202e\u0301') | st.characters(exclude_characters="\n"),
    min_size=1,
    max_size=400,
)


@given(line=LINES, data=st.data())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_a_mark_is_under_what_it_marks_in_any_line(
    line: str, data: st.DataObject, found: Make, report: Report
) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    finding = found(line, "", "x")
    finding.start, finding.end = Point((1, start + 1)), Point((1, end + 1))
    shown, marks = report("text", finding).split("\n")[3:5]
    assert not any(map(is_control, shown))
    assert set(marks.removeprefix("  |")) == {" ", "^"}
    marked = line[start:end]
    if marked and marked.isascii() and marked.isprintable():
        seen = under(shown, marks.index("^"), marks.count("^"))
        # Of a mark that is too long for the screen, the start is shown.
        assert seen == marked if len(marked) < 100 else marked.startswith(seen) and len(seen) >= 100


def is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Zl", "Zp"}


def under(text: str, first: int, width: int) -> str:
    """What of `text` takes `width` columns from column `first`."""
    column = 0
    found = ""
    for character in text:
        if first <= column < first + width and unicodedata.category(character) not in {"Mn", "Me"}:
            found += character
        if unicodedata.category(character) not in {"Mn", "Me"}:
            column += 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
    return found
