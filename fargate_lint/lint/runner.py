"""Checking: documents through rules, files through documents, many files through processes."""

from __future__ import annotations

import os
from itertools import chain, islice

from fargate_lint.inputs import detect
from fargate_lint.inputs.shapes import tasks as tasks_of
from fargate_lint.launch import concerns, forget, launch_of
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint import files
from fargate_lint.lint.finding import Finding, Place, rank
from fargate_lint.lint.located import locate
from fargate_lint.lint.resolve import resolve
from fargate_lint.source.document import Document, Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.ecs.task import Task
    from fargate_lint.launch import Launch
    from fargate_lint.launch.pipeline import Pipeline
    from fargate_lint.lint.ignore.comments import Inline
    from fargate_lint.lint.ignore.ignore import Ignore
    from fargate_lint.lint.located import Located
    from fargate_lint.lint.registry import Entry, Registry
    from fargate_lint.lint.rule import Rule
    from fargate_lint.lint.settings.settings import Settings

    Check = tuple[Rule, Callable[[object], None]]

# Files of one team are alike: so many kinds of them are remembered.
KINDS_KEPT = 256
# What every suppression in a file has.
MARK = "fargate-lint"
# Below this many files, starting processes takes longer than checking.
PARALLEL_FROM = 64


class Checker:
    """The rules that apply under one set of settings, ready to visit documents."""

    def __init__(self, registry: Registry, settings: Settings, *, floor: int = 0) -> None:
        self.registry = registry
        #: Whether somebody wants to know what fixes a finding.
        self.fixes = False
        self.settings = settings
        # An ignore that only suppresses what isn't shown is used all the same.
        self._floor = self._least = 0 if settings.ignores else floor
        self._entries = [
            entry
            for entry in settings.selected(registry)
            if not entry.inputs or any(getattr(settings, name) for name in entry.inputs)
        ]
        #: The names of the rules that apply.
        self.names = frozenset(entry.name for entry in self._entries)
        self._made: dict[Entry, Rule] = {}
        self._locked = settings.locked_rules(registry)
        # Where all rules put what they find.
        self._found: list[Finding] = []
        self._hidden: list[str] = []
        # Members that decide whether some rules have anything to say about a document.
        self._telling = frozenset().union(*(entry.members for entry in self._entries))
        self._checks: dict[frozenset[str], dict[tuple[str, bool, bool], list[Check]]] = {}
        self._follows = any("pipeline" in entry.nodes for entry in self._entries)
        self._broken_rule: Rule | None = None
        self._task: Task | None = None

    @property
    def rules(self) -> list[Rule]:
        """The rules that apply, all loaded."""
        return [self._rule(entry) for entry in self._entries]

    def _rule(self, entry: Entry) -> Rule:
        rule = self._made.get(entry)
        if rule is None:
            rule = self._made[entry] = entry.rule(self.settings)
            rule.floor = self._least
            rule.findings = self._found
        return rule

    def _for(
        self, lens: Definition | Document, node: str, *, problems: bool = True, agent: bool = True
    ) -> list[Check]:
        """The rules that visit a kind of node and may have something to say about what is shown.

        Without `problems`, nothing was noted that some rules only tell of; without `agent`, the
        task has nothing to do with Alert Logic.
        """
        present = self._telling.intersection(lens.names)
        checks = self._checks.get(present)
        if checks is None:
            if len(self._checks) >= KINDS_KEPT:
                self._checks.clear()
            checks = self._checks[present] = {}
        found = checks.get((node, problems, agent))
        if found is None:
            found = checks[node, problems, agent] = [
                (rule, getattr(rule, "check_" + node))
                for entry in self._entries
                if node in entry.nodes
                and (problems or not entry.of_problems)
                and (agent or not entry.alert_logic)
                and (not entry.members or not entry.members.isdisjoint(present))
                for rule in (self._rule(entry),)
            ]
        return found

    def check(self, document: Document, tasks: list[Task] | None = None) -> list[Finding]:
        """All findings about a document; `tasks` are its task definitions, where they are known."""
        self._visit(
            self._for(document, "document", problems=bool(document.faults)), document, document
        )
        for task in tasks_of(document, self.registry.shapes) if tasks is None else tasks:
            self._task = task
            definition = task.definition
            agent = self.settings.require_agent or sidecars(task).alert_logic
            self._visit(self._for(definition, "task", agent=agent), task, document)
            of_container = self._for(definition, "container", agent=agent)
            for container in task.containers:
                self._visit(of_container, container, document)
            if concerns(task):
                launch = launch_of(task, self.settings.fluent_bit)
                problems = not launch.as_recommended
                self._visit(
                    self._for(definition, "launch", problems=problems, agent=agent),
                    launch,
                    document,
                )
                self._follow(document, launch)
        self._task = None
        if detect.is_fluent_bit(document):
            self._follow(document)
        return self._collect(self._ignored_in(document))

    def _ignored_in(self, document: Document) -> Collection[str]:
        """The names of the rules that the configuration ignores in a file."""
        if not self.settings.per_file_ignores:
            return ()
        from fargate_lint.lint.ignore.suppress import ignored_in  # noqa: PLC0415  (few need it)

        rules = ignored_in(document, self.settings, self.registry)
        return {rule.name for rule in rules} - self._locked

    def _follow(self, document: Document, launch: Launch | None = None) -> None:
        """Visit what Fluent Bit makes of a launch, or of the document itself."""
        if not self._follows:
            return
        lens = launch.lens if launch is not None else document
        try:
            pipeline = launch.pipeline if launch is not None else self._alone(document)
        except Exception as error:  # noqa: BLE001  (a bug of the simulator is one more of ours)
            self._broken(self._for(lens, "pipeline")[0][0], error, document)
            return
        if pipeline is not None:
            self._visit(
                self._for(lens, "pipeline", problems=bool(pipeline.problems)),
                pipeline,
                document,
            )

    def _alone(self, document: Document) -> Pipeline:
        from fargate_lint.inputs.fluent_bit import pipeline  # noqa: PLC0415  (for few files)

        return pipeline(document, self.settings.fluent_bit)

    def judge(
        self, document: Document, tasks: list[Task] | None = None, ignored: set[int] | None = None
    ) -> list[Finding]:
        """What stays of the findings about a document when all suppressions are done.

        Adds to `ignored` the indices of the settings' `ignores` that suppressed something.
        """
        tasks = tasks_of(document, self.registry.shapes) if tasks is None else tasks
        inline = _inline(document, tasks, self)
        if inline:
            # A suppression of what isn't shown is used all the same.
            self._weigh_from(0)
            findings = self.check(document, tasks)
            self._weigh_from(self._floor)
        else:
            findings = self.check(document, tasks)
        if inline or (findings and (self.settings.ignores or self.settings.per_file_ignores)):
            from fargate_lint.lint.ignore import suppress  # noqa: PLC0415  (few files need it)

            findings = suppress.suppress(
                findings,
                document,
                self.settings,
                self.registry,
                set() if ignored is None else ignored,
                inline,
            )
            if inline:
                suppress.judge_inline(inline, self)
                findings += self.check_ignores(inline)
        return findings

    def _weigh_from(self, floor: int) -> None:
        for rule in self._made.values():
            rule.floor = floor
        self._least = floor

    def check_ignores(self, ignores: Iterable[Ignore]) -> list[Finding]:
        """All findings about the `[[ignore]]` entries of the configuration, once a run is over."""
        for ignore in ignores:
            self._visit(self._for(ignore.document, "ignore"), ignore, ignore.document)
        return self._collect()

    def _visit(self, checks: list[Check], node: object, document: Document) -> None:
        task = self._task
        for rule, method in checks:
            rule.task = task
            try:
                method(node)
            except Exception as error:  # noqa: BLE001  (a broken rule must not stop the others)
                self._broken(rule, error, document)

    def _broken(self, rule: Rule, error: Exception, document: Document) -> None:
        from fargate_lint import __version__  # noqa: PLC0415  (never in a run without a bug)

        plugin = self.registry.plugin_of(type(rule))
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = (
            f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
            if trace
            else ""
        )
        if self._broken_rule is None:
            self._broken_rule = self.registry.named("broken-rule")(self.settings)
            self._broken_rule.findings = self._found
        self._broken_rule.add(
            f"rule `{rule.name}` of plugin `{plugin}` failed: {type(error).__name__} at {where}",
            Place(document),
            help=f"please report this to the authors of `{plugin}` (fargate-lint {__version__})",
        )

    def hidden(self) -> list[str]:
        """The severities of findings since the last call that had less weight than the floor."""
        found = self._hidden[:]
        self._hidden.clear()
        return found

    def _collect(self, ignored: Collection[str] = ()) -> list[Finding]:
        # Rules are made when they are first needed; what they say has an order of its own.
        found = sorted(self._found, key=lambda finding: finding.rule.code)
        self._found.clear()
        if len(found) > 1:
            found = resolve(found, self._locked, ignored)
        shown = []
        for finding in found:
            if rank(finding.severity) < self._least:
                self._hidden.append(finding.severity)
            else:
                shown.append(finding)
        return shown


