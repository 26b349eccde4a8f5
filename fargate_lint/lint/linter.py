"""The engine: a text goes in, findings with lines and columns come out."""

from __future__ import annotations

import os

from fargate_lint.inputs.shapes import broken, first_cases
from fargate_lint.lint import files
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.finding import rank
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.document import Document, Fault
from fargate_lint.source.once import once
from fargate_lint.source.text import encoded
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fargate_lint.ecs.definition import Definition
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

    `status` is `checked`, `skipped` (the file is something else) or `unreadable` (so is this one,
    but it was chosen; or it can't be parsed). A pickled report has no `documents` and no `tasks`.
    """

    __slots__ = (
        "_linter", "documents", "findings", "hidden", "ignored", "kinds", "name", "status", "tasks",
        "unjudged",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        status: str,
        findings: Iterable[Located] = (),
        ignored: Iterable[int] = (),
        hidden: Iterable[str] = (),
        kinds: Mapping[str, int] | None = None,
        unjudged: Iterable[str] = (),
        linter: Linter | None = None,
    ) -> None:
        #: The name of the file.
        self.name = name
        #: `checked`, `skipped` or `unreadable`.
        self.status = status
        #: The findings to show, in the order of the text.
        self.findings = list(findings)
        #: Indices of the settings' `ignores` that suppressed something in this file.
        self.ignored = list(ignored)
        #: Severities of findings that are too light to be shown.
        self.hidden = list(hidden)
        #: How many task definitions there are of each kind (`direct`, `cloudformation`, …).
        self.kinds = dict(kinds or {})
        #: Of each definition whose containers aren't known: a sentence that says so.
        self.unjudged = list(unjudged)
        #: The documents in the file.
        self.documents: Sequence[Document] = ()
        #: The tasks that they define.
        self.tasks: Sequence[Task] = ()
        self._linter = linter

    @property
    def document(self) -> Document | None:
        """The first document in the file, which has its text; None for a skipped file."""
        return self.documents[0] if self.documents else None

    @property
    def definitions(self) -> list[Definition]:
        """The task definitions in the file, in order."""
        return [task.definition for task in self.tasks]

    def fixed(self, *, unsafe: bool = False) -> str:
        """The text of the file with its findings fixed as `check --fix` does it, also as it was.

        With `unsafe`, fixes are made that may change how a task behaves. "" for a skipped file.
        Raises ValueError for a report that was pickled or copied: it has lost the text.
        """
        if self.document is None and self.status != "skipped":
            raise ValueError("a report that was pickled or copied has no text to fix")
        return self.fixing(unsafe=unsafe)[0]

    def fixing(self, *, unsafe: bool = False) -> tuple[str, list[Finding]]:
        """The text as `fixed` gives it, and the findings that it fixes."""
        text = self.document.text if self.document is not None else ""
        if not (self.tasks and self._linter and any(each.fixable for each in self.findings)):
            return text, []
        return self._linter.fixed(self.name, text, unsafe=unsafe)

    def __reduce__(self) -> tuple[type[Report], tuple[object, ...]]:
        kept = self.name, self.status, self.findings, self.ignored, self.hidden
        return Report, (*kept, self.kinds, self.unjudged)

    @property
    def broken(self) -> bool:
        """Whether a rule, or something of a plugin, failed on this file."""
        return any(finding.name == "broken-rule" for finding in self.findings)


class Linter:
    """The rules under one set of settings, for any number of texts.

    `registry` holds the rules, those of installed plugins included unless it is given. Findings
    below the weight `floor` (default: what the settings hide) are only counted; with `fixes`, each
    finding says what fixes it, which takes its time. Nothing is printed, and nothing is read but
    what is handed over and, with `beside`, the files that a configuration of Fluent Bit includes
    from its folder. Threads need a linter each. Raises Stop for settings that no configuration
    could have.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        registry: Registry | None = None,
        floor: int | None = None,
        fixes: bool = True,
        beside: bool = False,
    ) -> None:
        self.registry = registry or load()
        self.settings = settings or Settings()
        if settings is not None and not settings.checked:
            from fargate_lint.lint.settings.made import checked  # noqa: PLC0415  (of other programs)

            self.settings = checked(settings, self.registry)
        self.fixes = fixes
        self._beside = beside
        self._floor = self.settings.floor if floor is None else floor
        self._checker = Checker(self.registry, self.settings, floor=self._floor, beside=beside)
        #: The names of the rules that apply.
        self.names = self._checker.names
        #: What is wrong with plugins, and which configurations' plugins were not loaded.
        self.problems = self.registry.problems[:]

    @classmethod
    def for_path(cls, path: str, *, plugins: bool = False) -> Linter:
        """The linter for a file or folder, with its configuration.

        With `plugins`, those are loaded that the configuration names: they are code, so ask for
        them only where you trust the folder. Raises Stop for a configuration that is wrong.
        """
        from fargate_lint.lint.settings.configuration import Configuration  # noqa: PLC0415  (on request)

        configuration = Configuration({}, trust="all" if plugins else "none")
        registry = load(*configuration.plugins([path]))
        configuration.validate(registry)
        folder = path if os.path.isdir(path) else os.path.dirname(path)
        linter = cls(configuration.settings(folder), registry=registry, beside=True)
        linter.problems += [
            f"the plugins that `{name}` names are left out: they are code that nobody asked for"
            for name in configuration.withheld
        ]
        return linter

    def check(
        self, name: str, data: bytes | str, *, chosen: bool = True, skip_unrelated: bool = False
    ) -> Report:
        """The report on a file, of which `data` are the bytes or the text.

        Its name tells the syntax, and is what findings and suppressions call it. A file without a
        task definition or a configuration of Fluent Bit is skipped, unless it was `chosen` (named,
        not found in a folder). With `skip_unrelated` it is skipped even then, but for a file with
        syntax errors that seems to be such a file.
        """
        data = encoded(data)
        if not chosen and not files.may_be_ours(name, data, self.registry.shapes):
            return Report(name, "skipped")
        documents = self._documents(name, data, chosen=chosen)
        tasks = [self.registry.tasks(document, beside=self._beside) for document in documents]
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

    def unreadable(self, name: str, message: str) -> Report:
        """The report on a file that can't be read, as the message says."""
        fault = Fault("unreadable", message, 0, 0, fatal=True)
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
        report = Report(name, status, ignored=ignored, hidden=self._checker.hidden(), linter=self)
        # Those below the floor are here where ignores were to be met.
        report.hidden += [one.severity for one in findings if not self._shows(one)]
        findings = [one for one in findings if self._shows(one)]
        report.documents, report.tasks = documents, [task for inside in tasks for task in inside]
        for task in first_cases(report.tasks):
            kind = task.definition.kind
            report.kinds[kind] = report.kinds.get(kind, 0) + 1
            containers = task.value.get("containerDefinitions")
            if isinstance(containers, Unknown):
                report.unjudged.append(_unjudged(task, containers))
        if findings:
            report.findings = self._located(findings)
            report.findings.sort(key=lambda found: (found.start, found.code, found.message))
        return report

    def _located(self, findings: list[Finding]) -> list[Located]:
        from fargate_lint.lint.located import locate  # noqa: PLC0415  (only for what is found)

        located = []
        broken: dict[str, Finding] = {}
        for finding in findings:
            plugin = finding.task.definition.plugin if finding.task is not None else ""
            try:
                # Whether a plugin can make its fixes is to be known before `--fix` makes them.
                found = locate(finding, fixes=self.fixes or bool(plugin))
            except Exception as error:
                if not plugin:
                    raise
                document = finding.place.lens.document
                for one in self._checker.broken_definition(document, plugin, error):
                    broken[one.message] = one
                continue
            if not self.fixes:
                found.fix = None
            located.append(found)
        return located + [locate(finding) for finding in broken.values()]

    def _shows(self, finding: Finding) -> bool:
        return finding.suppression is not None or rank(finding.severity) >= self._floor

    def fixed(self, name: str, text: str, *, unsafe: bool) -> tuple[str, list[Finding]]:
        """A text with the findings fixed that are shown and not suppressed, and what they were."""
        from fargate_lint.lint.fixing import fixed  # noqa: PLC0415  (on request)

        def judge(document: Document) -> list[Finding]:
            found = self.judge(document)
            return [one for one in found if one.suppression is None and self._shows(one)]

        return fixed(name, text, judge, unsafe=unsafe)

    def judge(
        self, document: Document, tasks: list[Task] | None = None, ignored: set[int] | None = None
    ) -> list[Finding]:
        """The findings about a document that are not suppressed.

        Adds to `ignored` the indices of the settings' `ignores` that suppressed something.
        """
        if tasks is None:
            tasks = self.registry.tasks(document, beside=self._beside)
        try:
            return self._judge(document, tasks, ignored)
        except Exception as error:
            plugin = next((each.definition.plugin for each in tasks if each.definition.plugin), "")
            if not plugin:
                raise
            return self._checker.broken_definition(document, plugin, error)

    def _judge(
        self, document: Document, tasks: list[Task], ignored: set[int] | None
    ) -> list[Finding]:
        checker, settings = self._checker, self.settings
        inline = self._inline(document, tasks)
        if inline:
            # A suppression of what isn't shown is used all the same.
            checker.weigh_from(0)
            try:
                findings = checker.check(document, tasks)
            finally:
                checker.weigh_from(checker.floor)
        else:
            findings = checker.check(document, tasks)
        if inline or (findings and (settings.ignores or settings.per_file_ignores)):
            from fargate_lint.lint.ignore import suppress  # noqa: PLC0415  (few files need it)

            used = set() if ignored is None else ignored
            findings = suppress.suppress(findings, document, settings, self.registry, used, inline)
            if inline:
                suppress.judge_inline(inline, self.registry, self.names)
                about = checker.check_ignores(inline)
                findings += suppress.suppress(about, document, settings, self.registry, used)
        return findings

    def _inline(self, document: Document, tasks: list[Task]) -> list[Inline]:
        if not _has_mark(document.text):
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


def _unjudged(task: Task, containers: Unknown) -> str:
    """Why a definition is not judged."""
    definition = task.definition
    member = definition.step(("containerDefinitions",))
    source = containers.text.removeprefix("${").removesuffix("}") or "elsewhere"
    what = f"`{definition.address or task.family}`" if definition.address or task.family else "it"
    return f"{what} is not judged: its `{member}` comes from `{source}`"


@once
def _has_mark(text: str) -> bool:
    """Whether a text may have suppressions: asked for each of its documents."""
    return MARK in text


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
