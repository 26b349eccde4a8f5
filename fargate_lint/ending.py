"""How the program ends when something is in its way: one line, and a status of its own."""

from __future__ import annotations

import os
import sys

from fargate_lint.source.failure import failure
from fargate_lint.stop import Ended

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

#: What a descriptor is for, by its number.
STREAMS = ("standard input", "standard output", "standard error")


def fill_streams() -> str:
    """Open what is closed of the three standard streams, so that no file gets their numbers.

    Returns what is then the matter: "" unless there is nobody to write to.
    """
    gone = [name for name, stream in zip(STREAMS, _streams(), strict=True) if stream is None]
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free, so this one.
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  (for good)
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  (for good)
    return f"{STREAMS[1]} is closed" if STREAMS[1] in gone else ""


def _streams() -> tuple[TextIO | None, TextIO | None, TextIO | None]:
    return sys.stdin, sys.stdout, sys.stderr


def status(error: BaseException) -> int:
    """The exit status for what ended the program; but a signal ends it here."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 2
    if isinstance(error, Ended):
        import signal  # noqa: PLC0415  (it is there)

        # Whoever sent it is told by the operating system that it was the signal.
        signal.signal(error.number, signal.SIG_DFL)
        os.kill(os.getpid(), error.number)
    if isinstance(error, OSError):
        return said(_reason(error))
    if os.environ.get("FARGATE_LINT_TRACEBACK"):
        from traceback import print_exception  # noqa: PLC0415  (never without a bug)

        print_exception(error)
    what = f"{failure(error)}: {error}"
    advice = "with what FARGATE_LINT_TRACEBACK=1 shows"
    plugin = _culprit(error)
    if plugin:
        said(f"plugin `{plugin}` failed: {what}; please report this to its authors, {advice}")
    else:
        said(f"a bug of fargate-lint: {what}; please report it, {advice}")
    return 4


def _culprit(error: BaseException) -> str:
    """The plugin in whose code an error was raised, "" for an error of ours."""
    if "fargate_lint.lint.plugins" not in sys.modules:
        return ""
    from fargate_lint.lint.plugins import culprit  # noqa: PLC0415  (it is there)

    return culprit(error)


def said(message: str) -> int:
    """Print an error in one line where that is possible; 2, the status for it."""
    from fargate_lint.report.terminal import escape  # noqa: PLC0415  (hardly ever needed)

    try:
        sys.stderr.write(f"error: {escape(message)}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        pass
    return 2


def unflushed(stream: TextIO, error: Exception) -> int:
    """The exit status where the last of a stream can't be written."""
    if isinstance(error, BrokenPipeError) or stream is sys.stderr:
        return 0
    return said(_reason(error))


def _reason(error: Exception) -> str:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    name = getattr(error, "filename", None)
    if name is not None:
        return f"`{os.fsdecode(name) if isinstance(name, (str, bytes)) else name}`: {reason}"
    try:
        os.getcwd()
    except OSError:
        return "the current folder is gone"
    return f"the output can't be written: {reason}"
