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
