"""A gate keeps a rule from running where it has nothing to say. With all gates off, all rules find
the same in every document of the repository, and in each of its variants.
"""

from __future__ import annotations

import sys
from collections import Counter
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from fargate_lint.inputs.shapes import tasks as tasks_of
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.finding import rank
from fargate_lint.lint.registry import Registry, load
from fargate_lint.lint.rule import Rule
from fargate_lint.lint.settings.settings import Settings
from tests.gates import variants
from tests.gates.corpus import PLAIN, Case, cases, examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fargate_lint.launch import Launch
    from fargate_lint.lint.finding import Finding
    from tests.gates.variants import Edit

#: The gates of a rule, each with the value of one that is always open.
GATES: dict[str, Any] = {
    "members": frozenset(),
    "only_if_problems": False,
    "alert_logic": False,
    "inputs": (),
}


def without_gates(registry: Registry) -> Registry:
    for entry in registry.entries:
        for gate, value in GATES.items():
            setattr(entry, gate, value)
    return registry


GATED, OPEN = load(), without_gates(load())
NAMES = [entry.name for entry in GATED.entries if any(getattr(entry, gate) for gate in GATES)]
MEMBERS = frozenset[str]().union(*(entry.members for entry in GATED.entries))
EDITS: dict[str, Edit] = {
    "no faults": lambda value: value,
    "no members": variants.without(MEMBERS),
    "members in capitals": variants.in_capitals(MEMBERS),
    "all from secrets": variants.from_secrets(),
    "options as words": variants.options_as_words,
    "words as options": variants.words_as_options,
    "words as options, no agent": lambda value: variants.without_agent(
        variants.words_as_options(value)
    ),
    "another collector": lambda value: variants.to_another_host(variants.words_as_options(value)),
    "recommended command": variants.recommended,
    "command in the entry point": variants.in_entry_point,
    "no agent": variants.without_agent,
    "no router": variants.without({"firelensConfiguration"}),
    "containers alone": variants.containers_alone,
    "one container": variants.one_container,
}


def said(finding: Finding) -> tuple[object, ...]:
    places = (finding.place, *finding.related)
    return (
        finding.rule.name,
        finding.severity,
        finding.message,
        finding.help,
        *((place.path, place.key, place.span, place.message) for place in places),
    )


class Comparison:
    """Checks of the same rules with gates and without."""

    def __init__(self, gated: Registry, opened: Registry, settings: Settings) -> None:
        self._gated = Checker(gated, settings)
        self._opened = Checker(opened, settings)

    def differences(self, case: Case) -> list[str]:
        """What only one of the checks finds, in words."""
        # Both read the same launch: it takes longer than the rules.
        tasks = tasks_of(case.document)
        gated = Counter(map(said, self._gated.check(case.document, tasks)))
        with patch.object(sys.modules[Checker.__module__], "concerns", new=lambda _: True):
            opened = Counter(map(said, self._opened.check(case.document, tasks)))
        return [
            f"{case.origin}: {what}: {finding}"
            for what, more in (("hidden", opened - gated), ("only with gates", gated - opened))
            for finding in more
        ]


@cache
def comparison(settings: Settings, *rules: str) -> Comparison:
    """The comparison under one set of settings: of some rules, or else of all."""
    settings = copy(settings)
    settings.select = list(rules) or settings.select
    return Comparison(GATED, OPEN, settings)


def differences(found: Iterable[Case], *rules: str) -> list[str]:
    return [
        difference
        for case in found
        for difference in comparison(case.settings, *rules).differences(case)
    ]


def edited(found: Iterable[Case], edit: Edit) -> list[Case]:
    """The cases that an edit changes, without those that become alike by it."""
    made = {}
    for case in found:
        document = variants.changed(case.document, edit)
        if document is not None:
            made[repr(document.value), case.settings] = case._replace(document=document)
    return list(made.values())


def test_gates_hide_nothing() -> None:
    found = differences(cases())
    assert not found, "\n".join(found)


@pytest.mark.parametrize("edit", EDITS)
def test_gates_hide_nothing_in_variants(edit: str) -> None:
    found = differences(edited(cases(), EDITS[edit]), *NAMES)
    assert not found, "\n".join(found)


def test_without_its_members_a_rule_has_nothing_to_say() -> None:
    makers: list[Callable[[frozenset[str]], Edit]] = [
        variants.without,
        variants.in_capitals,
        variants.from_secrets,
        variants.from_template,
    ]
    found = [
        difference
        for entry in GATED.entries
        if entry.members
        for names in {entry.members, *(frozenset({name}) for name in entry.members)}
        for make in makers
        for difference in differences(edited(examples(entry.name), make(names)), entry.name)
    ]
    assert not found, "\n".join(found)


def test_without_its_inputs_a_rule_has_nothing_to_say() -> None:
    needy = [entry for entry in GATED.entries if entry.inputs]
    names = [entry.name for entry in needy]
    documents = {case.document.text: case for name in names for case in examples(name)}
    every = {
        name: [*dict.fromkeys(filter(None, (getattr(case.settings, name) for case in cases())))]
        for entry in needy
        for name in entry.inputs
        # What only a task's own file can say.
        if name in Settings.__slots__
    }
    found = []
    for needed in {entry.inputs for entry in needy}:
        others = {name: values for name, values in every.items() if name not in needed}
        for index in range(max(map(len, others.values()))):
            settings = Settings()
            for name, values in others.items():
                setattr(settings, name, values[index % len(values)])
            given_others = (case._replace(settings=settings) for case in documents.values())
            found += differences(given_others, *names)
    assert not found, "\n".join(found)


def test_the_floor_hides_only_what_weighs_less_and_counts_it() -> None:
    errors = rank("error")

    @cache
    def checker(settings: Settings, floor: int) -> Checker:
        return Checker(GATED, settings, floor=floor)

    for case in cases():
        tasks = tasks_of(case.document)
        every = checker(case.settings, 0).check(case.document, tasks)
        above = checker(case.settings, errors)
        heavy = Counter(map(said, above.check(case.document, tasks)))
        assert heavy == Counter(said(each) for each in every if rank(each.severity) >= errors)
        hidden = Counter(each.severity for each in every if rank(each.severity) < errors)
        assert Counter(above.hidden()) == hidden, case.origin


class Loud(Rule):
    """Reports every launch."""

    code = "ZZZ001"
    name = "loud"

    def check_launch(self, launch: Launch) -> None:
        self.report(launch, "is launched")


@pytest.mark.parametrize(
    ("gate", "promise"),
    [
        ("members", ("tmpfs",)),
        ("only_if_problems", True),
        ("alert_logic", True),
        ("inputs", ("service",)),
    ],
)
def test_a_gate_that_hides_something_is_found(
    gate: str, promise: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    gated, opened = Registry(), Registry()
    opened.add("test", [Loud])
    monkeypatch.setattr(Loud, gate, promise)
    gated.add("test", [Loud])
    sides = Comparison(gated, opened, PLAIN)
    hidden = [difference for case in cases() for difference in sides.differences(case)]
    assert hidden
    assert all(": hidden: ('loud', 'warning', 'is launched', " in each for each in hidden)
