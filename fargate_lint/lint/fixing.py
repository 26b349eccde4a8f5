"""Making fixes in a text, again and again until there is nothing left to fix."""

from __future__ import annotations

from fargate_lint.lint.fix import edits
from fargate_lint.source.edits import spliced
from fargate_lint.source.read import documents

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fargate_lint.lint.finding import Finding
    from fargate_lint.lint.fix import Fix
    from fargate_lint.source.document import Document, Edit

    Judge = Callable[[Document], list[Finding]]

#: After so many rounds, what is left to fix stays: fixes may call for each other for ever.
MOST_ROUNDS = 50


def fixed(
    name: str,
    text: str,
    judge: Judge,
    *,
    unsafe: bool = False,
    found: list[Finding] | None = None,
) -> tuple[str, list[Finding]]:
    """A file's text with the fixes made of what `judge` finds in its documents, and what was fixed.

    Fixes that touch each other are made one after the other, the second one as it is found then.
    Only safe ones are made unless `unsafe`. `found` is what `judge` finds first, if it is known.
    """
    made: list[Finding] = []
    seen = {text}
    for _ in range(MOST_ROUNDS):
        if found is None:
            found = [finding for document in documents(name, text) for finding in judge(document)]
        chosen = list(_apart(_wanted(found, unsafe=unsafe)))
        if not chosen:
            break
        found = None
        after = _applied(name, text, chosen)
        if after is None:
            chosen = chosen[:1]
            after = _applied(name, text, chosen)
        if after is None or after in seen:
            break
        seen.add(after)
        text = after
        made += [finding for finding, _ in chosen]
    return text, made


def may_be_made(fix: Fix | None, *, unsafe: bool) -> bool:
    """Whether a finding has a fix that is wanted."""
    return fix is not None and (fix.safe or unsafe)


def _wanted(
    findings: Iterable[Finding], *, unsafe: bool
) -> Iterable[tuple[Finding, Sequence[Edit]]]:
    """What can be fixed, with the edits that do it, in the order of the text."""
    found = []
    for finding in findings:
        if finding.fix is None or not may_be_made(finding.fix, unsafe=unsafe):
            continue
        try:
            made = edits(finding.fix)
        except Exception:
            # A plugin's definition that fails is reported where its findings are located.
            if finding.task is None or not finding.task.definition.plugin:
                raise
            continue
        if made is not None and made.edits:
            found.append((finding, made.edits))
    return sorted(found, key=lambda each: each[1][0])


def _apart(
    wanted: Iterable[tuple[Finding, Sequence[Edit]]],
) -> Iterable[tuple[Finding, Sequence[Edit]]]:
    """The fixes that don't overlap or touch an earlier one."""
    end = -1
    for finding, made in wanted:
        if made[0][0] > end:
            yield finding, made
            end = made[-1][1]


def _applied(name: str, text: str, chosen: Iterable[tuple[Finding, Sequence[Edit]]]) -> str | None:
    """The text with all edits, None when it could be read worse than before."""
    before = documents(name, text)
    text = spliced(text, (edit for _, made in chosen for edit in made))
    after = documents(name, text)
    if len(after) != len(before) or _faults(after) > _faults(before):
        return None
    return text


def _faults(read: Iterable[Document]) -> int:
    return sum(len(document.faults) for document in read)
