"""Which findings stand, once all selected rules have spoken: one mistake is reported once.

A rule says what it sees, whatever other rules may say. What one mistake leads to (an option that is
missing since its key is misspelled, logs that go nowhere since a filter has no `-m`) is then found
by several rules. The rule that comes nearest to the mistake names those that it makes superfluous,
in `outranks`: their names, or the beginning of their codes.

A finding has subjects: the paths of what it is about, which is its own place unless the rule says
more. What has no place of its own is a path as well, with a first step that no file has (the
built-in rules keep theirs in `_subjects.py`). A subject covers what lies below it: a finding about
a list of words covers those about each word.

A finding is dropped when one of its subjects is covered by a finding of a rule that outranks its
own, found in the same task, which weighs no less: an error is never replaced by a warning. What is
dropped drops others all the same. The finding that counts has to be there: a rule that isn't
selected, or is ignored in this file, silences nobody. A finding that is suppressed later does,
since its mistake was accepted; but what can't be suppressed is only outranked by what can't be
either.
"""

from __future__ import annotations

from fargate_lint.lint.finding import rank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from fargate_lint.lint.finding import Finding
    from fargate_lint.source.document import Path

#: The first step of the subject of a finding that has offsets instead of a path.
OFFSET = "offset"


def resolve(
    findings: Sequence[Finding], locked: Collection[str] = (), ignored: Collection[str] = ()
) -> list[Finding]:
    """The findings that no other one makes superfluous, in the same order.

    `locked` are the names of rules whose findings can't be suppressed, `ignored` those of rules
    whose findings won't be shown.
    """
    covered: dict[tuple[int, str, Path], int] = {}
    for finding in findings:
        for name in finding.rule.outranks if finding.rule.name not in ignored else ():
            weight = _weight(finding, locked)
            for subject in subjects(finding):
                key = id(finding.task), name, subject
                covered[key] = max(weight, covered.get(key, 0))
    outranked = {name for _, name, _ in covered}
    return [
        finding
        for finding in findings
        if outranked.isdisjoint(_names(finding))
        or all(covered.get(key, -1) < _weight(finding, locked) for key in _keys(finding))
    ]


def subjects(finding: Finding) -> list[Path]:
    """What a finding is about: what its rule says, else its place and those that count alike."""
    if finding.subject:
        return finding.subject
    places = [finding.place, *(finding.related if finding.rule.places_are_one else ())]
    return [(OFFSET, each.span[0]) if each.span is not None else each.path for each in places]


def _weight(finding: Finding, locked: Collection[str]) -> int:
    return rank(finding.severity) + (10 if finding.rule.name in locked else 0)


def _keys(finding: Finding) -> Iterator[tuple[int, str, Path]]:
    """All under which something that covers the finding may stand."""
    names = _names(finding)
    for subject in subjects(finding):
        for length in range(len(subject) + 1):
            for name in names:
                yield id(finding.task), name, subject[:length]


def _names(finding: Finding) -> tuple[str, str, str]:
    """What other rules may call the finding's rule in `outranks`."""
    code = finding.rule.code
    return finding.rule.name, code, code[:3]
