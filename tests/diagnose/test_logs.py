from __future__ import annotations

import gzip
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.diagnose import logs
from fargate_lint.diagnose.signatures import built_in
from fargate_lint.diagnose.tally import Tally
from fargate_lint.diagnose.wrappings import Unwrapper

if TYPE_CHECKING:
    from fargate_lint.diagnose.logs import Line


def lines(data: str | bytes) -> list[Line]:
    return list(
        logs.read_lines("x.log", io.BytesIO(data if isinstance(data, bytes) else data.encode()))
    )


def told(data: str | bytes) -> list[tuple[int, str, str, str]]:
    return [(line.number, line.time, line.stream, line.text) for line in lines(data)]


def test_lines_are_numbered_from_one_and_empty_ones_counted() -> None:
    assert told("a\r\n\r\nb\n") == [(1, "", "", "a"), (3, "", "", "b")]
    assert lines("a")[0].file == "x.log"


def test_csv_of_the_console() -> None:
    text = 'timestamp,message\n1793894334005,"say ""no"""\n1793894334006,plain\n'
    assert told(text) == [(2, "1793894334005", "", 'say "no"'), (3, "1793894334006", "", "plain")]


def test_csv_of_insights_with_its_columns_in_any_order() -> None:
    text = '@message,@timestamp,@logStream\n"first\nsecond",2026-11-07 21:20:13.000,a/b/c\n'
    assert told(text) == [
        (2, "2026-11-07 21:20:13.000", "a/b/c", "first"),
        (3, "2026-11-07 21:20:13.000", "a/b/c", "second"),
    ]


EVENT = {"logStreamName": "a/b/c", "timestamp": 1793894334005, "message": "x\ty", "eventId": "1"}
TOLD = ("1793894334005", "a/b/c", "x\ty")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"events": [EVENT, EVENT], "searchedLogStreams": []}, id="filter-log-events"),
        pytest.param([EVENT, EVENT], id="only the list"),
        pytest.param(
            {"nextToken": "z", "events": [EVENT, {"message": 1}, EVENT]}, id="with others"
        ),
    ],
)
@pytest.mark.parametrize("indent", [None, 4])
def test_events_in_json(answer: Any, indent: int | None) -> None:
    assert [line[1:] for line in told(json.dumps(answer, indent=indent))] == [TOLD, TOLD]


def test_events_have_the_line_they_begin_in() -> None:
    text = json.dumps({"events": [EVENT, EVENT]}, indent=4)
    assert [line.number for line in lines(text)] == [3, 9]


def test_rows_of_a_query() -> None:
    row = [{"field": "@timestamp", "value": "2026-11-07"}, {"field": "@message", "value": "hello"}]
    assert [line.text for line in lines(json.dumps({"results": [row, row]}, indent=1))] == [
        "hello"
    ] * 2


def test_events_that_were_cut_off_in_the_middle() -> None:
    text = json.dumps({"events": [EVENT, EVENT]}, indent=2)
    assert len(lines(text[: text.rindex("eventId")])) == 2
    assert len(lines(text[: text.index("eventId")])) == 1


def test_events_that_are_larger_than_a_block() -> None:
    many = [{"timestamp": index, "message": "m" * 1000} for index in range(2000)]
    found = lines(json.dumps({"events": many}))
    assert len(found) == 2000
    assert found[-1].time == "1999"


def test_lines_of_json_are_read_one_by_one() -> None:
    text = '{"log": "one\\n", "time": "t1"}\n{"log": "two\\n", "time": "t2"}\n'
    assert told(text) == [(1, "t1", "", "one"), (2, "t2", "", "two")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings(encoding: str) -> None:
    assert [line.text for line in lines("für\nso".encode(encoding))] == ["für", "so"]


def test_a_compressed_file() -> None:
    assert [line.text for line in lines(gzip.compress(b"one\ntwo"))] == ["one", "two"]
    assert lines(gzip.compress(b"one\n" * 100_000)[:-50])[0].text == "one"


def test_a_line_without_an_end_is_read_in_pieces() -> None:
    found = lines("y" * (8192 * 2 + 1))
    assert [len(line.text) for line in found] == [8192, 8192, 1]
    assert {line.number for line in found} == {1}


def test_progress_counts_all_bytes() -> None:
    seen: list[int] = []
    list(logs.read_lines("x", io.BytesIO(b"line\n" * 500_000), seen.append))
    assert sum(seen) == 2_500_000
    assert len(seen) > 2


@given(st.binary(max_size=400))
def test_no_bytes_are_too_odd(data: bytes) -> None:
    for line in lines(data):
        assert line.number > 0


@given(
    st.text(
        st.sampled_from('{}[]",:\\ \n|>`-' + "events message log 2026-11-07T21:20:13Z 0"),
        max_size=300,
    )
)
def test_no_punctuation_is_too_odd(text: str) -> None:
    lines("{" + text)
    lines("timestamp,message\n" + text)
    lines(text)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_encodings_with_and_without_a_mark(encoding: str) -> None:
    text = "[2026/10/03 07:11:02] [error] one\r\n[2026/10/03 07:11:03] [error] two\r\n"
    assert [line.text[-3:] for line in lines(text.encode(encoding))] == ["one", "two"]


def test_what_is_no_text_has_no_lines() -> None:
    assert lines(bytes(range(256)) * 100) == []
    assert lines(b"\x89PNG\r\n\x1a\n" + bytes(range(128, 256)) * 9) == []


def test_zeros_that_a_crash_left_are_passed_over() -> None:
    assert told(b"\0" * 5000 + b"\n[error] x\0\n")[-1] == (2, "", "", "[error] x")


def test_events_of_a_service() -> None:
    services = {"services": [{"serviceName": "web", "events": [{"message": "a"}, 1]}]}
    assert [line[3] for line in told(json.dumps(services, indent=1))] == ["a"]


@pytest.mark.parametrize(("odd", "count"), [(3, 1), (4, 0)])
def test_a_text_is_one_with_up_to_three_odd_characters_of_ten(odd: int, count: int) -> None:
    assert len(lines("\x01" * odd + "y" * (10 - odd))) == count


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\0y" * 5 + b"y" * 6, "utf-16-be"),
        (b"y\0" * 5 + b"y" * 6, "utf-16-le"),
        (b"\0y" * 4 + b"y" * 8, "utf-8"),
        (b"\0y\0y", "utf-16-be"),
        (b"\0y\0", "utf-8"),
    ],
)
def test_a_text_is_utf_16_with_zeros_in_more_than_a_quarter_of_its_bytes(
    data: bytes, encoding: str
) -> None:
    assert logs._unmarked(data) == encoding


