from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[..., list[str]]

AGENT = "/containerDefinitions/1"
ROUTER = "/containerDefinitions/2"


def both(**members: Any) -> dict[str, Any]:
    return {
        "containerDefinitions": [
            {"name": "al-agent", **members},
            {"name": "log_router", **members},
        ]
    }


def awslogs(group: object, prefix: object) -> dict[str, Any]:
    return {
        "logDriver": "awslogs",
        "options": {
            "awslogs-group": group,
            "awslogs-region": "us-east-1",
            "awslogs-stream-prefix": prefix,
        },
    }


def test_each_sidecar_that_is_not_essential_in_production(report: Report) -> None:
    assert report("sidecar-essential-false-left", both(essential=False)) == [
        (
            f"warning {AGENT}/essential `al-agent` isn't essential: when the agent ends, the task"
            " goes on without it"
        ),
        (
            f"warning {ROUTER}/essential `log_router` isn't essential: when the log router ends,"
            " the task goes on without it"
        ),
    ]


def test_essential_false_while_troubleshooting(report: Report) -> None:
    rule = "sidecar-essential-false-left"
    assert report(rule, both(essential=False), profile="troubleshooting") == []


@pytest.mark.parametrize("essential", [True, "true", None, "${essential}"])
def test_essential_sidecars(report: Report, essential: object) -> None:
    assert report("sidecar-essential-false-left", both(essential=essential)) == []


def test_essential_false_with_a_restart_policy_is_only_a_remark(report: Report) -> None:
    fragment = both(essential=False, restartPolicy={"enabled": True})
    found = report("sidecar-essential-false-left", fragment)
    assert [line.partition(" ")[0] for line in found] == ["info", "info"]
    assert report("sidecar-restart-policy", fragment) == []


def test_applications_and_tasks_without_alert_logic_may_be_as_they_like(report: Report) -> None:
    application = {"containerDefinitions": [{"name": "web", "essential": False}]}
    router = {"containerDefinitions": [{"name": "log_router", "essential": False}]}
    for rule in ("sidecar-essential-false-left", "sidecar-restart-policy"):
        assert report(rule, application) == []
        assert report(rule, router, "firelens") == []


def test_essential_by_default(report: Report) -> None:
    assert report("sidecar-essential-default", both(essential=None)) == [
        f"info {AGENT} `al-agent` is essential by default: the task ends when it does",
        f"info {ROUTER} `log_router` is essential by default: the task ends when it does",
    ]
    assert report("sidecar-essential-default", both(essential="${essential}")) == []


@pytest.mark.parametrize("policy", [None, {"enabled": False}])
def test_a_sidecar_that_nothing_starts_again(report: Report, policy: object) -> None:
    fragment = both(essential=False, restartPolicy=policy)
    assert report("sidecar-restart-policy", fragment) == [
        f"info {AGENT}/essential `al-agent` isn't essential, and nothing starts the agent again",
        (
            f"info {ROUTER}/essential `log_router` isn't essential, and nothing starts"
            " the log router again"
        ),
    ]


def test_sidecars_whose_output_goes_nowhere(report: Report) -> None:
    rule = "sidecars-without-debug-logs"
    assert report(rule, {}) == [
        f"info {ROUTER} neither `al-agent` nor `log_router` keeps its output"
    ]
    one = {"containerDefinitions": [{"name": "al-agent", "logConfiguration": awslogs("g", "a")}]}
    assert report(rule, one) == []
    assert report(rule, {}, "firelens") == []


def test_sidecars_that_share_a_prefix(report: Report) -> None:
    rule = "sidecar-debug-logs-shared-prefix"
    assert report(rule, both(logConfiguration=awslogs("g", "debug"))) == [
        (
            f"info {ROUTER}/logConfiguration/options/awslogs-stream-prefix `al-agent` and"
            " `log_router` share the stream prefix `debug`"
        )
    ]
    assert report(rule, both(logConfiguration=awslogs("${group}", "debug"))) == []
    assert report(rule, both(logConfiguration=awslogs("g", None))) == []


def test_sidecars_with_prefixes_or_groups_of_their_own(report: Report) -> None:
    rule = "sidecar-debug-logs-shared-prefix"
    for other in (awslogs("g", "b"), awslogs("h", "a")):
        fragment = {
            "containerDefinitions": [
                {"name": "al-agent", "logConfiguration": awslogs("g", "a")},
                {"name": "log_router", "logConfiguration": other},
            ]
        }
        assert report(rule, fragment) == []
