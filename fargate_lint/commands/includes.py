"""`--include CONTAINER_PATH=LOCAL_FILE`: files and folders that the router's image has."""

from __future__ import annotations

import os
import posixpath

from fargate_lint.lint.files import holds
from fargate_lint.source.read import content
from fargate_lint.source.text import LIMIT, decode
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# An included folder is for configurations: what is larger was not meant.
FILE_LIMIT = 1000


def includes(given: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The files that were given, by their paths in the router; folders end in a slash."""
    found: dict[str, tuple[str, str]] = {}
    for text in given:
        path, equals, local = text.partition("=")
        if not equals or not path.startswith("/") or not local:
            raise Stop(
                f"`--include {text}` is no pair of a path in the router and a file here",
                "write `--include /extra.conf=extra.conf`",
            )
        if os.path.isdir(local):
            found[path.rstrip("/") + "/"] = (local, "")
            found.update(_folder(path, local))
        else:
            found[path.rstrip("/")] = (local, _text(local))
    return found


def _folder(path: str, local: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for parent, folders, names in os.walk(local):
        folders.sort()
        for name in sorted(names):
            file = os.path.join(parent, name)
            inside = os.path.relpath(file, local).replace(os.sep, "/")
            if len(found) == FILE_LIMIT:
                raise Stop(f"`{local}` has more than {FILE_LIMIT} files", "name a smaller folder")
            if os.path.isfile(file) and (not os.path.islink(file) or holds(local, file)):
                found[posixpath.join(path, inside)] = (file, _text(file))
    return found


def _text(path: str) -> str:
    data = content(path)
    if len(data) > LIMIT:
        raise Stop(f"`{path}` has more than the {LIMIT} bytes that are read")
    return decode(data)[0]
