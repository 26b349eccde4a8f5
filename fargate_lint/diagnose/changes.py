"""The changes of the task definitions that fix what the rules of a verdict found."""

from __future__ import annotations

from fargate_lint.lint.diff import unified
from fargate_lint.lint.fixing import fixed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fargate_lint.lint.checker import Checker
    from fargate_lint.lint.finding import Finding
    from fargate_lint.source.document import Document

#: Characters of the longest line of a diff: a file in one line has an unreadable one.
LINE_LIMIT = 400


def diff(
    documents: Sequence[Document],
    findings: Iterable[Finding],
    checker: Checker,
    rules: Iterable[str],
) -> list[str]:
    """The lines of a unified diff that fixes the findings of some rules, without secrets.

    `findings` are all those of `checker` in `documents`. Those of severity info are not fixed. []
    when there is no fix.
    """
    wanted = frozenset(rules)

    def judge(document: Document) -> list[Finding]:
        return chosen(checker.check(document))

    def chosen(found: Iterable[Finding]) -> list[Finding]:
        return [one for one in found if one.rule.name in wanted and one.severity != "info"]

    # Documents of one file share its text.
    files = dict.fromkeys((document.name, document.text) for document in documents)
    # A change is shown with a line that was there before.
    if all(_has_long_lines(text) for _, text in files):
        return []
    if all(finding.fix is None for finding in chosen(findings)):
        return []
    lines: list[str] = []
    for name, text in files:
        after, _ = fixed(name, text, judge, unsafe=True)
        if after != text:
            lines += (line.removesuffix("\r") for line in unified(name, text, after))
    return lines if max(map(len, lines), default=0) <= LINE_LIMIT else []


def _has_long_lines(text: str) -> bool:
    """Whether no line of a text is short enough for a diff."""
    return min(map(len, text.splitlines()), default=0) > LINE_LIMIT
