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
