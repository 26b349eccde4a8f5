"""What `.gitignore` files leave out of a folder, without git.

Heeded are those in the folder and below, and those above up to the top of the repository, with its
`.git/info/exclude`. As in git, the last line that fits counts, and that of the nearest file.
https://git-scm.com/docs/gitignore
"""

from __future__ import annotations

import os
import re
import stat

from fargate_lint.lint.globs import PRIVATE, glob_pattern
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import NamedTuple

    class Line(NamedTuple):
        """A pattern for paths from the file's folder; `keeps` what fits, or only folders."""

        pattern: re.Pattern[str]
        keeps: bool
        folders: bool
else:
    from collections import namedtuple

    Line = namedtuple("Line", "pattern keeps folders")

NAME = ".gitignore"
#: Bytes of a file that are read, which are more than people write.
LIMIT = 1 << 20
#: A character with a backslash before it, and a set of characters.
_LITERAL = lazily(r"\\(.)|\[([!^]?)(\]?(?:\\.|\[:\w+:\]|[^\]\\])*)\]", re.DOTALL)
_CLASSES = {
    "alnum": "a-zA-Z0-9", "alpha": "a-zA-Z", "blank": r" \t", "digit": "0-9", "lower": "a-z",
    "space": r"\s", "upper": "A-Z", "xdigit": "0-9a-fA-F",
}  # fmt: skip


class Gitignore:
    """The lines that apply in a folder, of files in it and above it; `files` from the top down.

    Each is the folder of a file, as an absolute path, and its lines.
    """

    __slots__ = ("_files",)

    def __init__(self, files: Sequence[tuple[str, list[Line]]] = ()) -> None:
        self._files = files

    def __bool__(self) -> bool:
        return bool(self._files)

    def inside(self, folder: str, name: str = NAME) -> Gitignore:
        """What applies in a folder, given as an absolute path, when it has a file of that name."""
        lines = read(os.path.join(folder, name))
        return Gitignore([*self._files, (folder, lines)]) if lines else self

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Whether a file or folder, given as an absolute path, is left out."""
        for folder, lines in reversed(self._files):
            relative = path[len(folder) :].lstrip(os.sep).replace(os.sep, "/")
            for line in reversed(lines):
                if (is_folder or not line.folders) and line.pattern.match(relative):
                    return not line.keeps
        return False


def around(folder: str) -> Gitignore:
    """What applies in a folder by the files above it, up to the top of its repository."""
    above = []
    parent = os.path.abspath(folder)
    while not os.path.lexists(os.path.join(parent, ".git")):
        if os.path.dirname(parent) == parent:
            # No repository: what lies above has nothing to do with the folder.
            return Gitignore()
        parent = os.path.dirname(parent)
        above.append(parent)
    found = Gitignore().inside(parent, os.path.join(".git", "info", "exclude"))
    for each in reversed(above):
        found = found.inside(each)
    return found


def read(path: str) -> list[Line]:
    """The lines of a file; none where there is no such file, or it isn't a regular one."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return []
        with open(path, "rb") as file:
            text = file.read(LIMIT).decode("utf-8-sig", "replace")
    except OSError:
        return []
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    for written in text.split("\n"):
        line = written.removesuffix("\r")
        # Blanks at the end count only behind a backslash.
        line = re.sub(r"(?<!\\) +\Z", "", line)
        if not line or line.startswith("#"):
            continue
        keeps = line.startswith("!")
        line = line[keeps:]
        folders = line.endswith("/")
        line = line.rstrip("/") if folders else line
        pattern = _pattern(line) if line else None
        if pattern is not None:
            yield Line(pattern, keeps, folders)


def _pattern(line: str) -> re.Pattern[str] | None:
    """The pattern for paths from the folder of the file; None for one that can't fit."""
    literals: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        literals.append(re.escape(found[1]) if found[1] else _set(found[2], found[3]))
        return chr(PRIVATE + len(literals) - 1)

    glob = _LITERAL.sub(put_aside, line)
    # More than one asterisk are one, unless they stand alone between slashes.
    glob = "/".join(part if part == "**" else re.sub(r"\*+", "*", part) for part in glob.split("/"))
    try:
        return glob_pattern(glob, literals, below=False)
    except re.error:
        return None


def _set(negation: str, members: str) -> str:
    """A set of characters as a regular expression; none of them is a slash."""
    body = re.sub(
        r"\[:(\w+):\]|\\(.)|([\\\[\]^&~|])",
        lambda found: _CLASSES.get(found[1], "") if found[1] else "\\" + (found[2] or found[3]),
        members,
    )
    return f"(?!/)[{'^' if negation else ''}{body}]"
