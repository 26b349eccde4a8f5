"""Rules at work: those that apply under one set of settings, visiting documents."""

from __future__ import annotations

from fargate_lint.ecs.shape import shape_of
from fargate_lint.inputs import shapes
from fargate_lint.launch import concerns, launch_of
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.context import EVIDENCE
from fargate_lint.lint.finding import Finding, Place, rank
from fargate_lint.lint.rule import MOST, Enough

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.ecs.task import Task
    from fargate_lint.launch import Launch
    from fargate_lint.launch.pipeline import Pipeline
    from fargate_lint.lint.context import Context
    from fargate_lint.lint.ignore.ignore import Ignore
    from fargate_lint.lint.registry import Entry, Registry
    from fargate_lint.lint.rule import Rule
    from fargate_lint.lint.settings.settings import Settings
    from fargate_lint.source.document import Document

    Check = tuple[Rule, Callable[..., None]]

# Files of one team are alike: so many kinds of them are remembered.
KINDS_KEPT = 256


def _works(entry: Entry, context: Context) -> bool:
    """Whether a rule has something to work with."""
    return not entry.inputs or any(getattr(context, name) for name in entry.inputs)


def _given(context: Context) -> tuple[str, ...]:
    """The members of the evidence that there is something of."""
    return tuple(name for name in EVIDENCE if getattr(context, name))


