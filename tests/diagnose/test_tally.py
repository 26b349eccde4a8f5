from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from fargate_lint.diagnose.logs import Line
from fargate_lint.diagnose.signatures import built_in
from fargate_lint.diagnose.tally import Tally

DATA = Path(__file__).parent.parent / "data" / "diagnosis"
EXAMPLES: dict[str, list[str]] = json.loads((DATA / "examples.json").read_text("utf-8"))["lines"]


def seen(*texts: str) -> Counter[str]:
    tally = Tally(built_in())
    tally.add(Line("log", number, "", "", text) for number, text in enumerate(texts, 1))
    counts: Counter[str] = Counter()
    for sighting in tally.sightings.values():
        counts[sighting.signature.id] += sighting.count
    return counts


@pytest.mark.parametrize("head", ["", "[ info] ", "[2026/11/07 21:20:14] ", "web [x] "])
def test_no_line_is_taken_for_one_before_it_that_ends_alike(head: str) -> None:
    for lines in EXAMPLES.values():
        for line in lines:
            before = head + (line.partition("] ")[2] or line)
            assert seen(before, line) == seen(before) + seen(line), line


def test_the_time_in_front_of_a_line_makes_no_other_of_it() -> None:
    line = "[2026/11/07 21:20:{}] [error] [output:http:http.0] a.example:1, HTTP status=403"
    tally = Tally(built_in())
    tally.add(Line("log", second, "", "", line.format(second)) for second in range(10, 30))
    (found,) = tally.named("answer")
    assert (found.count, found.last, len(tally._texts)) == (20, found.first and found.first + 19, 1)


def many(*texts: str) -> Tally:
    tally = Tally(built_in())
    tally.add(Line("log", number, "", "", text) for number, text in enumerate(texts, 1))
    return tally


STATUS = "[error] [output:http:http.{}] a.example:1, HTTP status=403"
ERROR = "[2026/11/07 21:20:14] [error] [zz] qqqq"


def test_a_hundred_variants_of_a_line_are_kept_with_three_lines_of_each() -> None:
    tally = many(*(STATUS.format(number) for number in range(101)), *[STATUS.format(0)] * 5)
    found = tally.named("answer")
    assert len(found) == 100
    assert (found[0].count, len(found[0].lines)) == (6, 3)


def test_twenty_unknown_errors_are_kept() -> None:
    assert len(many(*[ERROR] * 19).unknown) == 19
    assert len(many(*[ERROR] * 21).unknown) == 20


def test_the_speakers_of_a_thousand_streams_are_kept() -> None:
    tally = Tally(built_in())
    lines = (Line("log", 1, "", f"s{number}", STATUS.format(0)) for number in range(1001))
    tally.add(lines)
    assert len(tally.streams) == 1000
    assert "s999" in tally.streams


def test_lines_around_eight_variants_are_kept() -> None:
    parts = [line for number in range(9) for line in (*["GET /"] * 6, STATUS.format(number))]
    assert len(many(*parts, *["GET /"] * 6).near) == 8 * 7


def test_lines_around_a_known_one_are_kept_up_to_2400_characters() -> None:
    for length, kept in ((2400, 2400), (2401, 2400)):
        assert len(many("y" * length, STATUS.format(0)).near[1].text) == kept


def test_five_thousand_texts_are_remembered_then_all_are_forgotten() -> None:
    assert len(many(*(STATUS.format(number) for number in range(5000)))._texts) == 5000
    assert len(many(*(STATUS.format(number) for number in range(5001)))._texts) == 1
