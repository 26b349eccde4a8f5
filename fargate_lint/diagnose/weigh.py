"""The verdicts of a case: its clues, weighed, with causes told from consequences."""

from __future__ import annotations

from fargate_lint.diagnose import agent, hints, running, starts, stops, weights
from fargate_lint.diagnose.causes import (
    AGENT_CAUSES,
    CERTAIN_CAUSES,
    CONSEQUENCES,
    START_CAUSES,
    causes,
)
from fargate_lint.diagnose.configured import Configured
from fargate_lint.diagnose.verdict import Verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.diagnose.case import Case
    from fargate_lint.diagnose.evidence import Clue, Evidence

VERDICT_LIMIT = 6
EVIDENCE_LIMIT = 6
#: Causes that make a sidecar end, so that the task is stopped.
ENDS_A_SIDECAR = START_CAUSES | AGENT_CAUSES | {
    "fluent-bit-crash", "image-regression", "out-of-memory", "records-not-routed",
}  # fmt: skip


def weigh(case: Case) -> tuple[list[Verdict], list[Clue]]:
    """The verdicts, best first, and clues of what is harmless."""
    configured = Configured(case)
    clues = [*starts.clues(case), *running.clues(case), *stops.clues(case)]
    ended = stops.culprits(case)
    clues += agent.clues(case, configured, ended["agent"], clues)
    known = causes()
    if not any(clue.weight >= weights.FAINT and not known[clue.cause].benign for clue in clues):
        clues += hints.clues(case)
    benign = [clue for clue in clues if known[clue.cause].benign]
    clues = [clue for clue in clues if not known[clue.cause].benign]
    seen = {clue.cause for clue in clues}
    own = configured.clues(seen, ended)
    if agent.certificate(case) is not None:
        own = [clue for clue in own if clue.cause not in AGENT_CAUSES]
    _masked(case, [*clues, *own])
    verdicts = _verdicts(configured, clues, own)
    return _finish(case, configured, verdicts), benign


def _masked(case: Case, clues: list[Clue]) -> None:
    """Hides secrets in notes and helps, which may quote a line or a definition."""
    for clue in clues:
        clue.note = case.mask.hide(clue.note)
        clue.help = case.mask.hide(clue.help)


def _verdicts(configured: Configured, clues: list[Clue], own: list[Clue]) -> list[Verdict]:
    """One verdict for each cause that something points to; `own` are clues of the definition."""
    groups: dict[str, list[Clue]] = {}
    for clue in (*clues, *own):
        groups.setdefault(clue.cause, []).append(clue)
    return [_verdict(configured, cause, group, own) for cause, group in groups.items()]


def _verdict(configured: Configured, cause: str, group: list[Clue], own: list[Clue]) -> Verdict:
    """The verdict of all clues of one cause."""
    group.sort(key=lambda clue: -clue.weight)
    support = configured.support(cause)
    seen = any(clue not in own for clue in group)
    weight = group[0].weight
    if support and seen and weight >= weights.FAINT:
        weight += weights.SUPPORTED
    verdict = Verdict(causes()[cause], "possible", weight)
    wrong = seen and weight >= weights.BACKED and configured.errors(cause)
    stated = seen and cause in CERTAIN_CAUSES and any(clue.certain for clue in group)
    if weight >= weights.LIKELY or wrong or stated:
        verdict.status = "confirmed" if _agree(group, support, own) else "likely"
    evidence = [one for clue in group for one in clue.evidence]
    verdict.evidence = _distinct([*evidence, *support])[:EVIDENCE_LIMIT]
    verdict.notes = list(dict.fromkeys(clue.note for clue in group[:2] if clue.note))
    verdict.summary = " ".join(dict.fromkeys([*verdict.notes, verdict.cause.summary]))
    helps = [clue.help for clue in group if clue.help]
    verdict.remedy = list(dict.fromkeys([*helps, *configured.helps(cause), *verdict.cause.remedy]))
    verdict.rules = configured.rules(cause)
    contradiction = configured.contradicted(cause) if not seen else None
    if contradiction is not None:
        verdict.status = "ruled-out"
        verdict.evidence = [contradiction, *verdict.evidence][:EVIDENCE_LIMIT]
        verdict.summary = "Fluent Bit started all the same, so this is not what happened."
    return verdict


def _agree(group: list[Clue], support: list[Evidence], own: list[Clue]) -> bool:
    """Whether evidence and definition agree."""
    if group[0] in own:
        # The definition's fault, and the end that it leads to, were both seen.
        return group[0].weight >= weights.END_SEEN
    return bool(support)


def _distinct(evidence: list[Evidence]) -> list[Evidence]:
    found: dict[tuple[str, str, int, str, str], Evidence] = {}
    for one in evidence:
        found.setdefault((one.kind, one.file, one.line, one.path, one.text), one)
    return list(found.values())


def _finish(case: Case, configured: Configured, verdicts: list[Verdict]) -> list[Verdict]:
    """The verdicts in order, with consequences marked as such."""
    verdicts.sort(key=lambda one: -one.weight)
    verdicts.sort(key=lambda one: (one.status == "ruled-out", one.status == "possible"))
    if verdicts and verdicts[0].status != "ruled-out":
        first = verdicts[0]
        _chain(first, verdicts)
        for verdict in verdicts[1:]:
            follows = CONSEQUENCES.get(verdict.cause.id)
            if follows and verdict.status != "ruled-out" and verdict.weight < first.weight:
                verdict.summary = f"A consequence of “{first.cause.title}”. {follows}".strip()
        verdicts = [
            one
            for one in verdicts
            if one is first or one.weight >= weights.FAINT or one.cause.id in CONSEQUENCES
            or one.status == "ruled-out"
        ]  # fmt: skip
    verdicts += _ruled_out(case, configured, {one.cause.id for one in verdicts})
    kept = [one for one in verdicts if one.status != "ruled-out"][:VERDICT_LIMIT]
    return [*kept, *(one for one in verdicts if one.status == "ruled-out")]


def _chain(first: Verdict, verdicts: list[Verdict]) -> None:
    """Adds to the first verdict the end of the sidecar that it led to."""
    end = next((one for one in verdicts if one.cause.id == "essential-sidecar-exited"), None)
    if end is None or end is first or first.cause.id not in ENDS_A_SIDECAR:
        return
    first.evidence = _distinct([*first.evidence[:1], *end.evidence[:1], *first.evidence[1:]])
    first.summary = " ".join([*end.notes, first.summary])


def _ruled_out(case: Case, configured: Configured, named: set[str]) -> list[Verdict]:
    """Verdicts on usual causes that the evidence rules out."""
    found = []
    proof = agent.certificate(case)
    if proof is not None:
        for cause in sorted(AGENT_CAUSES - named):
            if configured.findings.get(cause):
                verdict = Verdict(causes()[cause], "ruled-out", weights.NOTHING)
                verdict.summary = "The agent has registered and fetched its certificate."
                verdict.evidence = [proof]
                found.append(verdict)
    if "killed-after-stop-timeout" in named and "out-of-memory" not in named:
        verdict = Verdict(causes()["out-of-memory"], "ruled-out", weights.NOTHING)
        verdict.summary = "137 came after a stop was asked for, and no reason speaks of memory."
        found.append(verdict)
    return found
