"""Checking many files in several processes, with reports in the order of the files."""

from __future__ import annotations

import multiprocessing
import os
import signal
from itertools import islice

from fargate_lint.stop import at_signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fargate_lint.lint.files import Found
    from fargate_lint.lint.linter import Report

    Check = Callable[[Found], Report]

# Enough files for a message between processes not to count, few enough to share the work well.
CHUNK = 32
# So many are looked up at a time, since a tree may have more than anyone wants to remember.
AHEAD = 4096

_check: Check | None = None


def run(check: Check, wanted: Iterable[Found], jobs: int) -> Iterator[Report]:
    """Check files in `jobs` processes that inherit `check` (or, where they can't, get a copy)."""
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    if method is None:
        # A new Python would look for modules in the current folder first, whoever has written them.
        os.environ["PYTHONSAFEPATH"] = "1"
    context = multiprocessing.get_context(method)
    # Looked up here rather than by a thread of the pool, which would share the configuration.
    found = iter(wanted)
    at_signals()
    with context.Pool(jobs, initializer=_start, initargs=(check,)) as pool:
        while part := list(islice(found, AHEAD)):
            yield from pool.imap(_run, part, chunksize=CHUNK)


def _start(check: Check) -> None:
    global _check  # noqa: PLW0603  (the way to give a worker its state)
    _check = check
    # It has inherited what its parent does; the pool ends it by a signal.
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        signal.signal(number, signal.SIG_DFL)


def _run(found: Found) -> Report:
    assert _check is not None  # noqa: S101  (set by _start)
    return _check(found)
