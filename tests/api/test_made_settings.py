"""Settings that a program makes are taken, and refused, as those of a configuration are."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fargate_lint import Linter, Settings, Stop, explain, read
from fargate_lint.lint.example import base


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("select", "ECS", "`select` takes a list of strings, not a string"),
        ("select", [3], "`select` takes strings, not a number"),
        ("select", None, "`select` takes a list of strings, not None"),
        ("select", ["NONE"], "there is no rule `NONE`"),
        ("exclude", "*.json", "`exclude` takes a list of strings, not a string"),
        ("locked", ["NONE"], "there is no rule `NONE`"),
        ("min_severity", "zzz", "`min_severity` is `info`, `warning` or `error`, not `zzz`"),
        ("fail_on", "", "`fail_on` is `info`, `warning`, `error` or `never`, not ``"),
        ("profile", "test", "`profile` is `production` or `troubleshooting`, not `test`"),
        ("platform", "x", "`platform` is `mdr` or `cloud-defender`, not `x`"),
        ("require_agent", "no", "`require_agent` takes true or false, not a string"),
        ("fluent_bit", "new", "`new` is no version"),
        ("fluent_bit", 3, "`fluent_bit` takes a string, not a number"),
        ("per_file_ignores", {"*": "ALL"}, "`*` takes a list of strings, not a string"),
        ("per_file_ignores", {"*": ["NONE"]}, "there is no rule `NONE`"),
        ("severities", {"NONE": "info"}, "there is no rule `NONE`"),
        ("severities", {"ECS": "x"}, "`ECS` is `info`, `warning` or `error`, not `x`"),
        ("rules", ["ECS403"], "`rules` takes a dict, not a list"),
        ("rules", {"no-such-rule": {}}, "there is no rule `no-such-rule`"),
        ("rules", {"ECS403": "info"}, "`ECS403` takes a dict, not a string"),
        (
            "rules",
            {"ECS403": {"severity": "x"}},
            "`severity` is `info`, `warning` or `error`, not `x`",
        ),
        ("rules", {"FGT102": {"x": 1}}, "rule `fargate-network-mode` has no option `x`"),
        ("ignores", ["ALL"], "`ignores` takes suppressions, not a string"),
    ],
)
def test_settings_that_no_configuration_could_have_are_refused(
    name: str, value: object, said: str
) -> None:
    settings = Settings()
    setattr(settings, name, value)
    with pytest.raises(Stop) as caught:
        Linter(settings)
    assert caught.value.message == said


@pytest.mark.parametrize(
    "members",
    [
        {"severities": {"FGT": "info"}},
        {"severities": {"ALL": "error", "FGT102": "info", "FGT": "warning"}},
        {"rules": {"fargate-network-mode": {"severity": "info"}}},
        {"rules": {"FGT102": {"severity": "info"}}},
        {"rules": {"FGT102": {"severity": "info"}}, "severities": {"FGT102": "error"}},
    ],
)
def test_settings_of_a_program_name_rules_as_a_configuration_does(members: dict[str, Any]) -> None:
    settings = Settings()
    settings.min_severity = "info"
    settings.select = ["FGT102"]
    for name, value in members.items():
        setattr(settings, name, value)
    text = json.dumps({**base("agent"), "networkMode": "bridge"})
    [finding] = Linter(settings).check("task.json", text).findings
    assert (finding.name, finding.severity) == ("fargate-network-mode", "info")
    diagnosis = explain(read("task.json", text).definitions, settings=settings)
    assert [each.severity for each in diagnosis.findings] == ["info"]
    assert {name: getattr(settings, name) for name in members} == members


def test_settings_of_a_diagnosis_are_checked_too() -> None:
    settings = Settings()
    settings.min_severity = "zzz"
    with pytest.raises(Stop):
        explain(settings=settings)
