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
#: Characters of the longest text that has one: four times what ECS takes for a task definition.
#: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
TEXT_LIMIT = 1 << 18


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
    by_file: dict[tuple[str, str], list[Finding]] = {}
    for finding in chosen(findings):
        document = finding.place.lens.document
        by_file.setdefault((document.name, document.text), []).append(finding)
    lines: list[str] = []
    for name, text in files:
        # A change is shown with a line that was there before.
        if len(text) > TEXT_LIMIT or _has_long_lines(text):
            continue
        after, _ = fixed(name, text, judge, unsafe=True, found=by_file.get((name, text), []))
        if after != text:
            lines += (line.removesuffix("\r") for line in unified(name, text, after))
    return lines if max(map(len, lines), default=0) <= LINE_LIMIT else []


def _has_long_lines(text: str) -> bool:
    """Whether no line of a text is short enough for a diff."""
    return min(map(len, text.splitlines()), default=0) > LINE_LIMIT
