"""The files of a container, as far as they are known."""

from __future__ import annotations

import posixpath

from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# Folders that a container of any image has.
FOLDERS = frozenset({"/", "/dev", "/proc", "/run", "/sys", "/tmp", "/var", "/var/run"})  # noqa: S108  (their names)
# Kernel file systems, and what is no folder: nothing can be made below them.
CLOSED = ("/proc/", "/sys/", "/dev/null/")


class Files:
    """`texts` maps absolute paths to the text of files; `folder` is the main file's folder.

    A path that is not in `texts` is missing when `complete`, and unknown otherwise.
    """

    __slots__ = ("complete", "folder", "texts")

    def __init__(
        self,
        texts: Mapping[str, str | bytes] | None = None,
        *,
        folder: str = "/fluent-bit/etc",
        complete: bool = False,
    ) -> None:
        self.texts = texts or {}
        self.folder = folder
        self.complete = complete

    def read(self, path: str) -> str | bytes | Unknown | None:
        """The text of the file at this path: None when it is missing, "" for a folder."""
        path = posixpath.normpath(path)
        found = self.texts.get(path)
        if found is not None:
            return found
        if self.is_folder(path):
            return ""
        return None if self.complete else Unknown(path)

    def find(self, path: str) -> str | bytes | Unknown | None:
        """The text of a file that may also be named from the main file's folder."""
        found = self.read(path)
        if path.startswith("/") or isinstance(found, (str, bytes)):
            return found
        return self.read(f"{self.folder}/{path}")

    def glob(self, pattern: str) -> list[str] | Unknown:
        """The paths that match a pattern with `*`, `?` or `[…]`."""
        import fnmatch  # noqa: PLC0415  (only for patterns)

        if not self.complete:
            return Unknown(pattern)
        wanted = posixpath.normpath(pattern)
        return [
            path
            for path in self.texts
            if path.count("/") == wanted.count("/") and fnmatch.fnmatchcase(path, wanted)
        ]

    def is_folder(self, path: str) -> bool:
        """Whether the path is surely a folder."""
        below = path.rstrip("/") + "/"
        return path in FOLDERS or any(known.startswith(below) for known in self.texts)

    def folder_exists(self, path: str) -> bool | None:
        """Whether there is a folder at this path, None when that is not known."""
        if self.is_folder(path):
            return True
        return False if self.complete or path.startswith(CLOSED) else None

    def writable(self, path: str) -> bool | None:
        """Whether a folder can be made at this path, None when that is not known."""
        return False if path.startswith(CLOSED) else None
