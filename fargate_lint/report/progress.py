"""Progress bars on the standard error stream of a terminal, for what somebody waits for."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TextIO

    from fargate_lint.lint.linter import Report

    Clock = Callable[[], float]

#: Seconds that pass without a bar, since most runs are over by then.
PATIENCE = 1.0


def shown(
    reports: Iterable[Report],
    count: Callable[[], int],
    stream: TextIO | None = None,
    now: Clock = time.monotonic,
) -> Iterator[Report]:
    """The same reports, with a bar for those of a long run; gone when they are all there.

    `count` tells how many there will be, and is only asked for a bar.
    """
    with _bar(count, "MofNCompleteColumn", stream, now) as advance:
        for report in reports:
            yield report
            if advance is not None:
                advance(1)


@contextmanager
def reading(
    size: int, stream: TextIO | None = None, now: Clock = time.monotonic
) -> Iterator[Callable[[int], None] | None]:
    """What to tell how many of `size` bytes were read since the last time; None in a pipe."""
    with _bar(lambda: size, "DownloadColumn", stream, now) as advance:
        yield advance


@contextmanager
def _bar(
    total: Callable[[], int], column: str, stream: TextIO | None, now: Clock
) -> Iterator[Callable[[int], None] | None]:
    stream = sys.stderr if stream is None else stream
    if not stream.isatty():
        yield None
        return
    bar = _Bar(total, column, stream, now)
    try:
        yield bar.advance
    finally:
        bar.close()


class _Bar:
    def __init__(self, total: Callable[[], int], column: str, stream: TextIO, now: Clock) -> None:
        self._total = total
        #: The one of rich's columns that counts.
        self._column = column
        self._stream = stream
        self._now = now
        self._start = now()
        self._done = 0
        self._close: Callable[[], None] = lambda: None
        self._update: Callable[[int], None] | None = None

    def advance(self, count: int) -> None:
        """So many more are done."""
        self._done += count
        if self._update is not None:
            self._update(self._done)
        elif self._now() - self._start >= PATIENCE:
            self._open()

    def _open(self) -> None:
        from rich import progress  # noqa: PLC0415  (a second has passed already)
        from rich.console import Console  # noqa: PLC0415

        shown = progress.Progress(
            progress.BarColumn(),
            getattr(progress, self._column)(),
            progress.TimeRemainingColumn(),
            console=Console(file=self._stream),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        task = shown.add_task("", total=self._total(), completed=self._done)
        shown.start()
        self._close = shown.stop
        self._update = lambda done: shown.update(task, completed=done)

    def close(self) -> None:
        """Take the bar away."""
        self._close()
