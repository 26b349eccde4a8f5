"""The files of a container, as far as they are known."""

from __future__ import annotations

import os
import posixpath

from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# Folders that a container of any image has.
FOLDERS = frozenset({"/", "/dev", "/proc", "/run", "/sys", "/tmp", "/var", "/var/run"})  # noqa: S108  (their names)
# A configuration above this is not read.
SIZE_LIMIT = 64 * 1024 * 1024
# Kernel file systems, and what is no folder: nothing can be made below them.
CLOSED = ("/proc/", "/sys/", "/dev/null/")


class Files:
    """`texts` maps absolute paths to the text of files; `folder` is the main file's folder.

    A path that is not in `texts` is missing when `complete`, or when it lies in one of the `whole`
    folders (written with a slash at the end); otherwise it is unknown.
    """

    __slots__ = ("complete", "folder", "texts", "whole")

    def __init__(
        self,
        texts: Mapping[str, str | bytes] | None = None,
        *,
        folder: str = "/fluent-bit/etc",
        complete: bool = False,
        whole: tuple[str, ...] = (),
    ) -> None:
        self.texts = texts or {}
        self.folder = folder
        self.complete = complete
        self.whole = whole

    def beside(self, folder: str) -> Files:
        """The same files for a main file in another folder."""
        return Files(self.texts, folder=folder, complete=self.complete, whole=self.whole)

    def read(self, path: str) -> str | bytes | Unknown | None:
        """The text of the file at this path: None when it is missing, "" for a folder."""
        path = posixpath.normpath(path)
        found = self.texts.get(path)
        if found is not None:
            return found
        if self.is_folder(path):
            return ""
        return None if self._covers(path) else Unknown(path)

    def _covers(self, path: str) -> bool:
        """Whether a file at this path would be known if it existed."""
        return self.complete or path.startswith(self.whole)

    def find(self, path: str) -> str | bytes | Unknown | None:
        """The text of a file that may also be named from the main file's folder."""
        found = self.read(path)
        if path.startswith("/") or isinstance(found, (str, bytes)):
            return found
        return self.read(f"{self.folder}/{path}")

    def glob(self, pattern: str) -> list[str] | Unknown:
        """The paths that match a pattern with `*`, `?` or `[…]`."""
        import fnmatch  # noqa: PLC0415  (only for patterns)

        wanted = posixpath.normpath(pattern)
        if not self._covers(wanted):
            return Unknown(pattern)
        return [
            path
            for path in self.texts
            if path.count("/") == wanted.count("/") and fnmatch.fnmatchcase(path, wanted)
        ]

    def is_folder(self, path: str) -> bool:
        """Whether the path is surely a folder."""
        below = path.rstrip("/") + "/"
        if path in FOLDERS or below in self.whole:
            return True
        return any(known.startswith(below) for known in self.texts)

    def folder_exists(self, path: str) -> bool | None:
        """Whether there is a folder at this path, None when that is not known."""
        if self.is_folder(path):
            return True
        return False if self.complete or path.startswith(CLOSED) else None

    def writable(self, path: str) -> bool | None:
        """Whether a folder can be made at this path, None when that is not known."""
        return False if path.startswith(CLOSED) else None


class FolderFiles(Files):
    """The files of a folder on disk, for a configuration that is checked where it stands.

    Only regular files in the folder are read. What is named by an absolute path belongs to a
    container, and is not known.
    """

    __slots__ = ("_root",)

    def __init__(self, folder: str) -> None:
        super().__init__(folder=folder or ".")
        self._root = os.path.realpath(self.folder)

    def read(self, path: str) -> str | bytes | Unknown | None:
        """The bytes of a file in the folder: None when it is missing, "" for a folder."""
        real = self._real(path)
        if real is None:
            return Unknown(path)
        if os.path.isdir(real):
            return ""
        # Who opens a pipe waits for somebody to write to it.
        if os.path.exists(real) and not os.path.isfile(real):
            return Unknown(path)
        try:
            if os.path.getsize(real) > SIZE_LIMIT:
                return Unknown(path)
            with open(real, "rb") as stream:
                return stream.read()
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            return Unknown(path)

    def glob(self, pattern: str) -> list[str] | Unknown:
        """The paths in the folder that match a pattern."""
        import glob  # noqa: PLC0415  (only for patterns)

        if self._real(posixpath.dirname(pattern)) is None:
            return Unknown(pattern)
        return [path for path in sorted(glob.glob(pattern)) if self._real(path) is not None]

    def is_folder(self, path: str) -> bool:
        """Whether the path is surely a folder."""
        real = self._real(path)
        return os.path.isdir(real) if real is not None else super().is_folder(path)

    def _real(self, path: str) -> str | None:
        """Where a path in the folder leads to, None when that is outside."""
        if not path.startswith(self.folder + "/") and path != self.folder:
            return None
        try:
            real = os.path.realpath(path)
        except (OSError, ValueError):
            return None
        inside = real == self._root or real.startswith(self._root.rstrip("/") + "/")
        return real if inside else None
