"""The standard streams, whatever a caller has put in their place, and files named like them."""

from __future__ import annotations

import sys
from io import BytesIO

from fargate_lint.lint.files import STDIN
from fargate_lint.source import read
from fargate_lint.source.text import LIMIT, encoded
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO


def content(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-` (see `source.read.content`)."""
    return stdin().read(LIMIT + 1) if path == STDIN else read.content(path)


def stdin() -> BinaryIO:
    """Standard input as bytes, also when it is a stream of text only. Stops if it is closed."""
    if sys.stdin is None:
        raise Stop("standard input is closed", "name a file, or give it one with `<`")
    found: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    return found if found is not None else BytesIO(encoded(sys.stdin.read()))


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
    _say(f"error: {text}", *(f"  {line}" for line in more))


def warn(text: str) -> None:
    """Print a warning on standard error."""
    _say(f"warning: {text}")


def remark(text: str) -> None:
    """Print a note on standard error."""
    _say(f"note: {text}")


def _say(*lines: str) -> None:
    from fargate_lint.report.terminal import escape  # noqa: PLC0415  (hardly ever needed)

    for line in lines:
        print(escape(line), file=sys.stderr)  # noqa: T201
