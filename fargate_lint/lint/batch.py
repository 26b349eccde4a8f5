"""Many files, one after the other or in several processes."""

from __future__ import annotations

import os
from itertools import chain, islice

from fargate_lint.lint.linter import Linter, Report
from fargate_lint.source.read import content
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fargate_lint.lint.cache import Cache
    from fargate_lint.lint.files import Found
    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.settings.settings import Settings

# Below this many files, starting processes takes longer than checking.
PARALLEL_FROM = 64


class Batch:
    """What a process needs to check files on its own: the registry, and the settings of folders.

    `settings_of` gives the settings for a file's folder, `fixes` asks what fixes the findings.
    """

    __slots__ = (
        "_cache", "_linters", "cached", "fixes", "registry", "settings_of", "skip_unrelated",
    )  # fmt: skip

    def __init__(
        self,
        registry: Registry,
        settings_of: Callable[[str], Settings],
        *,
        skip_unrelated: bool = False,
        fixes: bool = False,
    ) -> None:
        self.registry = registry
        self.settings_of = settings_of
        self.skip_unrelated = skip_unrelated
        self.fixes = fixes
        #: Whether reports on several files are kept for the next run.
        self.cached = False
        self._cache: Cache | None = None
        self._linters: dict[int, Linter] = {}

    def linter(self, path: str) -> Linter:
        """The linter with the settings that apply to a file."""
        settings = self.settings_of(os.path.dirname(path))
        linter = self._linters.get(id(settings))
        if linter is None:
            linter = self._linters[id(settings)] = Linter(
                settings, registry=self.registry, fixes=self.fixes, beside=True
            )
        return linter

    def check(self, found: Found, data: bytes | None = None) -> Report:
        """Check a file, or `data` in its place; the report is without documents and tasks."""
        if data is None:
            try:
                data = content(found.path)
            except Stop as stop:
                if not found.named or self.skip_unrelated:
                    return Report(found.path, "skipped")
                return self.linter(found.path).unreadable(found.path, stop.message)
        settings = self.settings_of(os.path.dirname(found.path))
        if self._cache is not None:
            kept = self._cache.find(found, data, settings)
            if kept is not None:
                return kept
        report = self.linter(found.path).check(
            found.path, data, chosen=found.named, skip_unrelated=self.skip_unrelated
        )
        if self._cache is not None:
            self._cache.keep(report, found, data, settings)
        report.documents = report.tasks = ()
        return report

    def run(self, wanted: Iterable[Found], jobs: int) -> Iterator[Report]:
        """Check files in their order, in `jobs` processes when there are enough of them."""
        rest = iter(wanted)
        first = list(islice(rest, PARALLEL_FROM))
        # One file is checked in the time that it takes to load what keeps its report.
        if self.cached and len(first) > 1:
            from fargate_lint.lint.cache import Cache  # noqa: PLC0415  (only for several files)

            self._cache = Cache(self.registry, (self.skip_unrelated, self.fixes))
        if jobs > 1 and len(first) == PARALLEL_FROM:
            from fargate_lint.lint.parallel import run  # noqa: PLC0415  (only for many files)

            yield from run(self.check, chain(first, rest), jobs)
        else:
            for found in chain(first, rest):
                yield self.check(found)
