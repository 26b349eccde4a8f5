"""Times in log lines, read the way Fluent Bit's parsers read them: its own strptime.

https://docs.fluentbit.io/manual/data-pipeline/parsers/configuring-parser
https://github.com/fluent/fluent-bit/blob/master/src/flb_strptime.c
"""

from __future__ import annotations

from calendar import timegm

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SPACE = frozenset(" \t\n\v\f\r")
DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
COMPOSED = {
    "D": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "R": "%H:%M",
    "r": "%I:%M:%S %p",
    "T": "%H:%M:%S",
    "X": "%H:%M:%S",
    "x": "%m/%d/%y",
    "c": "%a %b %e %H:%M:%S %Y",
}
# The lowest and highest number of each conversion.
RANGES = {
    "d": (1, 31), "e": (1, 31), "H": (0, 23), "k": (0, 23), "I": (1, 12), "l": (1, 12),
    "j": (1, 366), "M": (0, 59), "m": (1, 12), "S": (0, 60), "U": (0, 53), "W": (0, 53),
    "w": (0, 6), "u": (1, 7), "g": (0, 99), "V": (0, 53), "Y": (0, 9999), "y": (0, 99),
    "C": (0, 99),
}  # fmt: skip
EPOCH_LIMIT = 922337203685477580
HOUR = 3600
AMERICAN = {
    "EST": -5, "CST": -6, "MST": -7, "PST": -8, "EDT": -4, "CDT": -5, "MDT": -6, "PDT": -7,
}  # fmt: skip
# strptime reads a copy of the text in so many bytes, its final NUL included.
TEXT_LIMIT = 63


class NoTime(Exception):
    """The text is no time of this format."""


class _Clock:
    """What was read so far."""

    __slots__ = ("at", "century", "day", "epoch", "fields", "offset", "text", "year", "yearday")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.fields: dict[str, int] = {}
        self.offset = 0
        self.century: int | None = None
        self.year: int | None = None
        self.day: int | None = None
        self.yearday: int | None = None
        self.epoch: int | None = None

    def number(self, low: int, high: int) -> int:
        """A number of no more digits than its highest value allows."""
        result, rest = 0, high
        if not self.digit():
            raise NoTime
        while True:
            result = result * 10 + int(self.text[self.at])
            self.at += 1
            rest //= 10
            if result * 10 > high or not rest or not self.digit():
                break
        if not low <= result <= high:
            raise NoTime
        return result

    def digit(self) -> bool:
        char = self.text[self.at : self.at + 1]
        return char.isascii() and char.isdigit()

    def blanks(self) -> None:
        while self.text[self.at : self.at + 1] in SPACE:
            self.at += 1

    def name(self, names: Sequence[str]) -> int:
        """The place of a name, written in full or with three letters, in any case."""
        rest = self.text[self.at :].lower()
        for index, name in enumerate(names):
            for form in (name, name[:3]):
                if rest.startswith(form.lower()):
                    self.at += len(form)
                    return index
        raise NoTime

    def zone(self) -> None:
        """An offset or one of the names that `%z` knows."""
        self.blanks()
        rest = self.text[self.at :]
        for name in ("GMT", "UTC", "UT", "Z"):
            if rest.startswith(name):
                self.at += len(name)
                self.offset = 0
                return
        if rest[:1] in {"+", "-"} and rest[1:3].isdecimal() and len(rest) >= 3:
            self.at += 3
            offset = int(rest[1:3]) * HOUR
            if self.text[self.at : self.at + 1] == ":":
                self.at += 1
            if self.digit():
                minutes = self.text[self.at : self.at + 2]
                if len(minutes) < 2 or not minutes.isdecimal():
                    raise NoTime
                offset += int(minutes) * 60
                self.at += 2
            self.offset = -offset if rest[0] == "-" else offset
            return
        hours = AMERICAN.get(rest[:3].upper())
        if hours is None:
            raise NoTime
        self.at += 3
        self.offset = hours * HOUR

    def zone_name(self) -> None:
        """A name that `%Z` knows: those of the system and, from 4.2 on, a few dozen more."""
        rest = self.text[self.at :].upper()
        for name in ("GMT", "UTC", *AMERICAN):
            if rest.startswith(name):
                self.at += len(name)
                self.offset = AMERICAN.get(name, 0) * HOUR
                return
        raise NoTime

    def read(self, form: str) -> None:
        """Read the text by a format. Raises NoTime."""
        place = 0
        while place < len(form):
            char = form[place]
            place += 1
            if char in SPACE:
                self.blanks()
                continue
            if self.at >= len(self.text):
                raise NoTime
            if char == "%":
                while form[place : place + 1] in {"E", "O"}:
                    place += 1
                char = form[place : place + 1]
                place += 1
                if char != "%":
                    self.conversion(char)
                    continue
            if self.text[self.at] != char:
                raise NoTime
            self.at += 1

    def conversion(self, letter: str) -> None:
        """Read what one letter after a percent sign stands for."""
        if letter in COMPOSED:
            self.read(COMPOSED[letter])
        elif letter in {"a", "A"}:
            self.name(DAYS)
        elif letter in {"b", "B", "h"}:
            self.fields["month"] = self.name(MONTHS) + 1
        elif letter == "p":
            self.half_day()
        elif letter == "s":
            self.epoch = self.number(0, EPOCH_LIMIT)
        elif letter == "z":
            self.zone()
        elif letter == "Z":
            self.zone_name()
        elif letter in {"n", "t"}:
            self.blanks()
        elif letter in RANGES:
            if letter == "e" and self.text[self.at : self.at + 1] in SPACE:
                self.at += 1
            self.keep(letter, self.number(*RANGES[letter]))
        else:
            raise NoTime

    def keep(self, letter: str, number: int) -> None:
        """Remember a number that was read."""
        if letter in {"d", "e"}:
            self.fields["day"] = number
        elif letter in {"H", "k", "I", "l"}:
            self.fields["hour"] = number
        elif letter == "M":
            self.fields["minute"] = number
        elif letter == "S":
            self.fields["second"] = number
        elif letter == "m":
            self.fields["month"] = number
        elif letter == "j":
            self.yearday = number
        elif letter == "Y":
            self.year = number
        elif letter == "C":
            self.century = number
        elif letter == "y":
            if self.century is None:
                self.year = number + (2000 if number <= 68 else 1900)
            else:
                self.year = number + self.century * 100

    def half_day(self) -> None:
        rest = self.text[self.at : self.at + 2].upper()
        hour = self.fields.get("hour", 0)
        if rest not in {"AM", "PM"} or hour > 12:
            raise NoTime
        self.at += 2
        self.fields["hour"] = hour % 12 + (12 if rest == "PM" else 0)

    def seconds(self) -> int:
        """Unix time. What was not read counts as the first of its kind, as in a `tm` of zeros."""
        if self.epoch is not None:
            return self.epoch - self.offset
        year = 1900 if self.year is None else self.year
        fields = self.fields
        month, day = fields.get("month", 1), fields.get("day", 0)
        if self.year is not None and self.yearday is not None and "month" not in fields:
            month, day = 1, self.yearday
        time = (year, month, max(day, 1), *(fields.get(f, 0) for f in ("hour", "minute", "second")))
        return timegm((*time, 0, 0, 0)) - (86400 if day == 0 else 0) - self.offset


