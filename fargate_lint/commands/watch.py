"""`check --watch` and `check --verbose`: for somebody who sits before it."""

from __future__ import annotations

import argparse
import os
import sys
import time

from fargate_lint.commands.streams import complain
from fargate_lint.lint import files
from fargate_lint.lint.settings.configuration import OWN, SHARED
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    State = dict[str, tuple[int, int]]

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
PAUSE = 0.5


def watch(
    args: argparse.Namespace,
    check: Callable[[argparse.Namespace], int],
    wait: Callable[[], None] | None = None,
) -> int:
    """Check, and check again on each change of an input or a configuration, until interrupted."""
    once = argparse.Namespace(**{**vars(args), "watch": False})
    wait = wait or _pause
    seen: State = {}
    while True:
        state = dict(_state(args))
        if state != seen:
            seen = state
            if sys.stdout.isatty():
                sys.stdout.write(CLEAR)
            try:
                check(once)
            except Stop as stop:
                # A configuration that is half written: the next change may put it right.
                complain(stop.message)
            sys.stdout.flush()
        wait()


def _pause() -> None:
    time.sleep(PAUSE)


def _state(args: argparse.Namespace) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every file that a run may read, with its time of change and its size."""
    paths = [path for path in args.paths or [os.curdir] if path != files.STDIN]
    found = [found.path for found in files.search(paths, lambda _: False)]
    for path in {*found, *_configurations([*paths, *found]), args.config, args.baseline}:
        if path is None:
            continue
        try:
            status = os.stat(path)
        except OSError:
            continue
        yield path, (status.st_mtime_ns, status.st_size)


def _configurations(paths: Iterable[str]) -> Iterator[str]:
    """Where the configuration of any of the paths may stand."""
    folders: set[str] = set()
    for path in paths:
        folder = os.path.abspath(path if os.path.isdir(path) else os.path.dirname(path))
        while folder not in folders:
            folders.add(folder)
            folder = os.path.dirname(folder)
    for folder in folders:
        yield os.path.join(folder, OWN)
        yield os.path.join(folder, SHARED)
