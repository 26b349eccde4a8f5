from __future__ import annotations

import io
from typing import TYPE_CHECKING

from fargate_lint.lint.linter import Report
from fargate_lint.report.progress import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

REPORTS = [Report(f"{number}.json", "checked") for number in range(5)]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def clock(step: float) -> Callable[[], float]:
    times = (number * step for number in range(100))
    return lambda: next(times)


def test_a_long_run_shows_how_far_it_is_and_clears_that_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    assert list(shown(iter(REPORTS), lambda: 5, stream, clock(0.5))) == REPORTS
    written = stream.getvalue()
    assert "5/5" in written
    assert written.endswith("\x1b[2K")


def test_a_short_run_shows_nothing() -> None:
    stream = Terminal()
    assert list(shown(iter(REPORTS), lambda: 5, stream, clock(0.01))) == REPORTS
    assert stream.getvalue() == ""


def test_a_pipe_gets_no_bar() -> None:
    stream = io.StringIO()
    assert list(shown(iter(REPORTS), lambda: 5, stream, clock(2))) == REPORTS
    assert stream.getvalue() == ""


def test_an_end_before_all_is_read_takes_the_bar_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()

    def broken() -> Iterator[Report]:
        yield from REPORTS[:4]
        raise KeyboardInterrupt

    seen = []
    try:
        for result in shown(broken(), lambda: 5, stream, clock(2)):
            seen.append(result)  # noqa: PERF402  (what came before the end counts)
    except KeyboardInterrupt:
        pass
    assert seen == REPORTS[:4]
    assert stream.getvalue().endswith("\x1b[2K")
