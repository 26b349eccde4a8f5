"""Checking many files in several processes, with results in the order of the files."""

from __future__ import annotations

import multiprocessing
from itertools import islice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fargate_lint.lint.files import Found
    from fargate_lint.lint.runner import Batch, Result

# Enough files for a message between processes not to count, few enough to share the work well.
CHUNK = 32
# So many are looked up at a time, since a tree may have more than anyone wants to remember.
AHEAD = 4096

_batch: Batch | None = None


def run(batch: Batch, wanted: Iterable[Found], jobs: int) -> Iterator[Result]:
    """Check files in `jobs` processes that inherit `batch` (or, where they can't, get a copy)."""
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    context = multiprocessing.get_context(method)
    # Looked up here rather than by a thread of the pool, which would share the configuration.
    found = iter(wanted)
    with context.Pool(jobs, initializer=_start, initargs=(batch,)) as pool:
        while part := list(islice(found, AHEAD)):
            yield from pool.imap(_check, part, chunksize=CHUNK)


def _start(batch: Batch) -> None:
    global _batch  # noqa: PLW0603  (the way to give a worker its state)
    _batch = batch


def _check(found: Found) -> Result:
    assert _batch is not None  # noqa: S101  (set by _start)
    return _batch.check(found)
