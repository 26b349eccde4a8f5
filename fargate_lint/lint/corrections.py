"""Fixing many files, one after the other."""

from __future__ import annotations

from fargate_lint.source.encoding import encode
from fargate_lint.source.read import content
from fargate_lint.source.writing import rewrite
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fargate_lint.lint import files
    from fargate_lint.lint.batch import Batch


class Change:
    """A file that fixes change: its name, its text before and after, its bytes afterwards, and
    the number of findings that are fixed.
    """

    __slots__ = ("after", "before", "data", "findings", "name")

    def __init__(self, name: str, before: str, after: str, data: bytes, findings: int) -> None:
        self.name = name
        self.before = before
        self.after = after
        self.data = data
        self.findings = findings


class Fixing:
    """One run that fixes files: how many findings, in how many files, and what couldn't be done."""

    def __init__(self, batch: Batch, *, unsafe: bool) -> None:
        self._batch = batch
        self._unsafe = unsafe
        self.findings = 0
        self.files = 0
        #: Why files that have fixes are as they were: a sentence each.
        self.unwritten: list[str] = []

    def change(self, found: files.Found, data: bytes) -> Change | None:
        """The change that fixes make to a file; None when they change nothing."""
        report = self._batch.linter(found.path).check(found.path, data, chosen=found.named)
        before = report.document.text if report.document is not None else ""
        after, made = report.fixing(unsafe=self._unsafe)
        encoded = encode(after, before, data) if after != before else None
        if encoded is None:
            return None
        return Change(found.path, before, after, encoded, len(made))

    def count(self, change: Change) -> None:
        """Count a change that is made, or shown."""
        self.findings += change.findings
        self.files += 1

    def through(self, wanted: Iterable[files.Found]) -> Iterator[files.Found]:
        """The same files, each fixed before it is handed on."""
        for found in wanted:
            try:
                data = content(found.path)
            except Stop:
                # Checking reports it.
                yield found
                continue
            change = self.change(found, data)
            if change is not None:
                try:
                    rewrite(found.path, data, change.data)
                except Stop as stop:
                    # Its findings are shown, and the other files fixed.
                    self.unwritten.append(stop.message)
                else:
                    self.count(change)
            yield found
