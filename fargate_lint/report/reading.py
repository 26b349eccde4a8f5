"""A progress bar for reading long files, on the standard error stream of a terminal."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

#: Seconds that pass without a bar, since most files are read by then.
PATIENCE = 1.0


@contextmanager
def bar(
    size: int,
    stream: TextIO | None = None,
    now: Callable[[], float] = time.monotonic,
) -> Iterator[Callable[[int], None] | None]:
    """What to tell how many bytes were read since the last time; None where nobody looks."""
    stream = sys.stderr if stream is None else stream
    if not stream.isatty():
        yield None
        return
    shown = _Bar(size, stream, now)
    try:
        yield shown.advance
    finally:
        shown.close()


class _Bar:
    def __init__(self, size: int, stream: TextIO, now: Callable[[], float]) -> None:
        self._size = size
        self._stream = stream
        self._now = now
        self._start = now()
        self._done = 0
        self._close: Callable[[], None] = lambda: None
        self._update: Callable[[int], None] | None = None

    def advance(self, count: int) -> None:
        """So many bytes more were read."""
        self._done += count
        if self._update is not None:
            self._update(self._done)
        elif self._now() - self._start >= PATIENCE:
            self._open()

    def _open(self) -> None:
        from rich.console import Console  # noqa: PLC0415  (a second has passed already)
        from rich.progress import (  # noqa: PLC0415
            BarColumn,
            DownloadColumn,
            Progress,
            TimeRemainingColumn,
        )

        progress = Progress(
            BarColumn(),
            DownloadColumn(),
            TimeRemainingColumn(),
            console=Console(file=self._stream),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        task = progress.add_task("", total=self._size, completed=self._done)
        progress.start()
        self._close = progress.stop
        self._update = lambda done: progress.update(task, completed=done)

    def close(self) -> None:
        """Take the bar away."""
        self._close()
