from __future__ import annotations

import io

from fargate_lint.diagnose import tally
from fargate_lint.diagnose.logs import read_lines
from fargate_lint.diagnose.signatures import built_in

REFUSED = "[error] [output:http:http.{}] a:1, HTTP status={}"


def near(*logs: str) -> list[str]:
    found = tally.Tally(built_in())
    for number, log in enumerate(logs):
        found.add(read_lines(f"log{number}", io.BytesIO(log.encode())))
    return [f"{line.file}:{line.number} {line.text}" for line in found.near.values()]


def numbered(*lines: str) -> list[str]:
    return [f"log0:{number} {line}" for number, line in enumerate(lines, 1) if line]


def test_three_lines_are_kept_on_either_side() -> None:
    lines = [f"GET /{number}" for number in range(9)]
    lines[4] = REFUSED.format(0, 403)
    assert near("\n".join(lines)) == numbered("", *lines[1:8], "")


def test_what_was_said_before_is_not_kept_again() -> None:
    line = REFUSED.format(0, 403)
    lines = [*["GET /"] * 5, line, *["GET /"] * 50, line, *["GET /"] * 5]
    assert near("\n".join(lines)) == numbered(*[""] * 2, *lines[2:9])


def test_lines_that_mean_nothing_or_nothing_bad_keep_no_others() -> None:
    assert near("GET /\n[ info] [sp] stream processor started\nGET /\n") == []


def test_another_log_is_not_around() -> None:
    line = REFUSED.format(0, 403)
    assert near(f"GET /a\n{line}", "GET /b\n", f"GET /c\n{REFUSED.format(0, 500)}\n") == [
        "log0:1 GET /a", f"log0:2 {line}", "log2:1 GET /c", f"log2:2 {REFUSED.format(0, 500)}",
    ]  # fmt: skip


def test_memory_is_bounded_however_much_is_wrong() -> None:
    lines = [
        f"{REFUSED.format(number, 400 + number % 99)} {'x' * 5000}"
        if number % 9 == 0
        else "y" * 5000
        for number in range(9000)
    ]
    found = near("\n".join(lines))
    assert len(found) <= 2 * tally.SURROUNDED_LIMIT * (2 * tally.LINES_AROUND + 1)
    assert max(map(len, found)) <= tally.NEAR_LENGTH + len("log0:9000 ")
