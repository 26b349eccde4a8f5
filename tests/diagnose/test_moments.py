from __future__ import annotations

import pytest

from fargate_lint.diagnose.logs import Line
from fargate_lint.diagnose.moments import moment, seconds

AT = 1793894334.0


@pytest.mark.parametrize(
    "stamp",
    [
        "2026/11/05 15:58:54",
        "2026-11-05T15:58:54Z",
        "2026-11-05T15:58:54.000000+00:00",
        "2026-11-05T17:58:54+02:00",
        "2026-11-05T15:58:54",
        "1793894334000",
        "1793894334",
    ],
)
def test_times_as_programs_write_them(stamp: str) -> None:
    assert seconds(stamp) == AT


def test_times_as_the_console_writes_them() -> None:
    assert seconds("November 05, 2026 at 15:58 (UTC)") == AT - 54
    assert seconds("November 05, 2026 at 12:58 (UTC-3:00)") == AT - 54
    assert seconds("November 5, 2026, 3:58 PM (UTC)") == AT - 54


@pytest.mark.parametrize("stamp", ["", "soon", "2026-99-99T99:99", "9" * 30, "May 1", "١٢٣"])
def test_what_is_no_time(stamp: str) -> None:
    assert seconds(stamp) is None or isinstance(seconds(stamp), float)


def test_the_program_s_own_time_counts_before_the_wrapping_s() -> None:
    own = Line("f", 1, "2020-01-01T00:00:00Z", "", "[2026/11/05 15:58:54.123456789] [ warn] x")
    assert moment(own) == AT
    assert moment(own._replace(text='time="2026-11-05T15:58:54Z" level=error msg="x"')) == AT
    assert moment(own._replace(text="x")) == seconds("2020-01-01T00:00:00Z")
    assert moment(own._replace(text="[20: x", time="")) is None


def test_numbers_of_more_than_eleven_digits_are_milliseconds() -> None:
    assert seconds("99999999999") == 99999999999
    assert seconds("100000000000") == 100000000


@pytest.mark.parametrize(
    ("stamp", "known"),
    [
        ("1970-01-01T00:00:00Z", True),
        ("1969-12-31T00:00:00Z", False),
        ("9999-12-01T00:00:00Z", True),
        ("10000-01-01T00:00:00Z", False),
        ("2026-00-01T00:00:00Z", False),
        ("2026-13-01T00:00:00Z", False),
    ],
)
def test_a_time_is_of_a_year_and_month_that_there_are(stamp: str, known: bool) -> None:
    assert (seconds(stamp) is not None) is known


def test_a_time_in_words_has_seconds_only_where_they_are_written() -> None:
    assert seconds("November 5, 2026, 3:58:54 PM") == AT
    assert seconds("November 5, 2026, 3:58") == AT - 54 - 12 * 3600
    assert seconds("November 5, 2026") is None
    assert seconds("November 5, 2026, 3:58 UTC+2") == AT - 54 - 12 * 3600
    assert seconds("November 5, 2026, 3::58") == AT - 54 - 12 * 3600
