"""Whoever speaks of what stops Fluent Bit or loses logs: without that rule, the next one does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fargate_lint.cli import main
from fargate_lint.data.problems import KINDS
from fargate_lint.inputs import detect, fluent_bit
from fargate_lint.inputs.shapes import tasks as tasks_of
from fargate_lint.launch import launch_of
from fargate_lint.lint import pages
from fargate_lint.lint.finding import rank
from fargate_lint.lint.registry import load
from fargate_lint.lint.runner import Checker
from fargate_lint.source.read import read
from fargate_lint.testing import base, overlay, settings, source
from fargate_lint_rules.fluentbit._problems import weight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fargate_lint.launch.problem import Problem
    from fargate_lint.source.document import Document

REGISTRY = load()
#: Languages of examples that are no files to be checked.
OTHER = {"hex", "log", "python", "toml"}


def examples() -> Iterator[tuple[str, pages.Example]]:
    for rule in REGISTRY.rules:
        for number, example in enumerate(pages.examples(rule)):
            if example.kind == "bad" and example.language not in OTHER:
                yield f"{rule.name}-{number}", example


def heavy(document: Document) -> list[tuple[Problem, str]]:
    """What keeps Fluent Bit from starting or loses logs, with the severity that it is worth."""
    pipelines = []
    for task in tasks_of(document, REGISTRY.shapes):
        launch = launch_of(task)
        # Of an image with Fluentd nothing is claimed.
        if launch.pipeline is not None and launch.sidecars.router_image.kind != "fluentd":
            pipelines.append(launch.pipeline)
    if detect.is_fluent_bit(document):
        pipelines.append(fluent_bit.pipeline(document))
    return [
        (problem, weight(pipeline, problem))
        for pipeline in pipelines
        for problem in pipeline.problems
        if problem.fatal or problem.severity == "loss"
    ]


def speaking(example: pages.Example, document: Document, severity: str, *ignored: str) -> set[str]:
    """The rules that find something of such a severity, or more, where some are ignored."""
    chosen = settings(example)
    chosen.ignore = list(ignored)
    found = Checker(REGISTRY, chosen).check(document)
    return {each.rule.name for each in found if rank(each.severity) >= rank(severity)}


@pytest.mark.parametrize(("name", "example"), list(examples()))
def test_the_next_rule_speaks_when_one_is_ignored(name: str, example: pages.Example) -> None:
    file, text = source(example)
    for document in read(file, text.encode()):
        for problem, severity in heavy(document):
            ignored: set[str] = set()
            while KINDS[problem.kind].rule not in ignored:
                found = speaking(example, document, severity, *ignored)
                assert found, f"{name}: without {sorted(ignored)}, {problem} is silent"
                ignored |= found


#: What the router of the base sends to the agent, but to nobody by a `-m`.
UNMATCHED = [
    word for word in base("agent")["containerDefinitions"][2]["command"] if word not in {"-m", "*"}
]


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--select", "FLB,FLN"],
        ["--ignore", "syslog-match-missing"],
        ["--ignore", "syslog-match-missing,flb-output-without-match"],
        ["--select", "no-output-configured"],
    ],
)
def test_logs_that_go_nowhere_are_an_error_whatever_is_selected(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    router = {"name": "log_router", "command": UNMATCHED}
    path = tmp_path / "task.json"
    path.write_text(json.dumps(overlay(base("agent"), {"containerDefinitions": [router]})))
    assert main(["check", "--isolated", "--fail-on", "error", *options, str(path)]) == 1
    assert "error[" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "example"), list(examples()))
def test_no_loss_is_silent_with_the_rules_about_fluent_bit_alone(
    name: str, example: pages.Example
) -> None:
    file, text = source(example)
    chosen = settings(example)
    chosen.select = ["FLB", "OUT105", "FLN201", "no-output-configured"]
    for document in read(file, text.encode()):
        if heavy(document):
            assert Checker(REGISTRY, chosen).check(document), name
