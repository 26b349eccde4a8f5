from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fargate_lint.lint import pages
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.finding import rank
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.read import read
from fargate_lint.testing import base, failures

if TYPE_CHECKING:
    from fargate_lint.lint.rule import Rule

REGISTRY = load()
RULES = pytest.mark.parametrize("rule", REGISTRY.rules, ids=lambda rule: rule.name)


@RULES
def test_every_example_of_a_page_does_as_it_says(rule: type[Rule]) -> None:
    assert list(failures(rule, REGISTRY)) == []


@RULES
def test_a_page_says_why_and_where_to_read_on(rule: type[Rule]) -> None:
    text = pages.text(rule)
    assert "\n## Why it matters\n" in text
    assert "\n## References\n" in text
    assert pages.summary(rule).endswith(".")


@pytest.mark.parametrize("name", ["agent", "cloudwatch", "firelens", "plain"])
def test_the_definitions_below_the_examples_are_without_fault(name: str) -> None:
    import json

    checker = Checker(REGISTRY, Settings())
    found = [
        (finding.rule.name, finding.message)
        for document in read("task.json", json.dumps(base(name)).encode())
        for finding in checker.check(document)
        if rank(finding.severity) >= rank("warning")
    ]
    assert found == []


def test_codes_and_names_are_well_formed() -> None:
    import re

    for rule in REGISTRY.rules:
        assert re.fullmatch(r"[A-Z]{3}\d{3}", rule.code), rule
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name), rule
        assert rule.severity in {"error", "warning", "info"}, rule
