"""What `.gitignore` files leave out of a folder, without git.

Heeded are those in the folder and below, and those above up to the top of the repository, with its
`.git/info/exclude`. As in git, the last line that fits counts, and that of the nearest file.
https://git-scm.com/docs/gitignore
"""

from __future__ import annotations

import os
import re
import stat
import warnings
from itertools import islice

from fargate_lint.lint.globs import PRIVATE, glob_pattern
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import NamedTuple

    class Line(NamedTuple):
        """A pattern: a name at any depth, or an expression for paths from the file's folder.

        `keeps` what fits, or is about `folders` only.
        """

        name: str
        pattern: re.Pattern[str] | None
        keeps: bool
        folders: bool
else:
    from collections import namedtuple

    Line = namedtuple("Line", "name pattern keeps folders")

NAME = ".gitignore"
#: Bytes of a file that are read, its patterns, and the characters of one: more than people write.
LIMIT = 1 << 16
MOST = 1000
LONGEST = 300
#: What makes a pattern more than a name.
SPECIAL = frozenset("*?[\\/")
#: A character with a backslash before it, and a set of characters.
_LITERAL = lazily(r"\\(.)|\[([!^]?)(\]?(?:\\.|\[:\w+:\]|[^\]\\])*+)\]", re.DOTALL)
_CLASSES = {
    "alnum": "a-zA-Z0-9", "alpha": "a-zA-Z", "blank": r" \t", "digit": "0-9", "lower": "a-z",
    "space": r"\s", "upper": "A-Z", "xdigit": "0-9a-fA-F",
}  # fmt: skip


class Patterns:
    """The patterns of one file."""

    __slots__ = ("_any", "_lines", "_names", "_others")

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        #: The places of patterns that are names, by these, and of the others.
        self._names: dict[str, list[int]] = {}
        self._others = [at for at, line in enumerate(lines) if line.pattern is not None]
        for at, line in enumerate(lines):
            if line.pattern is None:
                self._names.setdefault(line.name, []).append(at)
        found = (pattern.pattern for _, pattern, _, _ in lines if pattern is not None)
        #: Most paths fit none of the others, which is asked once.
        self._any = _compiled("|".join(f"(?:{each})" for each in found) or r"(?!)")

    def last(self, path: str, *, is_folder: bool) -> Line | None:
        """The last pattern that fits a path from the file's folder."""
        lines, best = self._lines, -1
        for at in self._names.get(path.rpartition("/")[2], ()):
            best = at if is_folder or not lines[at].folders else best
        if self._any is None or self._any.match(path):
            for at in reversed(self._others):
                pattern = lines[at].pattern
                if at < best:
                    break
                if (is_folder or not lines[at].folders) and pattern and pattern.match(path):
                    return lines[at]
        return lines[best] if best >= 0 else None


class Gitignore:
    """The patterns that apply in a folder, of files in it and above it; `files` from the top down.

    Each is the folder of a file, as an absolute path, and its patterns.
    """

    __slots__ = ("_files",)

    def __init__(self, files: Sequence[tuple[str, Patterns]] = ()) -> None:
        self._files = files

    def __bool__(self) -> bool:
        return bool(self._files)

    def inside(self, folder: str, name: str = NAME) -> Gitignore:
        """What applies in a folder, given as an absolute path, when it has a file of that name."""
        lines = read(os.path.join(folder, name))
        return Gitignore([*self._files, (folder, Patterns(lines))]) if lines else self

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Whether a file or folder, given as an absolute path, is left out."""
        for folder, patterns in reversed(self._files):
            relative = path[len(folder) :].lstrip(os.sep).replace(os.sep, "/")
            line = patterns.last(relative, is_folder=is_folder)
            if line is not None:
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
    return list(islice(_lines(text), MOST))


def _lines(text: str) -> Iterator[Line]:
    for written in text.split("\n"):
        if len(written) > LONGEST:
            continue
        line = written.removesuffix("\r")
        # Blanks at the end count only behind a backslash.
        line = re.sub(r"(?<!\\) +\Z", "", line)
        if not line or line.startswith("#"):
            continue
        keeps = line.startswith("!")
        line = line[keeps:]
        folders = line.endswith("/")
        line = line.rstrip("/") if folders else line
        if line and SPECIAL.isdisjoint(line):
            yield Line(line, None, keeps, folders)
            continue
        pattern = _pattern(line) if line else None
        if pattern is not None:
            yield Line("", pattern, keeps, folders)


def _pattern(line: str) -> re.Pattern[str] | None:
    """The pattern for paths from the folder of the file; None for one that can't fit."""
    literals: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        literals.append(re.escape(found[1]) if found[1] else _set(found[2], found[3]))
        return chr(PRIVATE + len(literals) - 1)

    glob = _LITERAL.sub(put_aside, line)
    # More than one asterisk are one, unless they stand alone between slashes.
    glob = "/".join(part if part == "**" else re.sub(r"\*+", "*", part) for part in glob.split("/"))
    with warnings.catch_warnings():
        # Sets that another version of Python may read in another way.
        warnings.simplefilter("ignore", FutureWarning)
        try:
            return glob_pattern(glob, literals, below=False)
        except re.error:
            return None


def _compiled(pattern: str) -> re.Pattern[str] | None:
    """All patterns of a file as one, None where that is too much for an expression."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        try:
            return re.compile(pattern, re.DOTALL)
        except (re.error, OverflowError, RecursionError):
            return None


def _set(negation: str, members: str) -> str:
    """A set of characters as a regular expression; none of them is a slash."""
    body = re.sub(
        r"\[:(\w+):\]|\\(.)|([\\\[\]^&~|])",
        lambda found: _CLASSES.get(found[1], "") if found[1] else "\\" + (found[2] or found[3]),
        members,
    )
    return f"(?!/)[{'^' if negation else ''}{body}]"