class TimeFormat:
    """A parser's `Time_Format`, with its `Time_Offset` and `Time_Strict`."""

    __slots__ = ("_after", "_before", "_form", "_offset", "_strict", "with_year")

    def __init__(self, form: str, offset: str = "", *, strict: bool = True) -> None:
        #: Without a year in the format the current one counts.
        self.with_year = any(mark in form for mark in ("%Y", "%y", "%s"))
        self._form = form
        before, fraction, after = form.partition("%L")
        self._before = before
        self._after = after if fraction else None
        self._strict = strict
        self._offset: int | None = None
        if not any(mark in form for mark in ("%z", "%Z", "%SZ", "%S.%LZ")):
            self._offset = fixed_offset(offset) or 0

    def read(self, text: str, year: int = 1970, day: tuple[int, int] = (1, 1)) -> tuple[int, int]:
        """Unix time and nanoseconds of a text.

        `year` and `day` (month, day) are those of now, which count when the format has no year.
        Raises NoTime.
        """
        if len(text) > TEXT_LIMIT - (0 if self.with_year else 6):
            raise NoTime
        clock = _Clock(text)
        if not self.with_year:
            clock.year = year
            clock.fields = {"month": day[0], "day": day[1]}
        nanoseconds = 0
        try:
            clock.read(self._before)
            if self._after is not None:
                nanoseconds = _fraction(clock)
                clock.read(self._after)
        except NoTime:
            if self._strict:
                raise
        if self._offset is not None:
            clock.offset = self._offset
        try:
            return clock.seconds(), nanoseconds
        except (OverflowError, ValueError):
            raise NoTime from None


def _fraction(clock: _Clock) -> int:
    """The digits of `%L`: nine of them count, as a part of a second."""
    start = clock.at
    while clock.digit() and clock.at - start < 9:
        clock.at += 1
    if clock.at == start:
        raise NoTime
    return int(float("0." + clock.text[start : clock.at]) * 1_000_000_000)


def fixed_offset(text: str) -> int | None:
    """Seconds of a `Time_Offset` such as `+0530` or `-03:00`; None when it is none."""
    digits = text[1:].replace(":", "", 1)
    if text[:1] == "Z":
        return 0
    if text[:1] not in {"+", "-"} or len(digits) != 4 or not digits.isdecimal():
        return None
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 59 or minutes > 59:
        return None
    seconds = hours * HOUR + minutes * 60
    return -seconds if text[0] == "-" else seconds
