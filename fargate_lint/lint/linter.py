"""The engine: a text goes in, findings with lines and columns come out."""

from __future__ import annotations

from fargate_lint.inputs.shapes import broken
from fargate_lint.lint import files
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.document import Document, Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fargate_lint.ecs.task import Task
    from fargate_lint.lint.finding import Finding
    from fargate_lint.lint.ignore.comments import Inline
    from fargate_lint.lint.ignore.ignore import Ignore
    from fargate_lint.lint.located import Located
    from fargate_lint.lint.registry import Registry

# What every suppression in a file has.
MARK = "fargate-lint"


class Report:
    """Findings about one file, in the order of its text.

    `status` is `checked`, `skipped` (the file is something else) or `unreadable`. A pickled report
    has no `documents` and no `tasks`.
    """

    __slots__ = ("documents", "findings", "hidden", "ignored", "name", "status", "tasks")

    def __init__(
        self,
        name: str,
        status: str,
        findings: Iterable[Located] = (),
        ignored: Iterable[int] = (),
        hidden: Iterable[str] = (),
    ) -> None:
        self.name = name
        self.status = status
        self.findings = list(findings)
        #: Indices of the settings' `ignores` that suppressed something in this file.
        self.ignored = list(ignored)
        #: Severities of findings that are too light to be shown.
        self.hidden = list(hidden)
        #: The documents in the file, and the tasks that all of them define.
        self.documents: Sequence[Document] = ()
        self.tasks: Sequence[Task] = ()

    def __reduce__(self) -> tuple[type[Report], tuple[object, ...]]:
        return Report, (self.name, self.status, self.findings, self.ignored, self.hidden)

    @property
    def broken(self) -> bool:
        """Whether a rule failed on this file."""
        return any(finding.name == "broken-rule" for finding in self.findings)


class Linter:
    """The rules under one set of settings, for any number of texts.

    Findings below the weight `floor` are only counted; with `fixes`, each finding says what fixes
    it. Nothing is printed, and nothing is read but what is handed over.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        registry: Registry | None = None,
        floor: int = 0,
        fixes: bool = False,
    ) -> None:
        self.settings = settings or Settings()
        self.registry = registry or load()
        self.fixes = fixes
        self._checker = Checker(self.registry, self.settings, floor=floor)
        #: The names of the rules that apply.
        self.names = self._checker.names

    def check(
        self, name: str, data: bytes, *, chosen: bool = True, skip_unrelated: bool = False
    ) -> Report:
        """Check the bytes of a file.

        Unless the file was `chosen` (rather than found in a folder), one that is nothing of ours is
        skipped; with `skip_unrelated`, also one that was chosen.
        """
        if not chosen and not files.may_be_ours(name, data, self.registry.shapes):
            return Report(name, "skipped")
        documents = self._documents(name, data, chosen=chosen)
        tasks = [self._checker.tasks(document) for document in documents]
        if not any(tasks) and not any(map(_is_ours, documents)):
            if not chosen or (skip_unrelated and not _seems_related(documents)):
                return Report(name, "skipped")
            from fargate_lint.inputs import detect  # noqa: PLC0415  (for few files)

            detect.say_other(name, documents)
            return self._report(name, "unreadable", documents, tasks)
        return self._report(name, "checked", documents, tasks)

    def _documents(self, name: str, data: bytes, *, chosen: bool) -> list[Document]:
        if chosen and b"aws ecs " in data:
            from fargate_lint.inputs import detect  # noqa: PLC0415  (for few files)

            script = detect.script(name, data)
            if script is not None:
                return [script]
        from fargate_lint.source.read import read  # noqa: PLC0415  (not for skipped files)

        documents = read(name, data)
        if chosen and self.settings.fluent_bit and name.lower().endswith(".conf"):
            return [_as_configuration(document) for document in documents]
        return documents

    def unreadable(self, name: str, reason: str) -> Report:
        """The report on a file that can't be read."""
        fault = Fault("unreadable", f"`{name}` can't be read: {reason}", 0, 0, fatal=True)
        return self._report(name, "unreadable", [Document(name, "text", "", faults=[fault])], [[]])

    def _report(
        self, name: str, status: str, documents: list[Document], tasks: list[list[Task]]
    ) -> Report:
        ignored: set[int] = set()
        self._checker.hidden()
        findings = [
            finding
            for document, inside in zip(documents, tasks, strict=True)
            for finding in self.judge(document, inside, ignored)
        ]
        report = Report(name, status, ignored=ignored, hidden=self._checker.hidden())
        report.documents, report.tasks = documents, [task for inside in tasks for task in inside]
        if findings:
            from fargate_lint.lint.located import locate  # noqa: PLC0415  (only for what is found)

            report.findings = [locate(finding, fixes=self.fixes) for finding in findings]
            report.findings.sort(key=lambda found: (found.start, found.code, found.message))
        return report

    def judge(
        self, document: Document, tasks: list[Task] | None = None, ignored: set[int] | None = None
    ) -> list[Finding]:
        """The findings about a document that are not suppressed.

        Adds to `ignored` the indices of the settings' `ignores` that suppressed something.
        """
        checker, settings = self._checker, self.settings
        tasks = self._checker.tasks(document) if tasks is None else tasks
        inline = self._inline(document, tasks)
        if inline:
            # A suppression of what isn't shown is used all the same.
            checker.weigh_from(0)
            findings = checker.check(document, tasks)
            checker.weigh_from(checker.floor)
        else:
            findings = checker.check(document, tasks)
        if inline or (findings and (settings.ignores or settings.per_file_ignores)):
            from fargate_lint.lint.ignore import suppress  # noqa: PLC0415  (few files need it)

            used = set() if ignored is None else ignored
            findings = suppress.suppress(findings, document, settings, self.registry, used, inline)
            if inline:
                suppress.judge_inline(inline, self.registry, self.names)
                findings += checker.check_ignores(inline)
        return findings

    def _inline(self, document: Document, tasks: list[Task]) -> list[Inline]:
        if MARK not in document.text:
            return []
        from fargate_lint.lint.ignore.comments import inline  # noqa: PLC0415  (few files have any)

        return inline(document, tasks, self.settings, self.registry)

    def review(self, *, whole: bool) -> list[Finding]:
        """The findings about the settings' `ignores`, once files were checked under them.

        `whole` says that these were all files of the configuration's folder.
        """
        from fargate_lint.lint.ignore import suppress  # noqa: PLC0415  (few use ignores)

        suppress.judge(self.settings.ignores, self.registry, self.names, whole=whole)
        return self.check_ignores(self.settings.ignores)

    def check_ignores(self, ignores: Iterable[Ignore]) -> list[Finding]:
        """The findings about suppressions, once they are judged."""
        return self._checker.check_ignores(ignores)


def _is_ours(document: Document) -> bool:
    """Whether a document is checked although it holds no task definition."""
    if broken(document):
        return True
    if document.syntax in {"json", "text"}:
        return False
    from fargate_lint.inputs import detect  # noqa: PLC0415  (for few files)

    return document.syntax == "script" or detect.is_fluent_bit(document)


def _as_configuration(document: Document) -> Document:
    """A `.conf` file that is named together with a version of Fluent Bit, whatever is in it."""
    if document.syntax != "text" or any(fault.fatal for fault in document.faults):
        return document
    from fargate_lint.source import classic_document  # noqa: PLC0415  (for few files)

    return classic_document.read(document.name, document.text, document.faults)


def _seems_related(documents: list[Document]) -> bool:
    return any(
        fault.fatal and files.WORDS.search(document.text.encode("utf-8", "replace"))
        for document in documents
        for fault in document.faults
    )