def _inline(document: Document, tasks: list[Task], checker: Checker) -> list[Inline]:
    if MARK not in document.text:
        return []
    from fargate_lint.lint.ignore.comments import inline  # noqa: PLC0415  (few files have any)

    return inline(document, tasks, checker.settings, checker.registry)


class Result:
    """What came of one file: `status` is `checked`, `skipped` (something else) or `unreadable`."""

    __slots__ = ("findings", "hidden", "ignored", "path", "status")

    def __init__(
        self,
        path: str,
        status: str,
        findings: list[Located],
        ignored: Iterable[int] = (),
        hidden: Iterable[str] = (),
    ) -> None:
        self.path = path
        self.status = status
        self.findings = findings
        #: Indices of the settings' `ignores` that suppressed something in this file.
        self.ignored = list(ignored)
        #: Severities of findings that are too light to be shown.
        self.hidden = list(hidden)

    @property
    def broken(self) -> bool:
        """Whether a rule failed on this file."""
        return any(finding.name == "broken-rule" for finding in self.findings)


def check_file(
    found: files.Found,
    checker: Checker,
    *,
    data: bytes | None = None,
    name: str = "",
    skip_unrelated: bool = False,
) -> Result:
    """Check one file, or `data` in its place, called `name` rather than by its path."""
    name = name or found.path
    documents = None
    script = None
    if data is None:
        try:
            data = _bytes(found.path)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            fault = Fault("unreadable", f"`{name}` can't be read: {reason}", 0, 0, fatal=True)
            documents = [Document(name, "text", "", faults=[fault])]
    if documents is None:
        if not found.named and not files.may_be_ours(name, data or b"", checker.registry.shapes):
            return Result(name, "skipped", [])
        from fargate_lint.source.read import read  # noqa: PLC0415  (not for files passed over)

        script = detect.script(name, data or b"") if found.named else None
        documents = [script] if script is not None else read(name, data or b"")
        if found.named and checker.settings.fluent_bit and name.lower().endswith(".conf"):
            documents = [as_configuration(document) for document in documents]
    tasks = [tasks_of(document, checker.registry.shapes) for document in documents]
    related = script is not None or any(tasks) or any(map(detect.is_fluent_bit, documents))
    if not related:
        if not found.named or (skip_unrelated and not _seems_related(documents)):
            return Result(name, "skipped", [])
        detect.say_other(name, documents)
    located: list[Located] = []
    ignored: set[int] = set()
    for document, of_document in zip(documents, tasks, strict=True):
        found_here = checker.judge(document, of_document, ignored)
        located += [locate(finding, fixes=checker.fixes) for finding in found_here]
        # Circles take the collector a fifth of the time of a check.
        document.mask = None
        for task in of_document:
            forget(task)
    located.sort(key=lambda finding: (finding.start, finding.code, finding.message))
    status = "checked" if related else "unreadable"
    return Result(name, status, located, ignored, checker.hidden())


