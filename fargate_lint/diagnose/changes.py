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


def diff(documents: Sequence[Document], checker: Checker, rules: Iterable[str]) -> list[str]:
    """The lines of a unified diff that fixes the findings of some rules, without secrets.

    Findings of severity info are not fixed. [] when there is no fix.
    """
    wanted = frozenset(rules)

    def judge(document: Document) -> list[Finding]:
        return [
            finding
            for finding in checker.check(document)
            if finding.rule.name in wanted and finding.severity != "info"
        ]

    lines: list[str] = []
    # Documents of one file share its text.
    for name, text in dict.fromkeys((document.name, document.text) for document in documents):
        after, _ = fixed(name, text, judge, unsafe=True)
        lines += (line.removesuffix("\r") for line in unified(name, text, after))
    return lines if max(map(len, lines), default=0) <= LINE_LIMIT else []