class Checker:
    """The rules that apply under one set of settings, ready to visit documents.

    Findings below the weight `floor` are only counted; with `beside`, the files that a
    configuration of Fluent Bit includes are read from its folder.
    """

    def __init__(
        self, registry: Registry, settings: Settings, *, floor: int = 0, beside: bool = True
    ) -> None:
        self.registry = registry
        self.settings = settings
        self._beside = beside
        self._context = settings.context
        # An ignore that only suppresses what isn't shown is used all the same.
        self.floor = self._least = 0 if settings.ignores else floor
        self._entries = settings.selected(registry)
        #: The names of the rules that apply to every task.
        self.names = frozenset(
            entry.name for entry in self._entries if _works(entry, self._context)
        )
        #: The context of the task that is visited.
        self._about = self._context
        self._made: dict[Entry, Rule] = {}
        self._locked = settings.locked_rules(registry)
        # Where all rules put what they find.
        self._found: list[Finding] = []
        self._hidden: list[str] = []
        # Members that decide whether some rules have anything to say about a document.
        self._telling = frozenset().union(*(entry.members for entry in self._entries))
        self._checks: dict[frozenset[str], dict[tuple[object, ...], list[Check]]] = {}
        self._follows = any("pipeline" in entry.nodes for entry in self._entries)
        self._broken_rule: Rule | None = None
        self._task: Task | None = None

    def _rule(self, entry: Entry) -> Rule:
        rule = self._made.get(entry)
        if rule is None:
            rule = self._made[entry] = self._make(entry.rule)
            rule.findings = self._found
        return rule

    def _make(self, rule: type[Rule]) -> Rule:
        return rule(self._context, *self.settings.configured(rule.name))

    def _for(
        self, lens: Definition | Document, node: str, *, problems: bool = True, agent: bool = True
    ) -> list[Check]:
        """The checks of a kind of node that may find something, by the names of members in `lens`.

        `problems` is False where reading found none (see `Rule.only_if_problems`), `agent` where
        the task has nothing to do with Alert Logic.
        """
        present = self._telling.intersection(lens.names)
        checks = self._checks.get(present)
        if checks is None:
            if len(self._checks) >= KINDS_KEPT:
                self._checks.clear()
            checks = self._checks[present] = {}
        # Evidence in a file lets rules speak that otherwise lack an input.
        context = self._about
        given = () if context is self._context else _given(context)
        found = checks.get((node, problems, agent, given))
        if found is None:
            found = checks[node, problems, agent, given] = [
                (rule, getattr(rule, "check_" + node))
                for entry in self._entries
                if node in entry.nodes
                and _works(entry, context)
                and (problems or not entry.only_if_problems)
                and (agent or not entry.alert_logic)
                and (not entry.members or not entry.members.isdisjoint(present))
                for rule in (self._rule(entry),)
            ]
        return found

    def check(self, document: Document, tasks: list[Task] | None = None) -> list[Finding]:
        """All findings about a document; `tasks` are its task definitions, where they are known."""
        # Those of a check that failed are no findings about this document.
        self._found.clear()
        self._visit(
            self._for(document, "document", problems=bool(document.faults)), document, document
        )
        if tasks is None:
            tasks = self.registry.tasks(document, beside=self._beside)
        for fault in shapes.broken(document):
            self._report_broken(document, fault.message, fault.help)
        for task in tasks:
            self._task = task
            definition = task.definition
            if definition.evidence is not None:
                self._about = self._context.of(definition.evidence)
            agent = self.settings.require_agent or sidecars(task).alert_logic
            problems = bool(shape_of(task).deviations)
            self._visit(
                self._for(definition, "task", problems=problems, agent=agent), document, task
            )
            of_container = self._for(definition, "container", agent=agent)
            for container in task.containers:
                self._visit(of_container, document, container)
            if concerns(task):
                launch = launch_of(task, self.settings.fluent_bit)
                problems = not launch.as_recommended
                self._visit(
                    self._for(definition, "launch", problems=problems, agent=agent),
                    document,
                    launch,
                )
                self._follow(document, launch)
            self._about = self._context
        self._task = None
        if document.syntax in {"classic", "yaml"}:
            self._follow(document)
        # Only when all cases have spoken is it known what a finding weighs.
        cases = any(task.definition.case for task in tasks)
        found = self._collect(self._ignored_in(document), 0 if cases else self._least)
        if found and any(task.definition.kind == "cloudformation" for task in tasks):
            from fargate_lint.lint.cases import settle  # noqa: PLC0415  (only for templates)

            found = settle(found, tasks)
        if cases:
            self._hidden += [one.severity for one in found if rank(one.severity) < self._least]
            found = [one for one in found if rank(one.severity) >= self._least]
        return found

    def _ignored_in(self, document: Document) -> Collection[str]:
        """The names of the rules that the configuration ignores in a file."""
        if not self.settings.per_file_ignores:
            return ()
        from fargate_lint.lint.ignore.suppress import ignored_in  # noqa: PLC0415  (few need it)

        return ignored_in(document, self.settings, self.registry) - self._locked

    def _follow(self, document: Document, launch: Launch | None = None) -> None:
        """Visit what Fluent Bit makes of a launch, or of the document itself."""
        if not self._follows:
            return
        lens = launch.lens if launch is not None else document
        try:
            pipeline = launch.pipeline if launch is not None else self._alone(document)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  (a bug of the simulator is one more of ours)
            self._broken(self._for(lens, "pipeline")[0][0], error, document)
            return
        if pipeline is not None:
            self._visit(
                self._for(lens, "pipeline", problems=bool(pipeline.problems)),
                document,
                pipeline,
                launch,
            )

    def _alone(self, document: Document) -> Pipeline | None:
        """What Fluent Bit makes of a document, None of one that is no configuration."""
        from fargate_lint.inputs import detect  # noqa: PLC0415  (for few files)

        if not detect.is_fluent_bit(document):
            return None
        from fargate_lint.inputs.fluent_bit import pipeline  # noqa: PLC0415  (for few files)

        return pipeline(
            document, self.settings.fluent_bit, self.registry.tables, beside=self._beside
        )

    def weigh_from(self, floor: int) -> None:
        """Report findings from this weight up, and only count those below it."""
        self._least = floor

    def check_ignores(self, ignores: Iterable[Ignore]) -> list[Finding]:
        """All findings about the `[[ignore]]` entries of the configuration, once a run is over."""
        for ignore in ignores:
            self._visit(self._for(ignore.document, "ignore"), ignore.document, ignore)
        return self._collect()

    def _visit(self, checks: list[Check], document: Document, *nodes: object) -> None:
        task = self._task
        for rule, method in checks:
            if rule.task is not task or task is None:
                rule.task, rule.left, rule.context = task, MOST, self._about
            try:
                method(*nodes)
            except Enough:
                pass
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001  (a broken rule must not stop the others)
                self._broken(rule, error, document)

    def _broken(self, rule: Rule, error: Exception, document: Document) -> None:
        from fargate_lint.source.failure import failure  # noqa: PLC0415  (never without a bug)

        plugin = self.registry.plugin_of(type(rule))
        self._report_broken(
            document,
            f"rule `{rule.name}` of plugin `{plugin}` failed: {failure(error)}",
            f"please report this to the authors of `{plugin}`",
        )

    def broken_definition(self, document: Document, plugin: str, error: Exception) -> list[Finding]:
        """The finding that a definition of a plugin's shape failed, in place of what was found."""
        from fargate_lint.source.failure import failure  # noqa: PLC0415  (never without a bug)

        self._task = None
        self._found.clear()
        self._report_broken(
            document,
            f"a definition of plugin `{plugin}` failed: {failure(error)}",
            f"please report this to the authors of `{plugin}`",
        )
        return self._collect()

    def _report_broken(self, document: Document, message: str, advice: str) -> None:
        from fargate_lint.version import __version__  # noqa: PLC0415  (never in a run without a bug)

        if self._broken_rule is None:
            self._broken_rule = self._make(self.registry.named("broken-rule"))
            self._broken_rule.findings = self._found
        self._broken_rule.left = MOST
        self._broken_rule.add(
            message, Place(document), help=f"{advice} (fargate-lint {__version__})"
        )

    def hidden(self) -> list[str]:
        """The severities of findings since the last call that had less weight than the floor."""
        found = self._hidden[:]
        self._hidden.clear()
        return found

    def _collect(self, ignored: Collection[str] = (), least: int | None = None) -> list[Finding]:
        """The findings that none outranks, masked, by code; those below `least` are counted."""
        least = self._least if least is None else least
        # Rules are made when they are first needed, so they report in no order.
        found = sorted(self._found, key=lambda finding: finding.rule.code)
        self._found.clear()
        if len(found) > 1 and any(finding.rule.outranks for finding in found):
            from fargate_lint.lint.resolve import resolve  # noqa: PLC0415  (not for clean files)

            found = resolve(found, self._locked, ignored)
        shown = []
        for finding in found:
            if rank(finding.severity) < least:
                self._hidden.append(finding.severity)
            else:
                finding.mask()
                shown.append(finding)
        return shown
