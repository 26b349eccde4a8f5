"""What a ticket needs in one archive, without secrets."""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import zipfile
from itertools import islice

from fargate_lint.diagnose.logs import text_stream
from fargate_lint.launch.rewriting import PHYSICAL
from fargate_lint.lint.diff import masked_lines
from fargate_lint.lint.mask.redact import free, mask_of
from fargate_lint.report.findings.diff import clean
from fargate_lint.report.launch.masking import LaunchMask
from fargate_lint.report.terminal import UNSEEN
from fargate_lint.report.ticket.markdown import render
from fargate_lint.source.patterns import lazily
from fargate_lint.source.read import content, read
from fargate_lint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fargate_lint.diagnose.ticket import Ticket
    from fargate_lint.diagnose.verdict import Diagnosis

#: Lines of a log that are taken, from its beginning, and characters of each.
LINES = 200_000
LONGEST = 1 << 13
#: What is no part of a name on some system, or can't be seen.
UNSAFE = lazily(rf'[\\/:*?"<>|]|{UNSEEN}')
#: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
DEVICES = lazily(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
KEY_BEGINS = "PRIVATE KEY-----"
KEY_ENDS = "-----END "
#: The earliest time that a zip file can name: the same inputs make the same file.
WHEN = (1980, 1, 1, 0, 0, 0)
NOTE = "\n… cut here: the log has more lines than are taken\n"


class Bundle:
    """The archive of a ticket: the report, what it was made of, and what was masked in it."""

    def __init__(self, file: zipfile.ZipFile, given: Ticket, found: Diagnosis) -> None:
        self._file = file
        self._given = given
        self._found = found
        self._hide = found.case.mask.hide
        #: Places where something was masked: a file's name and a line.
        self._masked: list[str] = []
        self._names: set[str] = set()

    def write(self) -> None:
        """Write the report, what it was made of, versions, and what was masked."""
        self._add("report.md", render(self._found))
        self._add("report.json", json.dumps(self._found.as_json(), indent=2) + "\n")
        self._add("versions.txt", "".join(f"{line}\n" for line in _versions()))
        for document in self._given.documents:
            mask = mask_of(document)
            count = document.text.count("\n") + 1
            lines = (mask.line(number) + "\n" for number in range(1, count + 1))
            self._input(document.name, document.text.split("\n"), lines)
        for path in self._given.logs:
            self._log(path)
        for path in self._given.task_files:
            self._tasks(path)
        for name, text in self._given.includes.values():
            masks = [LaunchMask(launch) for launch in self._found.case.launches[:1]]
            shown = masks[0].file(text) if masks else text
            self._input(name, text.split("\n"), PHYSICAL.findall(shown))
        text = "".join(f"{place}\n" for place in self._masked) or "nothing\n"
        self._add("masked.txt", text)

    def _log(self, path: str) -> None:
        with open(path, "rb") as file:
            text = text_stream(file)
            pieces = iter(lambda: text.readline(LONGEST), "")
            raw = list(islice(pieces, LINES))
            cut = next(pieces, None) is not None
        self._input(path, raw, raw, end=NOTE if cut else "")

    def _tasks(self, path: str) -> None:
        """A description of tasks, in which members' names tell what is secret."""
        documents = read(path, content(path))
        if any(document.value is None for document in documents):
            self._log(path)
            return
        text = documents[0].text
        shown = (f"{line}\n" for line in masked_lines(path, text))
        self._input(path, text.split("\n"), shown)

    def _input(self, name: str, raw: list[str], lines: Iterable[str], end: str = "") -> None:
        """A file that was given, each line without secrets and with control characters written out.

        Whoever prints it on a terminal has not asked for what they do.
        """
        name = free(name)
        hidden = []
        inside = False
        for number, line in enumerate(lines, 1):
            # A private key has many lines, of which only the first says so.
            inside = inside or KEY_BEGINS in line
            shown = "*" if inside else self._hide(line.rstrip("\r\n"))
            shown = clean(self._found.rename(shown))
            inside = inside and KEY_ENDS not in line
            before = raw[number - 1].rstrip("\r\n") if number <= len(raw) else ""
            before = self._found.rename(before)
            plain = clean(before)
            if shown != plain:
                self._masked.append(f"{name}:{number}")
            if plain != before:
                self._masked.append(f"{name}:{number}: control characters written out")
            hidden.append(shown + ("\r\n" if line.endswith("\r\n") else "\n" * line.endswith("\n")))
        self._add(f"inputs/{self._unique(name)}", "".join(hidden) + end)

    def _unique(self, name: str) -> str:
        base, suffix = os.path.splitext(_safe(os.path.basename(name)))
        unique, count = f"{base}{suffix}", 1
        while unique in self._names:
            count += 1
            unique = f"{base}-{count}{suffix}"
        self._names.add(unique)
        return unique

    def _add(self, name: str, text: str) -> None:
        entry = zipfile.ZipInfo(name, WHEN)
        entry.compress_type = zipfile.ZIP_DEFLATED
        self._file.writestr(entry, text.encode("utf-8", "backslashreplace"))


def _safe(name: str) -> str:
    """A file's name that every system takes for one, and for nothing else."""
    found = UNSAFE.sub("_", name).rstrip(". ")
    return f"_{found}" if not found or DEVICES.fullmatch(found) else found


def _versions() -> Iterator[str]:
    yield f"fargate-lint {__version__}"
    yield f"Python {platform.python_version()} on {sys.platform}"
