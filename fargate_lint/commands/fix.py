"""`check --fix` and `check --diff`: make the fixes in files, or show what would become of them."""

from __future__ import annotations

import os
import sys

from fargate_lint.inputs import shapes
from fargate_lint.lint import files
from fargate_lint.lint.diff import unified
from fargate_lint.lint.finding import rank
from fargate_lint.lint.fixing import fixed
from fargate_lint.report.findings.diff import painted
from fargate_lint.report.findings.text import counted
from fargate_lint.report.terminal import Terminal
from fargate_lint.source.encoding import encode
from fargate_lint.source.read import read
from fargate_lint.source.text import LIMIT
from fargate_lint.source.writing import Replacement
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from fargate_lint.lint.batch import Batch
    from fargate_lint.lint.finding import Finding
    from fargate_lint.source.document import Document


def refuse(args: argparse.Namespace) -> None:
    """Stop at options that make no sense together."""
    if args.unsafe_fixes and not (args.fix or args.diff):
        raise Stop("`--unsafe-fixes` does nothing by itself", "add --diff or --fix")
    if not (args.fix or args.diff):
        return
    how = "--diff" if args.diff else "--fix"
    for option in ("watch", "baseline", *(("statistics",) if args.diff else ())):
        if getattr(args, option):
            raise Stop(f"`{how}` and `--{option}` can't be combined", "leave one of them out")
    paths = args.paths or []
    if files.STDIN in paths and len(paths) > 1:
        raise Stop("standard input can't be fixed together with files", "name one of them")


class Change:
    """What fixes make of a file: its name, its text before and after, and what they fix."""

    __slots__ = ("after", "before", "data", "findings", "name")

    def __init__(
        self, name: str, before: str, after: str, data: bytes, findings: list[Finding]
    ) -> None:
        self.name = name
        self.before = before
        self.after = after
        #: The file afterwards.
        self.data = data
        self.findings = findings


class Fixing:
    """One run: how many findings it has fixed, in how many files."""

    def __init__(self, batch: Batch, *, unsafe: bool) -> None:
        self._batch = batch
        self._unsafe = unsafe
        self.findings = 0
        self.files = 0

    def change(self, found: files.Found, data: bytes) -> Change | None:
        """What becomes of a file, None when nothing does."""
        name = found.path
        if len(data) > LIMIT or not (found.named or files.may_be_ours(name, data)):
            return None
        documents = read(name, data)
        if not any(shapes.tasks(document) for document in documents):
            return None
        linter = self._batch.linter(name)
        least = linter.settings.floor

        def judge(document: Document) -> list[Finding]:
            return [
                finding
                for finding in linter.judge(document)
                if finding.suppression is None and rank(finding.severity) >= least
            ]

        before = documents[0].text
        after, made = fixed(name, before, judge, unsafe=self._unsafe)
        encoded = encode(after, before, data) if after != before else None
        if encoded is None:
            return None
        self.findings += len(made)
        self.files += 1
        return Change(name, before, after, encoded, made)

    def through(self, wanted: Iterable[files.Found]) -> Iterator[files.Found]:
        """The same files, each fixed before it is handed on."""
        for found in wanted:
            data = _bytes(found.path)
            change = self.change(found, data) if data is not None else None
            if change is not None and data is not None:
                replace(found.path, data, change.data)
            yield found

    def standard_input(self, name: str | None) -> bytes:
        """What was read, fixed; it is written to the standard output, too."""
        data = sys.stdin.buffer.read()
        change = self.change(files.Found(name or "<stdin>", named=True), data)
        data = change.data if change is not None else data
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return data

    def diff(self, wanted: Iterable[files.Found], name: str | None) -> int:
        """Show what would become of the files; 1 when something would, else 0."""
        terminal = Terminal(sys.stdout)
        for found in wanted:
            if found.path == files.STDIN:
                data: bytes | None = sys.stdin.buffer.read()
                found = files.Found(name or "<stdin>", named=True)  # noqa: PLW2901  (its name)
            else:
                data = _bytes(found.path)
            change = self.change(found, data) if data is not None else None
            if change is None:
                continue
            lines = unified(change.name, change.before, change.after)
            sys.stdout.writelines(f"{line}\n" for line in painted(lines, terminal))
        return 1 if self.files else 0

    def tell(self, *, would: bool) -> None:
        """Say on stderr what was done."""
        if self.findings:
            done = "would fix" if would else "fixed"
            what = f"{counted(self.findings, 'finding')} in {counted(self.files, 'file')}"
            sys.stderr.write(f"{done} {what}\n")


def _bytes(path: str) -> bytes | None:
    """What is in a file, None for one that can't be read, which checking reports."""
    try:
        with open(path, "rb") as file:
            return file.read(LIMIT + 1)
    except OSError:
        return None


def replace(path: str, before: bytes, after: bytes) -> None:
    """Write a file as a whole or not at all; a link stays one, and the mode stays as it is.

    Raises Stop when it can't be written, or has changed since it was read.
    """
    target = os.path.realpath(path)
    reason = "" if os.access(target, os.W_OK) else "permission denied"
    if not reason and _bytes(target) != before:
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
