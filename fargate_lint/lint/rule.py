"""What a rule is: a class with a code, a name, a page, and `check_<node>` methods."""

from __future__ import annotations

from fargate_lint.lint.context import Context
from fargate_lint.lint.finding import Finding, Identity, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from fargate_lint.ecs.task import Node, Task
    from fargate_lint.launch import Launch, Spot
    from fargate_lint.lint.fix import Fix
    from fargate_lint.source.document import Document, Path

#: What a rule may visit, in the order in which the runner goes: the part of a method's name after
#: `check_`.
NODES = ("document", "task", "container", "launch", "pipeline", "ignore")
#: Findings of one rule in one task, or in a document: more help nobody, and take their time.
MOST = 1000


class Enough(Exception):
    """A rule has reported all that is taken of it."""


class Rule(Identity):
    """A rule: subclass it, one class in one file, and give it to `fargate_lint_rules`.

    The docstring is the rule's page: its first line is the fault in one sentence, then
    `## Why it matters`, `## Example` with fenced blocks tagged `bad`, `fixed` or `good`, perhaps
    `## When not to`, and `## References` with public URLs. `check_document(document)`,
    `check_task(task)`, `check_container(container)` and `check_launch(launch)` are called for each
    such node that a file has, and call `report`. So is `check_pipeline(pipeline, launch)`, for what
    a launch comes to, and with None for the launch for each configuration of Fluent Bit that stands
    alone. `check_ignore(ignore)` is called at the end of a run, for each `[[ignore]]` of the
    configuration.
    """

    #: `safe` when some of its findings have a fix that `--fix` makes, `unsafe` when they have only
    #: such as need `--unsafe-fixes`, "" when they have none.
    fixable: str = ""
    #: The version of the plugin that brought the rule.
    since: str = "0.1.0"
    #: Names of members that the rule is about: it is only loaded for files with one of them. Where
    #: there are none, it looks at every file.
    members: tuple[str, ...] = ()
    #: Whether the rule only reports problems that were found while reading: faults of a document,
    #: deviations of a task from ECS's shape, a launcher's command that differs from the vendor's,
    #: problems of a pipeline. The rule isn't loaded where there are none.
    only_if_problems: bool = False
    #: The rule speaks only of tasks that show the Alert Logic agent, or that must have it.
    alert_logic: bool = False
    #: Members of the context that the rule works with: it only applies if one of them is given.
    inputs: tuple[str, ...] = ()
    #: Options that `[rules.NAME]` of the configuration may set, with their defaults.
    options: dict[str, Any] = {}  # noqa: RUF012  (declared once for each class, never changed)

    __slots__ = ("context", "findings", "left", "option", "override", "task")

    def __init__(
        self,
        context: Context | None = None,
        options: Mapping[str, Any] | None = None,
        severity: str = "",
    ) -> None:
        #: What is known of the tasks that their own files don't say.
        self.context: Context = context or Context()
        #: The options as configured.
        self.option: dict[str, Any] = {**self.options, **(options or {})}
        #: The configured severity, "" when there is none.
        self.override = severity
        self.findings: list[Finding] = []
        self.task: Task | None = None
        #: How many more findings are taken of this task, or of this document.
        self.left = MOST

    def report(
        self,
        node: Node | Launch | Spot,
        message: str,
        *,
        at: Path = (),
        key: bool = False,
        related: Iterable[tuple[Node | Launch | Spot, Path, str]] = (),
        help: str = "",  # noqa: A002  (the word for it everywhere in this program)
        severity: str = "",
        data: Iterable[object] | None = None,
        subject: Iterable[Path] = (),
        fix: Fix | None = None,
    ) -> None:
        """Report a finding at `at` below `node` (at its key rather than its value, when `key`).

        `related` are (node, path below it, message) triples: where the other half stands. `help`
        says in the imperative what to write instead. `severity` differs from the rule's own only
        where the facts do. `data` are values by which a baseline knows the finding, in place of a
        path that depends on the order of the file (of two containers with one name, the second is
        reported). `subject` are the paths of what it is about, where that is more than its place
        (see `fargate_lint.lint.resolve`). `fix` is what to change, where that is certain.
        """
        self.add(
            message,
            Place(node.lens, (*node.path, *at), key=key),
            related=[
                Place(other.lens, (*other.path, *below), text) for other, below, text in related
            ],
            help=help,
            severity=severity,
            data=data,
            subject=subject,
            fix=fix,
        )

    def weighed(self, severity: str) -> str:
        """The severity of a finding that is reported with `severity`, "" being the rule's own."""
        return self.override or severity or self.severity

    def report_span(
        self,
        document: Document,
        message: str,
        start: int,
        end: int,
        *,
        related: Iterable[tuple[int, int, str]] = (),
        help: str = "",  # noqa: A002  (the word for it everywhere in this program)
        severity: str = "",
        fix: Fix | None = None,
    ) -> None:
        """Report a finding about text that has no path, between two character offsets."""
        self.add(
            message,
            Place(document, span=(start, end)),
            related=[
                Place(document, message=text, span=(first, last)) for first, last, text in related
            ],
            help=help,
            severity=severity,
            fix=fix,
        )

    def add(
        self,
        message: str,
        place: Place,
        *,
        related: Iterable[Place] = (),
        help: str = "",  # noqa: A002  (the word for it everywhere in this program)
        severity: str = "",
        data: Iterable[object] | None = None,
        subject: Iterable[Path] = (),
        fix: Fix | None = None,
    ) -> None:
        """Report a finding whose places are already made. Raises Enough behind the last one."""
        self.left -= 1
        if self.left <= 0:
            if self.left < 0:
                raise Enough
            message += f"; after {MOST:,} findings of one kind, the rest is not reported"
        finding = Finding(
            self, self.weighed(severity), message, place, task=self.task, help=help,
            related=related, data=data, subject=subject, fix=fix,
        )  # fmt: skip
        self.findings.append(finding)
