"""English is for people: with all messages in other words, everything else stays the same."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.inputs import detect
from fargate_lint.launch import launcher
from fargate_lint.launch.arguments import Misuse
from fargate_lint.launch.problem import Problem
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.registry import load
from fargate_lint.lint.rule import Rule
from fargate_lint.source.classic_lines import Problem as Line
from fargate_lint.source.document import Fault
from fargate_lint.source.read import read
from scripts.agreement_diagnosis import diagnosis
from tests.gates.corpus import ROOT, Case, cases

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from fargate_lint.lint.finding import Finding, Place

REGISTRY = load()
DIAGNOSES = ROOT / "tests" / "data" / "diagnosis"
#: All that holds a message when it is made; what a message is made of later are its own words.
MADE = (Fault, Line, Misuse, Problem)


def other_words(text: str) -> str:
    """Another text for each text, with none of its words."""
    return sha256(text.encode("utf-8", "replace")).hexdigest() if text else ""


@pytest.fixture
def reworded(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Whatever sets a message or a help sets another one, until the patch is undone."""

    def patch(made: type[Any], member: str) -> None:
        slot = made.__dict__[member]
        monkeypatch.setattr(
            made,
            member,
            property(slot.__get__, lambda self, text: slot.__set__(self, other_words(text))),
        )

    # Commands that were read before keep their words, and those read here theirs.
    monkeypatch.setattr(launcher, "_commands", {})
    for made in MADE:
        patch(made, "message")
        patch(made, "help")
    add = Rule.add
    monkeypatch.setattr(
        Rule,
        "add",
        lambda self, message, place, **more: add(self, other_words(message), place, **more),
    )
    yield monkeypatch
    monkeypatch.undo()


def seen(finding: Finding) -> tuple[Hashable, ...]:
    """All of a finding but its words."""
    changes = [change for _, change in finding.fix.changes] if finding.fix is not None else []
    return (
        finding.rule.name, finding.severity, _place(finding.place),
        tuple(map(_place, finding.related)), tuple(finding.subject), repr(changes),
    )  # fmt: skip


def _place(place: Place) -> tuple[Hashable, ...]:
    return place.path, place.key, place.span


def found(case: Case) -> Counter[tuple[Hashable, ...]]:
    """What is found in a case, whose text is read again."""
    checker = Checker(REGISTRY, case.settings)
    name, text = case.document.name, case.document.text
    script = detect.script(name, text.encode("utf-8", "surrogateescape"))
    documents = [script] if script is not None else read(name, text.encode())
    return Counter(seen(each) for document in documents for each in checker.check(document))


def verdicts(case: dict[str, Any]) -> list[tuple[Hashable, ...]]:
    """What is said of a ticket, but for the words."""
    return [
        (
            each.cause.id, each.status, each.weight, tuple(each.rules),
            tuple((one.kind, one.file, one.line, one.path) for one in each.evidence),
        )
        for each in diagnosis(DIAGNOSES, case, REGISTRY).verdicts
    ]  # fmt: skip


def test_findings_are_the_same_in_other_words(reworded: pytest.MonkeyPatch) -> None:
    before = [found(case) for case in cases()]
    assert sum(map(len, before)) > 1000
    reworded.undo()
    for case, other in zip(cases(), before, strict=True):
        assert other == found(case), case.origin


def test_verdicts_are_the_same_in_other_words(reworded: pytest.MonkeyPatch) -> None:
    tickets = json.loads((DIAGNOSES / "cases.json").read_text("utf-8"))
    before = [verdicts(ticket) for ticket in tickets]
    reworded.undo()
    for ticket, other in zip(tickets, before, strict=True):
        assert other == verdicts(ticket), ticket["id"]
