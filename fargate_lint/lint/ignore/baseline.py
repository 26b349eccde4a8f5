"""A baseline: the findings that were there when it was made, so that only new ones count.

A finding is known again by its fingerprint, never by its line: see `lint.finding.fingerprint`.
"""

from __future__ import annotations

import os
from json import dumps

from fargate_lint.lint.finding import rank
from fargate_lint.lint.ignore.ignore import Ignore
from fargate_lint.lint.ignore.suppress import ALWAYS_SHOWN
from fargate_lint.source import json
from fargate_lint.source.writing import Writing, unwritable
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import Any

    from fargate_lint.lint.located import Located
    from fargate_lint.lint.settings.settings import Settings
    from fargate_lint.source.document import Document

VERSION = 1
DEFAULT = "fargate-lint-baseline.json"
# What an entry must say; the rest of it is for people.
NEEDED = ("fingerprint", "file", "name", "severity")


class Entry:
    """A finding of the baseline; `found` once a run has found it again."""

    __slots__ = ("file", "fingerprint", "found", "index", "value")

    def __init__(self, value: dict[str, Any], index: int) -> None:
        self.value = value
        self.index = index
        self.fingerprint: str = value["fingerprint"]
        #: From the baseline's folder, with slashes.
        self.file: str = value["file"]
        self.found = False


class Baseline:
    """The findings in a baseline file, each to be matched once. Stops at a file that is none."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._folder = os.path.dirname(os.path.abspath(path))
        self._document = _read(path)
        self.entries = [Entry(*item) for item in _entries(self._document)]
        self._open: dict[tuple[str, str], list[Entry]] = {}
        self._of_fingerprint: dict[str, list[Entry]] = {}
        for entry in reversed(self.entries):
            self._open.setdefault((entry.fingerprint, entry.file), []).append(entry)
            self._of_fingerprint.setdefault(entry.fingerprint, []).append(entry)

    def match(self, findings: Iterable[Located]) -> set[int]:
        """The identities (`id`) of those findings that the baseline has.

        Each entry is good for one finding: in its own file, or in one to which its file was moved.
        """
        matched: set[int] = set()
        left = []
        for finding in findings:
            same = self._open.get((finding.fingerprint, relative(finding.file, self._folder)))
            if finding.name == ALWAYS_SHOWN:
                continue
            if same:
                same.pop().found = True
                matched.add(id(finding))
            else:
                left.append(finding)
        for finding in left:
            for entry in self._of_fingerprint.get(finding.fingerprint, ()):
                if not entry.found and not self._exists(entry):
                    entry.found = True
                    matched.add(id(finding))
                    break
        return matched

    def _exists(self, entry: Entry) -> bool:
        return os.path.exists(os.path.join(self._folder, entry.file))

    def fixed(self, checked: Iterable[tuple[str, Settings]], names: Collection[str]) -> list[Entry]:
        """The entries that a run had every chance to find again, and didn't.

        `checked` are its files, `names` those of the rules in force.
        """
        floors = {relative(path, self._folder): settings.floor for path, settings in checked}
        return [
            entry
            for entry in self.entries
            if not entry.found
            and entry.value["name"] in names
            and (entry.file in floors or not self._exists(entry))
            and rank(entry.value["severity"]) >= floors.get(entry.file, 0)
        ]

    def ignores(self, entries: Iterable[Entry]) -> Iterator[Ignore]:
        """Entries that nothing needs any more, in the form in which rules judge suppressions."""
        for entry in entries:
            place = ("findings", entry.index)
            ignore = Ignore(self._document, place, entry.value["name"], "known")
            ignore.kind = "baseline"
            ignore.unused = True
            yield ignore


def relative(file: str, folder: str) -> str:
    """A file's path from a folder, with slashes, wherever it lies."""
    if file.startswith("<"):
        return file
    try:
        return os.path.relpath(file, folder).replace(os.sep, "/")
    except ValueError:
        # On another drive of Windows.
        return os.path.abspath(file).replace(os.sep, "/")


def of(findings: Iterable[Located], path: str) -> list[dict[str, Any]]:
    """The entries of a new baseline at `path`."""
    folder = os.path.dirname(os.path.abspath(path))
    made = [
        {
            "fingerprint": finding.fingerprint,
            "file": relative(finding.file, folder),
            "code": finding.code,
            "name": finding.name,
            "severity": finding.severity,
            "task": finding.task,
            "path": finding.path,
            "message": finding.message,
        }
        for finding in findings
        if finding.name != ALWAYS_SHOWN
    ]
    made.sort(key=lambda entry: (entry["file"], entry["code"], entry["path"]))
    return made


def write(path: str, entries: Iterable[dict[str, Any]]) -> None:
    """Write a baseline, an entry a line, so that a diff shows what went and what came."""
    lines = ",".join(f"\n    {dumps(entry)}" for entry in entries)
    end = "\n  " if lines else ""
    text = f'{{\n  "version": {VERSION},\n  "findings": [{lines}{end}]\n}}\n'
    try:
        with Writing(path) as file:
            file.write(text.encode())
    except OSError as error:
        raise unwritable(path, error) from error


def _read(path: str) -> Document:
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        advice = f"make it with `fargate-lint baseline -o {path}`"
        raise Stop(f"`{path}` can't be read: {reason}", advice) from error
    except UnicodeDecodeError as error:
        raise Stop(f"`{path}` is no baseline: not UTF-8") from error
    document = json.read(path, text)
    value = document.value
    if (
        document.faults
        or not isinstance(value, dict)
        or not isinstance(value.get("findings"), list)
    ):
        raise Stop(f"`{path}` is no baseline", f"make it with `fargate-lint baseline -o {path}`")
    if value.get("version") != VERSION:
        raise Stop(f"`{path}` is a baseline of version {value.get('version')}, not {VERSION}")
    return document


def _entries(document: Document) -> Iterator[tuple[dict[str, Any], int]]:
    for index, item in enumerate(document.value["findings"]):
        members = item.items() if isinstance(item, dict) else ()
        # What stands for a template elsewhere is text here.
        value = {key: getattr(member, "text", member) for key, member in members}
        if not all(isinstance(value.get(key), str) for key in NEEDED):
            raise Stop(f"`{document.name}` is no baseline: its finding {index + 1} is none")
        yield value, index
