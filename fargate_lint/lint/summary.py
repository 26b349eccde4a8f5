"""What a run found, as reports show it."""

from __future__ import annotations

import os

from fargate_lint.lint.files import Passed
from fargate_lint.lint.finding import rank
from fargate_lint.lint.linter import Linter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.lint import registry
    from fargate_lint.lint.finding import Finding
    from fargate_lint.lint.ignore.baseline import Baseline, Entry
    from fargate_lint.lint.linter import Report
    from fargate_lint.lint.located import Located
    from fargate_lint.lint.settings.configuration import Configuration
    from fargate_lint.lint.settings.settings import Settings


class Summary:
    """What a run found: the findings to show, in the order of the files, and counts."""

    def __init__(
        self, configuration: Configuration, *, skip_unrelated: bool, quiet: bool = False
    ) -> None:
        self.skip_unrelated = skip_unrelated
        #: Whether only findings are wanted, and no words about them.
        self.quiet = quiet
        self.findings: list[Located] = []
        #: Findings that are suppressed, where `--show-suppressed` asks for them.
        self.suppressed: list[Located] = []
        #: Files checked, skipped as something else, and unreadable.
        self.files = {"checked": 0, "skipped": 0, "unreadable": 0}
        #: Task definitions by kind (`direct`, `cloudformation`, …).
        self.kinds: dict[str, int] = {}
        #: The definitions that were not judged: the file's name, and a sentence that says why.
        self.unjudged: list[tuple[str, str]] = []
        #: Findings by severity, also those below `--min-severity`.
        self.counts = {"error": 0, "warning": 0, "info": 0}
        self.hidden = 0
        #: The baseline, and those of its findings that are fixed.
        self.baseline: Baseline | None = None
        self.fixed: list[Entry] = []
        self._pending: list[tuple[Located, Settings]] = []
        self._checked: list[tuple[str, Settings]] = []
        self._configuration = configuration
        #: The settings with ignores under which a file was checked, by their id.
        self._met: dict[int, Settings] = {}
        self._failed = False
        #: Whether a rule failed.
        self.broken = False
        #: Why files were not fixed that should be: a sentence each.
        self.unwritten: list[str] = []
        #: What the search for files has passed over.
        self.passed = Passed()
        #: All rules, once the run is over.
        self.registry: registry.Registry | None = None
        self.first_skipped = ""

    def add(self, report: Report) -> None:
        """Take in the report on a file."""
        settings = self._configuration.settings(os.path.dirname(report.name))
        self.files[report.status] += 1
        if report.status == "skipped" and not self.first_skipped:
            self.first_skipped = report.name
        for kind, count in report.kinds.items():
            self.kinds[kind] = self.kinds.get(kind, 0) + count
        self.unjudged += [(report.name, why) for why in report.unjudged]
        self._account(report, settings)
        self.broken = self.broken or report.broken
        self.hidden += len(report.hidden)
        for severity in report.hidden:
            self.counts[severity] += 1
        if self.baseline is not None:
            if report.status != "skipped":
                self._checked.append((report.name, settings))
            self._pending += [(finding, settings) for finding in report.findings]
            return
        for finding in report.findings:
            self._take(finding, settings)

    def _account(self, report: Report, settings: Settings) -> None:
        """Note what a checked file needed of the ignores."""
        if not settings.ignores or report.status != "checked":
            return
        self._met[id(settings)] = settings
        relative = settings.relative(report.name)
        for index, ignore in enumerate(settings.ignores):
            ignore.met = ignore.met or ignore.covers(relative)
            ignore.used = ignore.used or index in report.ignored

    def _take(self, finding: Located, settings: Settings) -> None:
        if finding.suppression is not None:
            self.suppressed.append(finding)
            return
        self.counts[finding.severity] += 1
        if rank(finding.severity) >= rank(settings.fail_on):
            self._failed = True
        if rank(finding.severity) >= settings.floor:
            self.findings.append(finding)
        else:
            self.hidden += 1

    def finish(self, known: registry.Registry, paths: Iterable[str]) -> None:
        """Add what can be said only at the end of `paths`: ignores that expired or did nothing."""
        self.registry = known
        if self.baseline is not None:
            self._compare(self.baseline, known)
        folders = [os.path.abspath(path) for path in paths if os.path.isdir(path)]
        for settings in self._met.values():
            whole = any(_holds(folder, settings.root) for folder in folders)
            self._conclude(Linter(settings, registry=known, floor=0).review(whole=whole), settings)

    def _compare(self, baseline: Baseline, known: registry.Registry) -> None:
        """Take in the findings that the baseline hasn't, and what it has for nothing."""
        matched = baseline.match(
            finding
            for finding, settings in self._pending
            if finding.suppression is None and finding.name not in settings.locked_rules(known)
        )
        for finding, settings in self._pending:
            if id(finding) not in matched:
                self._take(finding, settings)
            elif settings.show_suppressed:
                finding.suppression = ("baseline", os.path.basename(baseline.path))
                self._take(finding, settings)
        settings = self._configuration.settings(os.path.dirname(baseline.path))
        linter = Linter(settings, registry=known, floor=0)
        # Of a locked rule an entry is good for nothing, whether its fault is still there or not.
        names = linter.names - settings.locked_rules(known)
        self.fixed = baseline.fixed(self._checked, names)
        self._conclude(linter.check_ignores(baseline.ignores(self.fixed)), settings)

    def _conclude(self, findings: Iterable[Finding], settings: Settings) -> None:
        from fargate_lint.lint.located import locate  # noqa: PLC0415  (few use ignores)

        for finding in findings:
            self.broken = self.broken or finding.rule.name == "broken-rule"
            self._take(locate(finding), settings)

    def is_locked(self, finding: Located) -> bool:
        """Whether a finding is of a rule that nothing suppresses, once the run is over."""
        settings = self._configuration.settings(os.path.dirname(finding.file))
        return self.registry is not None and finding.name in settings.locked_rules(self.registry)

    def skipped_because(self, paths: Iterable[str]) -> str:
        """Why nothing of `paths` was checked."""
        skipped = self.files["skipped"]
        if not skipped:
            listed = ", ".join(f"`{path}`" for path in paths)
            return f"no JSON, YAML, `.conf` or template files in {listed}"
        first = f"`{self.first_skipped}`"
        if skipped == 1:
            return f"{first} holds no task definition"
        return f"{skipped:,} files hold no task definition, {first} the first of them"

    def prune_hint(self, path: str) -> str:
        """That some findings of the baseline at `path` are fixed, and how to take them out."""
        known = len(self.baseline.entries) if self.baseline is not None else 0
        return (
            f"note: {len(self.fixed):,} of {known:,} findings of `{path}` are fixed: "
            f"`fargate-lint baseline --prune -o {path}`"
        )

    def status(self) -> int:
        """The exit status."""
        if self.broken:
            return 4
        if self.unwritten:
            return 2
        if self._failed:
            return 1
        return 0 if self.files["checked"] or self.skip_unrelated else 3


def _holds(folder: str, other: str) -> bool:
    return other == folder or other.startswith(folder.rstrip(os.sep) + os.sep)
