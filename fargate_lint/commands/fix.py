"""`check --fix` and `check --diff`: make the fixes in files, or show what would become of them."""

from __future__ import annotations

import sys

from fargate_lint.commands.streams import content, put
from fargate_lint.lint import files
from fargate_lint.lint.diff import unified
from fargate_lint.report.findings.diff import painted
from fargate_lint.report.findings.text import counted
from fargate_lint.report.terminal import Terminal
from fargate_lint.source.encoding import encode
from fargate_lint.source.text import decode
from fargate_lint.source.writing import rewrite
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from fargate_lint.lint.batch import Batch


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
    """A file that fixes change: its name, its text before and after, and its bytes afterwards."""

    __slots__ = ("after", "before", "data", "name")

    def __init__(self, name: str, before: str, after: str, data: bytes) -> None:
        self.name = name
        self.before = before
        self.after = after
        self.data = data


class Fixing:
    """One run: how many findings it has fixed, in how many files."""

    def __init__(self, batch: Batch, *, unsafe: bool) -> None:
        self._batch = batch
        self._unsafe = unsafe
        self.findings = 0
        self.files = 0

    def change(self, found: files.Found, data: bytes) -> Change | None:
        """What becomes of a file, None when nothing does."""
        report = self._batch.linter(found.path).check(found.path, data, chosen=found.named)
        before = report.document.text if report.document is not None else ""
        after, made = report.fixing(unsafe=self._unsafe)
        encoded = encode(after, before, data) if after != before else None
        if encoded is None:
            return None
        self.findings += len(made)
        self.files += 1
        return Change(found.path, before, after, encoded)

    def through(self, wanted: Iterable[files.Found]) -> Iterator[files.Found]:
        """The same files, each fixed before it is handed on."""
        for found in wanted:
            data = _bytes(found.path)
            change = self.change(found, data) if data is not None else None
            if change is not None and data is not None:
                rewrite(found.path, data, change.data)
            yield found

    def standard_input(self, name: str | None) -> bytes:
        """What was read, fixed; it is written to the standard output, too."""
        data = content(files.STDIN)
        change = self.change(files.Found(name or files.called(files.STDIN), named=True), data)
        if change is None:
            put(data, decode(data)[0])
            return data
        put(change.data, change.after)
        return change.data

    def diff(self, wanted: Iterable[files.Found], name: str | None) -> int:
        """Show what would become of the files; 1 when something would, else 0."""
        terminal = Terminal(sys.stdout)
        for found in wanted:
            data = _bytes(found.path)
            if found.path == files.STDIN:
                found = files.Found(name or files.called(files.STDIN), named=True)  # noqa: PLW2901  (its name)
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
        return content(path)
    except Stop:
        return None
