from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.build import fragment

if TYPE_CHECKING:
    from collections.abc import Callable

OPTIONS = "/containerDefinitions/0/logConfiguration/options"


def web(options: dict[str, Any], **members: Any) -> dict[str, Any]:
    return fragment("web", logConfiguration={"options": options}, **members)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("On", ["stays false"]),
        ("1", ["stays false"]),
        ("YES", ["stays false"]),
        ("True", []),
        ("false", []),
        ("${CREATE}", []),
    ],
)
def test_go_plugins_take_true_and_false_only(
    report: Callable[..., list[str]], value: str, said: list[str]
) -> None:
    found = report("go-bool-value", web({"auto_create_group": value}), "cloudwatch")
    assert [line.rpartition(": it ")[2] for line in found] == said


def test_c_plugins_take_more(report: Callable[..., list[str]]) -> None:
    assert report("go-bool-value", web({"auto_create_group": "On"}), "firelens") == []


def test_a_group_that_nothing_creates_is_a_note(report: Callable[..., list[str]]) -> None:
    rule = "auto-create-group-advice"
    said = "nothing creates the log group `/shop/web`: it has to exist"
    assert report(rule, web({"auto_create_group": "off"}), "firelens") == [
        f"info {OPTIONS}/auto_create_group {said}"
    ]
    assert len(report(rule, web({"auto_create_group": None}), "firelens")) == 1
    assert report(rule, web({"auto_create_group": "${CREATE}"}), "firelens") == []
    assert report(rule, {}, "plain") == []


SECRET = {
    "secrets": [
        {"name": "A", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/a"},
    ]
}


def test_a_region_that_secrets_speak_against(report: Callable[..., list[str]]) -> None:
    found = report("region-mismatch", web({"region": "us-east-1"}, **SECRET), "firelens")
    assert found == [
        f"warning {OPTIONS}/region logs go to `us-east-1`, but the secrets are in `eu-west-1`"
    ]


@pytest.mark.parametrize("region", ["eu-west-1", "${AWS_REGION}", "everywhere"])
def test_a_region_that_may_be_right(report: Callable[..., list[str]], region: str) -> None:
    assert report("region-mismatch", web({"region": region}, **SECRET), "firelens") == []


def test_a_region_may_be_allowed(report: Callable[..., list[str]]) -> None:
    fragment = web({"region": "us-east-1"}, **SECRET)
    rules = {"region-mismatch": {"allowed": ["us-east-1"]}}
    assert report("region-mismatch", fragment, "firelens", rules=rules) == []


def test_another_drivers_region_is_a_note(report: Callable[..., list[str]]) -> None:
    options = {"awslogs-group": "/x", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "x"}
    router = {
        "name": "log_router",
        "logConfiguration": {"logDriver": "awslogs", "options": options},
    }
    found = report("region-mismatch", {"containerDefinitions": [router]}, "firelens")
    assert [line.split()[0] for line in found] == ["info"]


def test_a_match_of_ones_own_replaces_that_of_firelens(report: Callable[..., list[str]]) -> None:
    said = f"error {OPTIONS}/Match `Match *` takes the place of `Match web-firelens*`"
    assert report("match-option-set", web({"Match": "*"}), "firelens") == [said]
    assert report("match-option-set", web({"Match": "web-firelens*"}), "firelens") == []
    assert report("match-option-set", {}, "firelens") == []


def test_containers_that_were_left_with_awslogs(report: Callable[..., list[str]]) -> None:
    options = {"awslogs-group": "/shop/web", "awslogs-region": "us-east-1"}
    driver = {"logDriver": "awslogs", "options": options}
    jobs = {"containerDefinitions": [{"name": "jobs", "image": "jobs", "logConfiguration": driver}]}
    found = report("migration-incomplete", jobs, "firelens")
    assert [line.split()[0] for line in found] == ["info"]
    options["awslogs-group"] = "/shop/jobs"
    assert report("migration-incomplete", jobs, "firelens") == []
    router = {"containerDefinitions": [{"name": "log_router", "logConfiguration": driver}]}
    options["awslogs-group"] = "/shop/web"
    assert report("migration-incomplete", router, "firelens") == []


def test_the_logs_tab_is_told_of_once(report: Callable[..., list[str]]) -> None:
    assert len(report("console-logs-tab", {}, "cloudwatch")) == 1
    assert report("console-logs-tab", {}, "agent") == []


@pytest.mark.parametrize(
    ("path", "count"), [("/a.yaml", 1), ("/a.YML", 1), ("/a.conf", 0), ("${FILE}", 0)]
)
def test_firelens_includes_no_yaml(report: Callable[..., list[str]], path: str, count: int) -> None:
    options = {"config-file-type": "file", "config-file-value": path}
    router = {"name": "log_router", "firelensConfiguration": {"options": options}}
    fragment = {"containerDefinitions": [router]}
    assert len(report("firelens-config-file-yaml", fragment, "firelens")) == count
