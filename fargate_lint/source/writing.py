"""Files that are written as a whole or not at all."""

from __future__ import annotations

import os

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
