"""The diagnosis of a ticket: from definitions, logs and tasks to verdicts."""

from __future__ import annotations

from itertools import chain

from fargate_lint.diagnose import exits, stops
from fargate_lint.diagnose.basis import Basis
from fargate_lint.diagnose.case import Case
from fargate_lint.diagnose.causes import causes
from fargate_lint.diagnose.logs import Line, skim
from fargate_lint.diagnose.missing import missing
from fargate_lint.diagnose.signatures import for_logs
from fargate_lint.diagnose.speakers import is_error
from fargate_lint.diagnose.tally import Tally
from fargate_lint.diagnose.verdict import Benign, Diagnosis
from fargate_lint.diagnose.weigh import weigh
from fargate_lint.inputs.shapes import first_cases
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.finding import rank
from fargate_lint.lint.located import locate
from fargate_lint.lint.settings.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from fargate_lint.diagnose.evidence import Clue
    from fargate_lint.diagnose.logs import Progress
    from fargate_lint.diagnose.tally import Sighting
    from fargate_lint.diagnose.tasks import TaskState
    from fargate_lint.diagnose.verdict import Verdict
    from fargate_lint.lint.finding import Finding
    from fargate_lint.lint.registry import Registry
    from fargate_lint.source.document import Document

#: Roles of harmless lines.
HARMLESS_ROLES = ("healthy", "noise", "transient", "healed", "stop", "agent")
#: Characters of a quotation in a headline.
QUOTED = 120


def diagnose(
    documents: Sequence[Document],
    logs: Iterable[tuple[str, BinaryIO]],
    tasks: Sequence[TaskState],
    *,
    registry: Registry,
    settings: Settings | None = None,
    includes: Mapping[str, tuple[str, str]] | None = None,
    progress: Progress | None = None,
) -> Diagnosis:
    """The diagnosis of task definitions, logs and stopped tasks.

    `documents` hold task definitions, `logs` are names with binary streams, which are read once,
    `tasks` come from `diagnose.tasks`. `includes` maps paths in the router to (name, text) of files
    that are known. Never raises for the content of any of them.
    """
    settings = settings or Settings()
    tally = Tally(for_logs(registry))
    names = []
    for name, stream in logs:
        names.append(name)
        tally.add(skim(name, stream, progress, tally.is_quiet))
    tally.add(_quoted_lines(tasks, tally))
    checker = Checker(registry, settings, beside=False)
    defined = [registry.tasks(document) for document in documents]
    findings = [
        finding
        for document, inside in zip(documents, defined, strict=True)
        for finding in checker.check(document, inside)
    ]
    case = Case(
        documents, first_cases(chain.from_iterable(defined)), tasks, tally, findings,
        includes or {}, settings.fluent_bit,
    )  # fmt: skip
    verdicts, harmless = weigh(case)
    _add_changes(verdicts, documents, findings, checker)
    found = Diagnosis()
    found.verdicts = verdicts
    found.benign = _benign(case, harmless, verdicts)
    found.missing = missing(case, verdicts)
    found.findings = [locate(one) for one in _shown(findings, settings)]
    answer = _answer(case, found)
    found.answer = f"{answer}."
    found.headline = f"{answer}{_proof(found)}."
    found.basis = Basis(case, names)
    found.case = case
    return found


def _quoted_lines(tasks: Sequence[TaskState], tally: Tally) -> Iterator[Line]:
    """Lines of a log that were given as the reason of a stop, which they are taken from."""
    for state in tasks:
        given = state.reason if state.document is None else ""
        line = tally.signatures.find(given) or is_error(given)
        if given and line and stops.reason_of(given) is None:
            yield Line("", 0, "", "", given)
            state.reason = ""


def _add_changes(
    verdicts: Iterable[Verdict],
    documents: Sequence[Document],
    findings: Sequence[Finding],
    checker: Checker,
) -> None:
    for verdict in verdicts:
        if verdict.status in {"confirmed", "likely"} and verdict.rules:
            from fargate_lint.diagnose.changes import diff  # noqa: PLC0415  (only for such a case)

            verdict.diff = diff(documents, findings, checker, verdict.rules)


def _shown(findings: Iterable[Finding], settings: Settings) -> list[Finding]:
    return [one for one in findings if rank(one.severity) >= rank(settings.min_severity)]


def _benign(case: Case, clues: Iterable[Clue], verdicts: Sequence[Verdict]) -> list[Benign]:
    """What is harmless, with how often it was seen and the first example."""
    count: dict[str, int] = {}
    example: dict[str, str] = {}
    for clue in clues:
        count[clue.cause] = count.get(clue.cause, 0) + clue.count
        for one in clue.evidence[:1]:
            example.setdefault(clue.cause, one.text)
    for sighting in _harmless_lines(case, details=not verdicts):
        cause = sighting.signature.cause
        count[cause] = count.get(cause, 0) + sighting.count
        example.setdefault(cause, case.of_line(sighting.lines[0]).text)
    for cause, text in _harmless_ends(case):
        count[cause] = count.get(cause, 0) + 1
        example.setdefault(cause, text)
    return [
        Benign(cause, count[cause.id], example.get(cause.id, ""))
        for cause in causes().values()
        if cause.id in count
    ]


def _harmless_lines(case: Case, *, details: bool) -> Iterator[Sighting]:
    """Lines that are harmless by themselves, `details` of failures too where none was found."""
    for sighting in case.tally.all(*HARMLESS_ROLES):
        if sighting.signature.id != "banner" or not sighting.groups:
            yield sighting
    for sighting in case.tally.all("detail") if details else ():
        if causes()[sighting.signature.cause].benign:
            yield sighting


def _harmless_ends(case: Case) -> Iterator[tuple[str, str]]:
    """Causes and texts of containers that ended in order, and of answers that are successes."""
    for state in case.states:
        for one in state.exits:
            # A sidecar that ends with 0 while the task runs has not been asked to.
            if one.exit == exits.TERMINATED or (one.exit == 0 and not state.running):
                yield "normal-stop", case.mask.text(f"{one.name}: exitCode {one.exit}")
    for sighting in case.tally.named("answer"):
        if sighting.groups.get("status", "").startswith("2"):
            yield "healthy-operation", case.of_line(sighting.lines[0]).text


def _answer(case: Case, found: Diagnosis) -> str:
    """The answer in one sentence, without its final stop."""
    best = found.verdicts[0] if found.verdicts else None
    if best is None or best.status == "ruled-out":
        if case.only_definitions and not case.tasks:
            return "Nothing was given that could be read"
        if case.only_definitions:
            return "The task definition shows no fault that would stop or silence the task"
        if not (case.tally.sightings or case.tally.unknown or case.states or case.tasks):
            return "No line of what was given is one that is known here"
        names = ", ".join(one.cause.title.lower() for one in found.benign[:3])
        return f"Nothing is wrong in what was given{f': {names}' if names else ''}"
    lead = {"confirmed": "", "likely": "Most likely: ", "possible": "Perhaps: "}[best.status]
    return f"{lead}{best.cause.title}"


def _proof(found: Diagnosis) -> str:
    """The first evidence of the answer, in brackets; "" when there is none."""
    best = found.verdicts[0] if found.verdicts else None
    if best is None or best.status == "ruled-out" or not best.evidence:
        return ""
    one = best.evidence[0]
    text = one.text if len(one.text) <= QUOTED else f"{one.text[: QUOTED - 1]}…"
    return f" ({one.file}:{one.line}: {text})" if one.file and one.line else f" ({text})"
