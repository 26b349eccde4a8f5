"""A progress bar on the standard error stream of a terminal, for runs that somebody waits for."""

from __future__ import annotations

import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TextIO

    from fargate_lint.lint.runner import Result

#: Seconds that pass without a bar, since most runs are over by then.
PATIENCE = 1.0


def shown(
    results: Iterable[Result],
    count: Callable[[], int],
    stream: TextIO | None = None,
    now: Callable[[], float] = time.monotonic,
) -> Iterator[Result]:
    """The same results, with a bar for those of a long run; gone when they are all there.

    `count` tells how many there will be, and is only asked for a bar.
    """
    stream = sys.stderr if stream is None else stream
    if not stream.isatty():
        yield from results
        return
    start = now()
    each = iter(results)
    for number, result in enumerate(each, 1):
        yield result
        if now() - start >= PATIENCE:
            yield from _with_bar(each, number, count(), stream)
            return


def _with_bar(
    results: Iterator[Result], number: int, total: int, stream: TextIO
) -> Iterator[Result]:
    from rich.console import Console  # noqa: PLC0415  (a second has passed already)
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TimeRemainingColumn,
    )

    with Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(file=stream),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    ) as progress:
        files = progress.add_task("", total=total, completed=number)
        for result in results:
            yield result
            progress.advance(files)
