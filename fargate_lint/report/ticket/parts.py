"""A diagnosis as a report: its parts in the order in which people need them, for every format."""

from __future__ import annotations

from fargate_lint.report.findings.diff import clean
from fargate_lint.report.findings.text import counted
from fargate_lint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.diagnose.basis import Basis
    from fargate_lint.diagnose.evidence import Evidence
    from fargate_lint.diagnose.verdict import Diagnosis, Verdict

STATUS = {
    "confirmed": "Confirmed",
    "likely": "Likely",
    "possible": "Possible",
    "ruled-out": "Ruled out",
}
KINDS = {
    "log": "the log says",
    "stop": "ECS says",
    "finding": "the definition has",
    "launch": "launched on paper it says",
}
#: How to see that a cause is gone, by the kind of cause.
VERIFY = {
    "config": (
        "`fargate-lint check FILE` has no error for the changed definition.",
        "After the deployment log_router's log reaches `[sp] stream processor started`.",
        "The task stays RUNNING, and the destination has a new line of the application.",
    ),
    "agent": (
        "al-agent's log reaches `Fetched host certificate`.",
        "log_router's log has no more `no upstream connections available` for the syslog output.",
        "The host shows in the Alert Logic console.",
    ),
    "network": (
        "The log has no more time-outs, and `succeeded at retry` after the change.",
        "From the same subnet and security group the address answers on its port.",
    ),
    "iam": (
        "`fargate-lint permissions FILE` lists what the roles must allow.",
        "The next task's log has no refusal, and the destination has a new line.",
    ),
    "image": ("`docker pull` of the reference works with the task's role and network.",),
    "memory": (
        "The memory of the task stays below its limit under load (Container Insights).",
        "No container ends with 137.",
    ),
    "ordering": ("The next task starts all its containers, in the declared order.",),
    "destination": (
        "The log has no more refusals, and no `cannot be retried`.",
        "The destination has a new line of the application.",
    ),
    "crash": ("The container stays RUNNING for longer than it did.",),
    "shutdown": (
        "On the next stop the log ends in `service has stopped (0 pending tasks)`.",
        "No container ends with 137.",
    ),
    "platform": ("The next task of the service starts, or the same one when started again.",),
}
LISTED = 12
#: Characters of a quotation in a headline.
QUOTED = 120


class Item:
    """One line of a part: `label` (strong), `place` (where), `quote` (as it is written), `text`.

    `style` says in a word how it is meant: a status, a severity, `harmless`, "". `proofs` are items
    that speak for it, for a page that has room for them.
    """

    __slots__ = ("label", "place", "proofs", "quote", "style", "text")

    def __init__(
        self, text: str = "", *, label: str = "", place: str = "", quote: str = "", style: str = ""
    ) -> None:
        self.text = text
        self.label = label
        self.place = place
        self.quote = quote
        self.style = style
        self.proofs: list[Item] = []


class Part:
    """A part of the report: a title, a paragraph ("" for none), items, and lines of a diff."""

    __slots__ = ("diff", "items", "numbered", "text", "title")

    def __init__(
        self,
        title: str,
        text: str = "",
        items: list[Item] | None = None,
        *,
        numbered: bool = False,
        diff: list[str] | None = None,
    ) -> None:
        self.title = title
        self.text = text
        self.items = items or []
        self.numbered = numbered
        self.diff = [clean(line) for line in diff or ()]


def proof(found: Diagnosis) -> Item | None:
    """What speaks for the first verdict more than anything else, for a headline: place and text."""
    best = _best(found)
    if best is None or not best.evidence:
        return None
    item = _evidence(best.evidence[0])
    item.label = ""
    item.quote = item.quote if len(item.quote) <= QUOTED else f"{item.quote[: QUOTED - 1]}…"
    return item


def status(found: Diagnosis) -> str:
    """The status of the first verdict, "" when there is none."""
    best = _best(found)
    return best.status if best is not None else ""


