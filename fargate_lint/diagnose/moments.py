"""The time of a line, as it or its wrapping states it."""

from __future__ import annotations

import re
from calendar import timegm
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.diagnose.logs import Line

# Fluent Bit's own stamp and that of the Go plugins, both UTC in the images that we know.
OWN_STAMP = re.compile(
    r"\[(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)(?:\.\d+)?\]|time=\"(\d{4}-\d\d-\d\dT[\d:]{8})"
)
NUMBER = re.compile(r"\d+")
UTC_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)\)?$")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def moment(line: Line) -> float | None:
    """Seconds since 1970, None when the line has no time.

    The program's own stamp is preferred to the wrapping's, which often has no seconds.
    """
    text = line.text
    if text.startswith("[20"):
        found = _own(text[1:20])
        if found is not None:
            return found
    match = OWN_STAMP.search(text, 0, 200)
    if match is not None:
        return seconds(match[1] or match[2])
    return seconds(line.time) if line.time else None


@lru_cache(maxsize=64)
def _own(stamp: str) -> float | None:
    """Seconds of a stamp such as `2026/11/07 21:20:14`."""
    try:
        return (
            _day(stamp[:10]) + int(stamp[11:13]) * 3600 + int(stamp[14:16]) * 60 + int(stamp[17:19])
        )
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=64)
def _day(day: str) -> int:
    return timegm((int(day[:4]), int(day[5:7]), int(day[8:10]), 0, 0, 0, 0, 0, 0))


@lru_cache(maxsize=4096)
def seconds(stamp: str) -> float | None:
    """Seconds since 1970 of a time as it is written, None when it is no time."""
    if stamp.isdecimal():
        value = int(stamp[:16])
        return value / 1000 if len(stamp) > 11 else float(value)
    numbers = [int(number[:9]) for number in NUMBER.findall(stamp[:40])]
    if stamp[:1].isalpha():
        month = stamp[:3].lower()
        if month not in MONTHS or len(numbers) < 4:
            return None
        hour = numbers[2] % 12 + 12 if "PM" in stamp else numbers[2]
        second = numbers[4] if stamp.count(":") > 1 and len(numbers) > 4 and "(" not in stamp else 0
        parts = [numbers[1], MONTHS.index(month) + 1, numbers[0], hour, numbers[3], second]
    else:
        parts = numbers[:6]
    if len(parts) < 6 or not (1970 <= parts[0] < 10_000 and 1 <= parts[1] <= 12):
        return None
    try:
        found = float(timegm((*parts[:6], 0, 0, 0)))
    except (ValueError, OverflowError):
        return None
    shift = UTC_OFFSET.search(stamp)
    if shift is not None:
        found -= (int(shift[2]) * 3600 + int(shift[3]) * 60) * (1 if shift[1] == "+" else -1)
    return found