def as_configuration(document: Document) -> Document:
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


def _bytes(path: str) -> bytes:
    from fargate_lint.source.text import LIMIT  # noqa: PLC0415  (not needed for standard input)

    with open(path, "rb") as file:
        return file.read(LIMIT + 1)


class Batch:
    """What a process needs to check files on its own: how to make the registry, and the settings.

    `settings_of` gives the settings for a file's folder, `fixes` asks what fixes the findings.
    """

    __slots__ = ("_checkers", "fixes", "registry", "settings_of", "skip_unrelated")

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
        self._checkers: dict[int, Checker] = {}

    def checker(self, path: str) -> Checker:
        """The checker for the settings that apply to a file."""
        settings = self.settings_of(os.path.dirname(path))
        checker = self._checkers.get(id(settings))
        if checker is None:
            checker = Checker(self.registry, settings, floor=settings.floor)
            checker.fixes = self.fixes
            self._checkers[id(settings)] = checker
        return checker

    def check(self, found: files.Found) -> Result:
        """Check one file."""
        return check_file(found, self.checker(found.path), skip_unrelated=self.skip_unrelated)

    def run(self, wanted: Iterable[files.Found], jobs: int) -> Iterator[Result]:
        """Check files in their order, in `jobs` processes when there are enough of them."""
        rest = iter(wanted)
        first = list(islice(rest, PARALLEL_FROM))
        if jobs > 1 and len(first) == PARALLEL_FROM:
            from fargate_lint.lint.parallel import run  # noqa: PLC0415  (only for many files)

            yield from run(self, chain(first, rest), jobs)
        else:
            for found in chain(first, rest):
                yield self.check(found)
