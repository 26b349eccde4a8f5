"""What a diagnosis says: evidence, clues, verdicts, and the whole as plain data."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from fargate_lint.diagnose.case import Case
    from fargate_lint.diagnose.causes import Cause
    from fargate_lint.diagnose.given import Given
    from fargate_lint.lint.located import Located

STATUSES = ("confirmed", "likely", "possible", "ruled-out")


class Evidence:
    """A place that says something. `kind` is `log`, `stop` (what ECS says), `finding`, `launch`.

    `line` counts from 1, 0 where there is none; `path` is a JSON Pointer into the file, "" for
    what has none; `text` is free of secrets.
    """

    __slots__ = ("file", "kind", "line", "path", "text")

    def __init__(self, kind: str, file: str, line: int, path: str, text: str) -> None:
        self.kind = kind
        self.file = file
        self.line = line
        self.path = path
        self.text = text

    def as_json(self) -> dict[str, Any]:
        """The evidence as `explain --format json` prints it."""
        return {
            "kind": self.kind,
            "file": self.file,
            "line": self.line or None,
            "path": self.path or None,
            "text": self.text,
        }


class Clue:
    """Something that speaks for a cause. `weight` runs to 100; `note` says in a sentence what.

    `help` is what to do about this very case, where more is known than of the cause in general.
    `certain` is False for what ECS says without saying what it means.
    """

    __slots__ = ("cause", "certain", "evidence", "help", "note", "weight")

    def __init__(
        self,
        cause: str,
        weight: float,
        evidence: Sequence[Evidence] = (),
        note: str = "",
        help: str = "",  # noqa: A002  (the word for it everywhere in this program)
        *,
        certain: bool = True,
    ) -> None:
        self.cause = cause
        self.certain = certain
        self.weight = weight
        self.evidence = list(evidence)
        self.note = note
        self.help = help


class Verdict:
    """A cause, how sure it is, and all that speaks for it."""

    __slots__ = (
        "cause", "diff", "evidence", "remedy", "rules", "status", "summary", "weight",
    )  # fmt: skip

    def __init__(self, cause: Cause, status: str, weight: float) -> None:
        self.cause = cause
        self.status = status
        self.weight = weight
        self.summary = ""
        self.evidence: list[Evidence] = []
        self.remedy: list[str] = []
        #: The lines of a unified diff of what was given, where it is known what to change.
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
    """Something harmless that was seen: `count` lines or tasks, the first of them as an example."""

    __slots__ = ("cause", "count", "example")

    def __init__(self, cause: Cause, count: int, example: str) -> None:
        self.cause = cause
        self.count = count
        self.example = example

    def as_json(self) -> dict[str, Any]:
        """The note as `explain --format json` prints it."""
        return {"cause": self.cause.id, "count": self.count, "example": self.example}


class Missing:
    """Something that was not given and would tell more: what, why, and how to get it."""

    __slots__ = ("how", "what", "why")

    def __init__(self, what: str, why: str, how: str) -> None:
        self.what = what
        self.why = why
        self.how = how

    def as_json(self) -> dict[str, Any]:
        """The wish as `explain --format json` prints it."""
        return {"what": self.what, "why": self.why, "how": self.how}


class Diagnosis:
    """The answer: verdicts, best first, what else was seen, and what it was all made of."""

    __slots__ = (
        "answer", "benign", "case", "findings", "given", "headline", "missing", "rename",
        "verdicts",
    )  # fmt: skip

    given: Given
    case: Case

    def __init__(self) -> None:
        #: One sentence, and the same with what says so first.
        self.answer = ""
        self.headline = ""
        self.verdicts: list[Verdict] = []
        self.benign: list[Benign] = []
        self.missing: list[Missing] = []
        self.findings: list[Located] = []
        #: Gives other names to accounts and hosts, where these are not to be shown.
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