@pytest.mark.parametrize(("blanks", "table"), [(983, True), (984, False)])
def test_the_head_of_a_table_has_at_most_a_thousand_characters(blanks: int, table: bool) -> None:
    head = "timestamp" + " " * blanks + ",message"
    assert (logs.columns(head) is not None) is table


def test_a_table_has_a_message_and_something_else() -> None:
    assert logs.columns("message,other") is None
    assert logs.columns("message,time") == {"message": 0, "time": 1}


def test_an_event_has_at_most_ten_thousand_lines() -> None:
    event = {"events": [{"timestamp": 1, "message": "\n".join("y" * 10_001)}]}
    assert len(lines(json.dumps(event))) == 10_000


def test_a_row_may_be_shorter_than_its_head() -> None:
    assert told("message,timestamp,@logStream\na\nb,1\n") == [(2, "", "", "a"), (3, "1", "", "b")]


WORDS = st.sampled_from(
    [
        "GET /cart", "session", "2026-11-07T21:20:13.1Z INFO order", "error: it failed", "|", "\t",
        "[2026/11/07 21:20:13] [ info] [sp] x", "[error] [output:http:http.0] a:1, HTTP status=403",
        "[error] [x] never seen", '{"log": "GET /", "container_name": "web"}', "&gt;", "`x`", "\0",
        '{"log": "[error] [x] \\u0065 never"}', "\x1b[31merror\x1b[0m", "x" * 50, "\r", "> quoted",
        "| timestamp | message |", "1793894333469 | GET / |", "no upstream connections available",
        "Fluent Bit v1.9.10", "\u00fc",
    ]
)  # fmt: skip
TEXTS = st.lists(st.lists(WORDS, max_size=3).map(" ".join), max_size=12).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n"]).map(lambda end: end.join(lines))
)


def one_by_one(text: str, limit: int) -> list[logs.Line]:
    """The lines of a plain text, read as its pieces would be if each was read by itself."""
    unwrap, number, found = Unwrapper(), 1, []
    stream = io.StringIO(text, newline="\n")
    while raw := stream.readline(limit):
        bare = raw.rstrip("\r\n").replace("\0", "")
        if bare:
            found.append(logs.Line("x", number, *unwrap(bare)))
        number += raw.endswith("\n")
    return found


@given(TEXTS, st.integers(1, 90), st.integers(8, 40))
def test_reading_in_pieces_of_any_size_gives_the_same_lines(
    text: str, piece: int, limit: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logs, "PIECE_SIZE", piece)
        patch.setattr(logs, "LINE_LIMIT", limit)
        stream = io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8", newline="\n")
        assert list(logs._plain("x", stream, lambda _: False)) == one_by_one(text, limit)


@given(TEXTS, TEXTS, st.integers(1, 90))
def test_passing_over_what_is_quiet_changes_nothing_of_a_tally(
    first: str, second: str, piece: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logs, "PIECE_SIZE", piece)
        tallies = [Tally(built_in()), Tally(built_in())]
        for name, text in (("a", first), ("b", second)):
            for tally, quiet in zip(tallies, (tallies[0].is_quiet, lambda _: False), strict=True):
                tally.add(logs.skim(name, io.BytesIO(text.encode()), None, quiet))
        seen = [
            (
                tally.lines,
                list(tally.near.items()),
                tally.unknown,
                tally.streams,
                [(key, one.count, one.order, one.lines) for key, one in tally.sightings.items()],
            )
            for tally in tallies
        ]
        assert seen[0] == seen[1]


@given(st.integers(1, 60), st.sampled_from([",", ", ", "\n  ,\n  ", "", " "]), st.booleans())
def test_events_are_read_whatever_stands_between_them(size: int, comma: str, cut: bool) -> None:
    events = [json.dumps({"timestamp": at, "message": f"line {at} \u00fc"}) for at in range(5)]
    text = '{\n"events": [\n' + comma.join(events)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fargate_lint.diagnose.events.BLOCK_SIZE", size)
        found = told(text[:-1] if cut else text + "\n]}")
    assert [line[3] for line in found] == [f"line {at} \u00fc" for at in range(5)]
