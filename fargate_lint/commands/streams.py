"""The standard streams, whatever a caller has put in their place, and files named like them."""

from __future__ import annotations

import os
import sys
from io import BytesIO

from fargate_lint.lint.files import STDIN
from fargate_lint.source import read
from fargate_lint.source.text import LIMIT, encoded
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO, Self


#: Bytes of a log that is no file: 1 GiB.
PIPE_LIMIT = 1 << 30


def content(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-` (see `source.read.content`)."""
    return stdin().read(LIMIT + 1) if path == STDIN else read.content(path)


def stdin() -> BinaryIO:
    """Standard input as bytes, also when it is a stream of text only. Stops if it is closed."""
    if sys.stdin is None:
        raise Stop("standard input is closed", "name a file, or give it one with `<`")
    found: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    return found if found is not None else BytesIO(encoded(sys.stdin.read()))


def log(path: str) -> Any:
    """A log to read, for a `with`; what may have no end, as a pipe or a device, has one."""
    if path == STDIN:
        return _Bounded(stdin(), "standard input", ours=False)
    try:
        file = open(path, "rb")  # noqa: SIM115  (for who asks)
    except OSError as error:
        raise read.unreadable(path, error) from error
    return file if os.path.isfile(path) else _Bounded(file, f"`{path}`")


class _Bounded:
    """A stream that stops behind PIPE_LIMIT bytes; unless it is `ours`, it is left open."""

    def __init__(self, stream: BinaryIO, name: str, *, ours: bool = True) -> None:
        self._stream = stream
        self._name = name
        self._ours = ours
        self._left = PIPE_LIMIT

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._ours:
            self._stream.close()

    def read(self, size: int) -> bytes:
        """The next bytes. Stops behind the last that is allowed."""
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise Stop(
                f"{self._name} has more than the {PIPE_LIMIT:,} bytes that are read of a pipe",
                "write what matters to a file, and name that",
            )
        return data


def put(data: bytes, text: str) -> None:
    """Write bytes to standard output, or their text where it takes nothing else."""
    sys.stdout.flush()
    found: BinaryIO | None = getattr(sys.stdout, "buffer", None)
    if found is not None:
        found.write(data)
    else:
        sys.stdout.write(text)


def complain(text: str, *more: str) -> None:
    """Print an error, and lines that belong to it, on standard error."""
    say(f"error: {text}", *(f"  {line}" for line in more))


def warn(text: str) -> None:
    """Print a warning on standard error."""
    say(f"warning: {text}")


def remark(text: str) -> None:
    """Print a note on standard error."""
    say(f"note: {text}")


def say(*lines: str) -> None:
    """Print lines on standard error, each on one, whatever is in it, and without secrets."""
    from fargate_lint.lint.mask.redact import free  # noqa: PLC0415  (hardly ever needed)
    from fargate_lint.report.terminal import escape  # noqa: PLC0415  (the same)

    for line in lines:
        print(escape(free(line)), file=sys.stderr)  # noqa: T201
