"""What to change in the task definitions, where the linter knows it for certain."""

from __future__ import annotations

from fargate_lint.lint.diff import unified
from fargate_lint.lint.fixing import fixed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fargate_lint.lint.checker import Checker
    from fargate_lint.lint.finding import Finding
    from fargate_lint.source.document import Document

#: A file of one line has a diff that nobody can read.
LONGEST = 400


def diff(documents: Sequence[Document], checker: Checker, rules: Iterable[str]) -> list[str]:
    """The lines of a unified diff that fixes what some rules have found, without secrets.

    Notes (severity info) are left alone. Nothing where there is no fix.
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
    return lines if max(map(len, lines), default=0) <= LONGEST else []
