from __future__ import annotations

import json

import pytest

from fargate_lint.diagnose.wrappings import Unwrapper

LINE = "[2026/11/07 21:20:23] [ warn] [engine] chunk '1-1.flb' cannot be retried: in=a > output=b.0"
STREAM = "fluent-bit-output/log_router/e73bb8eca012fac9082c0ea85caefa53"
ISO = "2026-11-07T21:20:23.887635+00:00"


@pytest.mark.parametrize(
    ("raw", "time", "stream"),
    [
        pytest.param(LINE, "", "", id="nothing"),
        pytest.param(f"{ISO} {STREAM} {LINE}", ISO, STREAM, id="aws logs tail"),
        pytest.param(f"2026-11-07T21:20:23 {LINE}", "2026-11-07T21:20:23", "", id="tail, short"),
        pytest.param(f"{ISO} web-firelens-0a1b {LINE}", ISO, "web-firelens-0a1b", id="firelens"),
        pytest.param(f"{ISO}\t{LINE}", ISO, "", id="copied rows"),
        pytest.param(f"{ISO}\t{LINE}\tlog_router", ISO, "log_router", id="rows with a container"),
        pytest.param(f"1793894334005\t{LINE}", "1793894334005", "", id="milliseconds"),
        pytest.param(f"[pod/fluent-bit-nplqh/router] {LINE}", "", "router", id="kubectl"),
        pytest.param(f"log_router_1  | {LINE}", "", "log_router_1", id="compose 1"),
        pytest.param(f"log-router-1  | {LINE}", "", "log-router-1", id="compose 2"),
        pytest.param(f"{ISO} stderr F {LINE}", ISO, "", id="CRI"),
        pytest.param(f"\x1b[1m\x1b[31m{LINE}\x1b[0m", "", "", id="colours"),
        pytest.param(f"[1m{LINE}", "", "", id="colours whose escape was lost"),
        pytest.param(f"> {LINE}", "", "", id="Markdown"),
        pytest.param(f"> > {LINE}", "", "", id="Markdown, quoted again"),
        pytest.param(f"    {LINE}", "", "", id="indented"),
        pytest.param(f"- `{LINE}`", "", "", id="a list of code"),
        pytest.param(LINE.replace(">", "&gt;"), "", "", id="HTML"),
        pytest.param(
            json.dumps({"log": LINE + "\n", "stream": "stderr", "time": ISO}), ISO, "", id="Docker"
        ),
    ],
)
def test_a_wrapping_is_taken_off(raw: str, time: str, stream: str) -> None:
    assert Unwrapper()(raw) == (time, stream, LINE)


def test_a_table_of_the_console_loses_its_other_columns() -> None:
    unwrap = Unwrapper()
    when = "November 17, 2026 at 13:08 (UTC)"
    rows = ["Timestamp (UTC+00:00) | Message | Container", "-- | -- | --"]
    assert [unwrap(row) for row in rows] == [("", "", "")] * 2
    assert unwrap(f"{when} | {LINE} | log_router") == (when, "log_router", LINE)
    task = "4c70a0a2fcea38fbc8c73ae47a7cd72b"
    assert unwrap(f"| {when} | {LINE} | {task} | log_router |") == (when, "log_router", LINE)


def test_a_row_whose_time_was_cut_off_is_one_of_its_table() -> None:
    unwrap = Unwrapper()
    unwrap("Timestamp | Message | Container")
    assert unwrap(f"{LINE} | log_router") == ("", "log_router", LINE)


@pytest.mark.parametrize(
    "text",
    [
        "[2026/11/19 21:08:57] [ info]  flush time     | 1.000000 seconds",
        "|  ___| |                | |   | ___ (_) |           /   | / __  \\",
        "Fluent Bit v1.9.10",
        "upstream not ready",
        '{"text":"Invalid token","code":4}',
        "",
    ],
)
def test_what_is_no_wrapping_stays(text: str) -> None:
    assert Unwrapper()(text)[2] == text


def test_up_to_four_wrappings_are_taken_off() -> None:
    pod = "[pod/a/b] "
    assert Unwrapper()(pod * 4 + LINE)[2] == LINE
    assert Unwrapper()(pod * 5 + LINE)[2] == pod + LINE
