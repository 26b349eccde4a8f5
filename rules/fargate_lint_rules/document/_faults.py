"""Faults of a text as findings."""

from __future__ import annotations

from fargate_lint.data.faults import KINDS
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.source.document import Document, Fault

#: Reports the kinds that the readers of plugins have made up.
REMAINDER = "json-syntax"
#: Kinds of which the remedy may not be what was meant, or loses what somebody has written.
GUESSED = frozenset({"bracket", "comment", "ellipsis", "truncated"})
#: What follows a document may be all that somebody wanted to keep.
KEPT = "trailing-text"


class FaultRule(Rule):
    """A rule that reports the faults of some kinds (see `fargate_lint.data.faults`)."""

    only_if_problems = True

    def check_document(self, document: Document) -> None:
        for fault in document.faults:
            if KINDS.get(fault.kind, REMAINDER) == self.name:
                self.report_span(
                    document,
                    fault.message,
                    fault.start,
                    fault.end,
                    related=fault.related,
                    help=fault.help,
                    fix=_fix(document, fault),
                )


def _fix(document: Document, fault: Fault) -> Fix | None:
    if fault.fix is None or fault.kind == KEPT:
        return None
    title = fault.help or (f"write {fault.fix}" if fault.fix else "delete it")
    fix = Fix(title, safe=fault.kind not in GUESSED)
    start, end = fault.start, fault.end
    if fault.kind == "comment":
        start, end = _whole(document.text, start, end)
    return fix.write(document, start, end, fault.fix)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A comment with the blanks before it and, when nothing else is on its line, all of the line."""
    start = len(text[:start].rstrip(" \t"))
    if text[start - 1 : start] in {"", "\n"} and text[end : end + 1] == "\n":
        end += 1
    return start, end
