"""Files that are written as a whole or not at all, and what is no file."""

from __future__ import annotations

import os
import re
import stat

from fargate_lint.source.read import content
from fargate_lint.stop import Stop, at_signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import BinaryIO

#: Paths of what is open already, by its number or the end of its name.
_OPEN = re.compile(r"/(?:dev|proc/self)/(?:fd/(\d+)|std(out|err))")
_STREAMS = {"out": 1, "err": 2}


class Writing:
    """The bytes of a file that is written as a whole, in place of what is there, or not at all.

        with Writing(path) as file:
            file.write(b"…")

    A regular file is replaced when the block ends well: its mode stays as it is, as root its owner
    too, and so do links to it. Until then all is in a file beside it that nobody else has made. To
    a device, a pipe, or what is open already (`/dev/stdout`) it is written as it comes. Raises
    OSError.
    """

    __slots__ = ("_file", "_status", "_target", "_temporary")

    def __init__(self, path: str) -> None:
        self._target = path
        self._temporary = ""
        self._status: os.stat_result | None = None

    def __enter__(self) -> BinaryIO:
        at_signals()
        self._file: BinaryIO = os.fdopen(self._opened(), "wb")
        return self._file

    def _opened(self) -> int:
        is_open = _OPEN.fullmatch(self._target)
        if is_open:
            return os.dup(int(is_open[1] or _STREAMS[is_open[2]]))
        try:
            self._status = os.stat(self._target)
        except FileNotFoundError:
            pass
        else:
            if not stat.S_ISREG(self._status.st_mode):
                return os.open(self._target, os.O_WRONLY)
        self._target = os.path.realpath(self._target)
        beside = os.path.join(os.path.dirname(self._target), f".fargate-lint-{os.urandom(8).hex()}")
        how = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        how |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        found = os.open(beside, how, 0o666)
        self._temporary = beside
        return found

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            try:
                if kind is None and self._temporary:
                    self._file.flush()
                    self._keep(self._file.fileno())
            finally:
                self._file.close()
            if kind is None and self._temporary:
                self._replace()
        finally:
            if self._temporary and os.path.exists(self._temporary):
                os.unlink(self._temporary)

    def _keep(self, number: int) -> None:
        """Give the new file the mode and owner of the old one, and have it on the disk."""
        old = self._status
        if old is not None and hasattr(os, "fchown"):
            new = os.fstat(number)
            owners = (old.st_uid, old.st_gid)
            if os.geteuid() == 0 and owners != (new.st_uid, new.st_gid):
                os.fchown(number, *owners)
            os.fchmod(number, stat.S_IMODE(old.st_mode))
        os.fsync(number)

    def _replace(self) -> None:
        if self._status is None or self._status.st_nlink == 1:
            os.replace(self._temporary, self._target)
            return
        # Another name of the file would go on leading to what it was.
        with open(self._temporary, "rb") as file:
            new = file.read()
        with open(self._target, "r+b") as file:
            old = file.read()
            try:
                _overwrite(file, new)
            except OSError:
                _overwrite(file, old)
                raise


def _overwrite(file: BinaryIO, data: bytes) -> None:
    file.seek(0)
    file.write(data)
    file.truncate()
    file.flush()


def rewrite(path: str, before: bytes, after: bytes) -> None:
    """Write a file as a whole or not at all.

    Raises Stop when it can't be written, or has changed since it was read.
    """
    if not os.access(path, os.W_OK):
        raise Stop(f"`{path}` can't be written: permission denied")
    if not _holds(path, before):
        raise Stop(f"`{path}` can't be written: it has changed meanwhile")
    try:
        with Writing(path) as file:
            file.write(after)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: str, error: OSError) -> Stop:
    """What to stop with when a file can't be written."""
    return Stop(f"`{path}` can't be written: {(error.strerror or str(error)).lower()}")


def _holds(path: str, data: bytes) -> bool:
    try:
        return content(path) == data
    except Stop:
        return False
