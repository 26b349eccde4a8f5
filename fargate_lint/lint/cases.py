"""Findings about a definition that a file leaves open: what holds in all of its cases.

A template may decide by conditions that nobody knows here; each case of them is judged as a
definition of its own. What is found in every case is reported once. What is found only where some
condition holds, or doesn't, is reported with that condition, and as no more than a warning. What
depends on more is not reported. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html
"""

from __future__ import annotations

from fargate_lint.lint.finding import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.ecs.task import Task
    from fargate_lint.lint.finding import Finding

    Case = Mapping[str, bool]


def settle(findings: list[Finding], tasks: Iterable[Task]) -> list[Finding]:
    """The findings about tasks, of each those that its cases agree on; defaults are named."""
    cases: dict[str, list[Case]] = {}
    for task in tasks:
        if task.definition.case:
            cases.setdefault(task.definition.address, []).append(task.definition.case)
    alike: dict[object, list[Finding]] = {}
    for finding in findings:
        alike.setdefault(_identity(finding), []).append(finding)
    settled = []
    for first, *others in alike.values():
        definition = _definition(first)
        if definition is not None and definition.case:
            found = [case for each in (first, *others) if (case := _case(each)) is not None]
            if not _conditional(first, found, cases[definition.address]):
                continue
        if definition is not None and definition.assumed:
            _name_defaults(first, definition)
        if definition is not None and definition.made_at is not None:
            document, path, words = definition.made_at
            end = len(document.text)
            span = None if document is definition.document else (end, end)
            first.related.append(Place(document, path, words, key=span is None, span=span))
        settled.append(first)
    return settled


def _definition(finding: Finding) -> Definition | None:
    return finding.task.definition if finding.task is not None else None


def _case(finding: Finding) -> Case | None:
    definition = _definition(finding)
    return definition.case if definition is not None else None


def _identity(finding: Finding) -> object:
    """What findings have in common that are the same in several cases."""
    definition = _definition(finding)
    if definition is None or not definition.case:
        return id(finding)
    written = finding.place.written
    place = id(written.document), written.start, written.end
    return finding.rule.code, definition.address, place, finding.container


def _conditional(finding: Finding, found: list[Case], cases: list[Case]) -> bool:
    """Make a finding say in which cases it holds; False where no one condition tells them."""
    if len(found) >= len(cases):
        return True
    for name, holds in found[0].items():
        told = [case for case in cases if case[name] == holds]
        if len(told) == len(found) and all(case in told for case in found):
            finding.message += f" (if the condition `{name}` is {'true' if holds else 'false'})"
            finding.severity = "warning" if finding.severity == "error" else finding.severity
            return True
    return False


def _name_defaults(finding: Finding, definition: Definition) -> None:
    """Say of each place of a finding that rests on the default of a parameter."""
    named: set[str] = set()
    for place in (finding.place, *finding.related):
        if place.lens is definition:
            for length in range(1, len(place.path) + 1):
                named |= definition.assumed.get(place.path[:length], frozenset())
    finding.related += [
        Place(definition.document, ("Parameters", name, "Default"), f"the default of `{name}`")
        for name in sorted(named)
    ]
