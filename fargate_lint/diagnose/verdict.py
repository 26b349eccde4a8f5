"""The answer of a diagnosis: its verdicts, and the whole as plain data."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from fargate_lint.diagnose.basis import Basis
    from fargate_lint.diagnose.case import Case
    from fargate_lint.diagnose.causes import Cause
    from fargate_lint.diagnose.evidence import Evidence
    from fargate_lint.lint.located import Located


class Verdict:
    """A cause, how sure it is, and all that speaks for it.

    `status` is `confirmed`, `likely`, `possible` or `ruled-out`.
    """

    __slots__ = (
        "cause", "diff", "evidence", "notes", "remedy", "rules", "status", "summary", "weight",
    )  # fmt: skip

    def __init__(self, cause: Cause, status: str, weight: float) -> None:
        #: The cause, with its `id` and its `title`.
        self.cause = cause
        #: `confirmed`, `likely`, `possible` or `ruled-out`.
        self.status = status
        self.weight = weight
        #: Sentences about this very case, which the summary begins with.
        self.notes: list[str] = []
        #: What happened, in a few sentences.
        self.summary = ""
        #: Lines and places that prove it.
        self.evidence: list[Evidence] = []
        #: What to do about it, step by step.
        self.remedy: list[str] = []
        #: The lines of a unified diff of the definitions, if the remedy is a known change.
        self.diff: list[str] = []
        self.rules: list[str] = []

    def as_json(self) -> dict[str, Any]:
        """The verdict as `explain --format json` prints it."""
        return {
            "cause": self.cause.id,
            "title": self.cause.title,
            "status": self.status,
            "summary": self.summary,
            "evidence": [one.as_json() for one in self.evidence],
            "remedy": self.remedy,
            "diff": "\n".join(self.diff) or None,
            "rules": self.rules,
        }


class Benign:
    """Something harmless that was seen in `count` lines or tasks, with the first as an example."""

    __slots__ = ("cause", "count", "example")

    def __init__(self, cause: Cause, count: int, example: str) -> None:
        self.cause = cause
        self.count = count
        self.example = example

    def as_json(self) -> dict[str, Any]:
        """The note as `explain --format json` prints it."""
        return {"cause": self.cause.id, "count": self.count, "example": self.example}


class Missing:
    """Something that would make the answer surer: what it is, why, and how to get it."""

    __slots__ = ("how", "what", "why")

    def __init__(self, what: str, why: str, how: str) -> None:
        self.what = what
        self.why = why
        self.how = how

    def as_json(self) -> dict[str, Any]:
        """The item as `explain --format json` prints it."""
        return {"what": self.what, "why": self.why, "how": self.how}


class Diagnosis:
    """The answer: verdicts, best first, what else was seen, and what it is based on."""

    __slots__ = (
        "answer", "basis", "benign", "case", "findings", "headline", "missing", "rename",
        "verdicts",
    )  # fmt: skip

    basis: Basis
    case: Case

    def __init__(self) -> None:
        #: The answer in one sentence.
        self.answer = ""
        #: The answer with its first evidence.
        self.headline = ""
        #: The possible causes, best first.
        self.verdicts: list[Verdict] = []
        #: What was seen and is harmless.
        self.benign: list[Benign] = []
        #: What would make the answer surer.
        self.missing: list[Missing] = []
        #: What `check` finds in the definitions.
        self.findings: list[Located] = []
        #: Replaces accounts and hosts that must not be shown.
        self.rename: Callable[[str], str] = str

    def as_json(self) -> dict[str, Any]:
        """All of it, as `explain --format json` prints it."""
        return {
            "version": 1,
            "headline": self.headline,
            "verdicts": [one.as_json() for one in self.verdicts],
            "benign": [one.as_json() for one in self.benign],
            "missing": [one.as_json() for one in self.missing],
            "findings": [one.as_json() for one in self.findings],
        }