def sureness(found: Diagnosis) -> str:
    """A sentence about how sure the first verdict is."""
    word = status(found)
    if word == "confirmed":
        return "Confirmed: the evidence and the definition agree."
    if word == "likely" and not found.basis.definitions:
        return "Likely: the evidence says so; there is no definition to compare it with."
    if word == "likely" and not (found.basis.lines or found.basis.tasks):
        return "Likely: the definition says so; there is no evidence to compare it with."
    if word == "likely":
        return "Likely: the evidence says so; the definition does not show it."
    return "Possible: little speaks for it." if word else ""


def parts(found: Diagnosis) -> Iterator[Part]:
    """The parts of the report below its headline."""
    best = _best(found)
    if best is not None:
        yield Part("Why", best.summary, [_evidence(one) for one in best.evidence])
        remedies = [Item(text) for text in best.remedy]
        yield Part("What to change", items=remedies, numbered=True, diff=best.diff)
        steps = VERIFY.get(best.cause.kind, ())
        if steps:
            yield Part("How to verify", items=[Item(text) for text in steps])
    else_found = [*_others(found, best), *_harmless(found), *_findings(found)]
    if else_found:
        yield Part("What else was found", items=else_found)
    unchecked = [*_unchecked(found.basis), *_missing(found)]
    if unchecked:
        yield Part("What was not checked, and what would tell more", items=unchecked)


def given(found: Diagnosis) -> str:
    """What the report was made of, and by what."""
    basis = found.basis
    words = []
    if basis.definitions:
        words.append(counted(len(basis.definitions), "task definition"))
    if basis.logs:
        words.append(f"{counted(basis.lines, 'line')} of {counted(len(basis.logs), 'log')}")
    if basis.tasks:
        words.append(counted(basis.tasks, "task"))
    return f"fargate-lint {__version__}: {', '.join(words) or 'nothing'}"


def place(one: Evidence) -> str:
    """Where a piece of evidence stands: file and line, as far as there are any."""
    return f"{one.file}:{one.line}" if one.file and one.line else one.file


def _best(found: Diagnosis) -> Verdict | None:
    best = found.verdicts[0] if found.verdicts else None
    return best if best is not None and best.status != "ruled-out" else None


def _evidence(one: Evidence) -> Item:
    if one.kind == "finding":
        return Item(one.text, label=KINDS[one.kind], place=place(one))
    return Item(label=KINDS[one.kind], place=place(one), quote=one.text)


def _others(found: Diagnosis, best: Verdict | None) -> Iterator[Item]:
    for verdict in found.verdicts:
        if verdict is not best:
            text = f"{verdict.cause.title}. {verdict.summary}"
            item = Item(text, label=STATUS[verdict.status], style=verdict.status)
            item.proofs = [_evidence(one) for one in verdict.evidence]
            yield item


def _harmless(found: Diagnosis) -> Iterator[Item]:
    for benign in found.benign:
        text = f"{benign.cause.title} ({benign.count:,})."
        yield Item(text, label="Harmless", quote=benign.example, style="harmless")


def _findings(found: Diagnosis) -> Iterator[Item]:
    for finding in found.findings[:LISTED]:
        where = f"{finding.file}:{finding.start[0]}"
        label = f"{finding.severity} {finding.name}"
        yield Item(finding.message, label=label, place=where, style=finding.severity)
    left = len(found.findings) - LISTED
    if left > 0:
        yield Item(f"{counted(left, 'more finding')}: `fargate-lint check` shows them.")


def _unchecked(basis: Basis) -> Iterator[Item]:
    if basis.version and not basis.sure:
        text = f"Which Fluent Bit the router has is not known: judged as {basis.version}."
        yield Item(text, label="Version")
    for name in basis.unseen:
        yield Item(f"`{name}` was not given: what it says was not judged.", label="File")


def _missing(found: Diagnosis) -> Iterator[Item]:
    for one in found.missing:
        yield Item(f"{one.why} {one.how}", label=one.what[0].upper() + one.what[1:])
