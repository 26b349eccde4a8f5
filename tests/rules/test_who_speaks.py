"""Whoever speaks of what stops Fluent Bit or loses logs: without that rule, the next one does."""

from __future__ import annotations

import json
from copy import copy
from typing import TYPE_CHECKING

import pytest

from fargate_lint.cli import main
from fargate_lint.data.problems import KINDS
from fargate_lint.inputs import detect, fluent_bit
from fargate_lint.inputs.shapes import tasks
from fargate_lint.launch import launch_of
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.finding import rank
from fargate_lint.lint.registry import load
from fargate_lint.testing import base
from fargate_lint_rules.fluentbit._problems import weight
from tests.build import changed
from tests.gates.corpus import Case, cases

if TYPE_CHECKING:
    from pathlib import Path

    from fargate_lint.launch.problem import Problem

REGISTRY = load()


def heavy(case: Case) -> list[tuple[Problem, str]]:
    """What keeps Fluent Bit from starting or loses logs, with the severity that it is worth."""
    # Of an image with Fluentd nothing is claimed.
    pipelines = [
        launch.pipeline
        for launch in (launch_of(task, None) for task in tasks(case.document))
        if launch.pipeline is not None and launch.sidecars.router_image.kind != "fluentd"
    ]
    if detect.is_fluent_bit(case.document):
        pipelines.append(fluent_bit.pipeline(case.document))
    return [
        (problem, weight(pipeline, problem))
        for pipeline in pipelines
        for problem in pipeline.problems
        if problem.fatal or problem.severity == "loss"
    ]


HEAVY = [case for case in cases() if heavy(case)]


def speaking(case: Case, severity: str, *ignored: str) -> set[str]:
    """The rules that find something of such a severity, or more, where some are ignored."""
    settings = copy(case.settings)
    settings.ignore = list(ignored)
    found = Checker(REGISTRY, settings).check(case.document)
    return {each.rule.name for each in found if rank(each.severity) >= rank(severity)}


def test_the_next_rule_speaks_when_one_is_ignored() -> None:
    assert len(HEAVY) > 150
    for case in HEAVY:
        for problem, severity in heavy(case):
            ignored: set[str] = set()
            while KINDS[problem.kind].rule not in ignored:
                found = speaking(case, severity, *ignored)
                assert found, f"{case.origin}: without {sorted(ignored)}, {problem} is silent"
                ignored |= found


def test_nothing_heavy_is_silent_when_only_the_rules_about_fluent_bit_are_selected() -> None:
    for case in HEAVY:
        settings = copy(case.settings)
        settings.select = ["FLB", "OUT105", "FLN201", "no-output-configured"]
        assert Checker(REGISTRY, settings).check(case.document), case.origin


#: What the vendor's router has, without a `-m` for anybody.
UNMATCHED = [
    word for word in base("agent")["containerDefinitions"][2]["command"] if word not in {"-m", "*"}
]


def unmatched(folder: Path) -> Path:
    path = folder / "task.json"
    path.write_text(json.dumps(changed(log_router={"command": UNMATCHED})))
    return path


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
    path = unmatched(tmp_path)
    assert main(["check", "--isolated", "--fail-on", "error", *options, str(path)]) == 1
    assert "error[" in capsys.readouterr().out


def test_a_finding_that_is_suppressed_was_accepted_with_all_that_follows_from_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = unmatched(tmp_path)
    (tmp_path / "fargate-lint.toml").write_text(
        '[[ignore]]\nrule = "syslog-match-missing"\nreason = "nobody reads these logs"\n'
    )
    assert main(["check", "--fail-on", "error", str(path)]) == 0
    # A rule that is left out is not the same: nobody has accepted what follows.
    (tmp_path / "fargate-lint.toml").write_text(
        '[per-file-ignores]\n"*.json" = ["syslog-match-missing"]\n'
    )
    assert main(["check", "--fail-on", "error", str(path)]) == 1
    assert "flb-output-without-match" in capsys.readouterr().out


def test_a_severity_that_hides_a_finding_hides_no_error_behind_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = unmatched(tmp_path)
    (tmp_path / "fargate-lint.toml").write_text('[severity]\nsyslog-match-missing = "info"\n')
    assert main(["check", "--fail-on", "error", str(path)]) == 1
    assert "flb-output-without-match" in capsys.readouterr().out
