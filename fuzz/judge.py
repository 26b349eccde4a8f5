"""What counts as a crash, and where crashing inputs are kept."""

from __future__ import annotations

import hashlib
import resource
import signal
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from fuzz.target import Broken

if TYPE_CHECKING:
    from collections.abc import Callable

#: CPU seconds of this process for one input, so that a busy machine makes nothing slow.
LONGEST = 10
#: Bytes that one input may need, beyond what the process has when it begins.
MOST_MEMORY = 1 << 30
ROOT = Path(__file__).parent.parent
OURS = tuple(f"{ROOT / name}/" for name in ("fargate_lint", "rules", "fuzz"))


class TooSlow(BaseException):
    """An input took more than LONGEST seconds. No `except Exception` catches it."""


def limit_memory() -> None:
    """Makes what takes too much memory raise MemoryError, in this process and from now on."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


def _stop(*_: object) -> NoReturn:
    raise TooSlow(f"more than {LONGEST} s of CPU time")


def judge(run: Callable[[bytes], object], data: bytes) -> BaseException | None:
    """What a target raises for an input; None when all is well."""
    signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    try:
        run(data)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  (whatever it is, it is a crash)
        return error
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return None


def place(error: BaseException) -> str:
    """The kind of an error and the innermost place of ours: equal for crashes of one cause."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(OURS) and frame.filename != __file__
    ]
    where = (
        f" at {Path(frames[-1].filename).relative_to(ROOT)}:{frames[-1].lineno}" if frames else ""
    )
    said = f" {error.args[0]}" if isinstance(error, Broken) else ""
    return f"{type(error).__name__}{said}{where}"


def keep(folder: Path, data: bytes, error: BaseException) -> tuple[str, Path]:
    """Keeps the shortest input of each cause, beside its traceback; the cause and the file."""
    cause = place(error)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(cause.encode()).hexdigest()[:12]
    if not path.exists() or path.stat().st_size > len(data):
        path.write_bytes(data)
        text = "".join(traceback.format_exception(error))
        path.with_suffix(".txt").write_text(f"{cause}\n\n{text}", "utf-8", "backslashreplace")
    return cause, path
