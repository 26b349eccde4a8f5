"""Files that are written as a whole or not at all."""

from __future__ import annotations

import os

from fargate_lint.source.read import content
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType


class Replacement:
    """A file beside another one that takes its place when the block ends well, and is gone if not.

        with Replacement(path) as temporary:
            ...write `temporary`...

    A link stays one: what it leads to is replaced, and keeps its mode. Raises OSError.
    """

    __slots__ = ("_target", "_temporary")

    def __init__(self, path: str) -> None:
        self._target = os.path.realpath(path)
        self._temporary = f"{self._target}.{os.getpid()}.tmp"

    def __enter__(self) -> str:
        return self._temporary

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                if os.path.exists(self._target):
                    os.chmod(self._temporary, os.stat(self._target).st_mode & 0o7777)
                os.replace(self._temporary, self._target)
        finally:
            if os.path.exists(self._temporary):
                os.unlink(self._temporary)


def rewrite(path: str, before: bytes, after: bytes) -> None:
    """Write a file as a whole or not at all; a link stays one, and the mode stays as it is.

    Raises Stop when it can't be written, or has changed since it was read.
    """
    target = os.path.realpath(path)
    reason = "" if os.access(target, os.W_OK) else "permission denied"
    if not reason and not _holds(target, before):
        reason = "it has changed meanwhile"
    if not reason:
        try:
            with Replacement(target) as temporary, open(temporary, "xb") as file:
                file.write(after)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
    if reason:
        raise Stop(f"`{path}` can't be written: {reason}")


def _holds(path: str, data: bytes) -> bool:
    try:
        return content(path) == data
    except Stop:
        return False
