from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.inputs.service import services
from fargate_lint.lint.linter import Linter
from fargate_lint.lint.settings.settings import Settings
from tests.build import document

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.registry import Registry

    Report = Callable[..., list[str]]

ARN = "arn:aws:ecs:us-east-1:111122223333:task-definition/shop:"


@pytest.mark.parametrize(
    "value",
    [
        {"services": [{"serviceName": "front", "taskDefinition": ARN + "6"}], "failures": []},
        {"service": {"serviceName": "front", "taskDefinition": ARN + "6"}},
        {"serviceName": "front", "taskDefinition": "shop:6"},
        {"service": "front", "taskDefinition": "shop:6", "cluster": "main"},
        [{"service": "front", "taskDefinition": "shop:6"}],
    ],
)
def test_a_service_may_be_described_in_any_of_these_ways(value: Any) -> None:
    [found] = services(document(value))
    assert (found.name, found.family, found.revision) == ("front", "shop", 6)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "shop:6",
        {"services": {}},
        {"services": [None, {"serviceName": "front"}]},
        {"service": "front"},
        {"serviceName": "front", "taskDefinition": 6},
        [["shop:6"]],
    ],
)
def test_what_names_no_task_definition_is_no_service(value: Any) -> None:
    assert services(document(value)) == []


def test_a_service_with_an_older_revision(report: Report) -> None:
    service = document({"services": [{"serviceName": "front", "taskDefinition": ARN + "6"}]})
    rule = "service-not-updated"
    message = "this is `shop:7`, but service `front` runs `shop:6`"
    assert report(rule, {"revision": 7}, service=service) == [f"info /revision {message}"]
    assert report(rule, {"taskDefinitionArn": ARN + "7"}, service=service) == [
        f"info /taskDefinitionArn {message}"
    ]


@pytest.mark.parametrize("reference", ["shop:7", "shop:8", "shop", "other:6", ARN, "shop:x", ":"])
def test_a_service_that_is_not_behind(report: Report, reference: str) -> None:
    service = document({"serviceName": "front", "taskDefinition": reference})
    assert report("service-not-updated", {"revision": 7}, service=service) == []


def test_nothing_is_claimed_without_a_description_or_a_revision(report: Report) -> None:
    service = document({"serviceName": "front", "taskDefinition": "shop:6"})
    assert report("service-not-updated", {"revision": 7}) == []
    assert report("service-not-updated", {}, service=service) == []
    assert report("service-not-updated", {"revision": "${revision}"}, service=service) == []


def checked(registry: Registry, text: str, name: str = "deploy.sh", **kwargs: Any) -> list[str]:
    settings = Settings()
    settings.select = ["service-placeholder", "DOC"]
    made = Linter(settings, registry=registry).check(name, text.encode(), **kwargs)
    return [
        made.status,
        *(f"{found.start[0]}:{found.start[1]} {found.message}" for found in made.findings),
    ]


def test_placeholders_in_a_script(registry: Registry) -> None:
    text = (
        "set -e\n"
        "# aws ecs update-service --service {service_using_task_definition}\n"
        "aws ecs update-service --service '{service_using_task_definition}' \\\n"
        "  --task-definition \\\n"
        "  {task_definition}\n"
    )
    assert checked(registry, text) == [
        "checked",
        "3:35 `{service_using_task_definition}` is a placeholder that nobody replaced",
        "5:3 `{task_definition}` is a placeholder that nobody replaced",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "aws ecs update-service --service shop --task-definition shop:7",
        'aws ecs update-service --task-definition "${task_definition}"',
        "aws ecs update-service --task-definition {{task_definition}}",
        'sed "s/{task_definition}/shop/" service.json; aws ecs list-services',
    ],
)
def test_scripts_that_fill_in_the_names_themselves(registry: Registry, line: str) -> None:
    assert checked(registry, line) == ["checked"]


def test_a_script_without_aws_ecs_is_something_else(registry: Registry) -> None:
    status, *found = checked(registry, "echo --service {service_using_task_definition}\n")
    assert status == "unreadable"
    assert any("deploy.sh" in line for line in found)


def test_a_script_is_not_looked_for_in_folders(registry: Registry) -> None:
    text = "aws ecs update-service --service {service_using_task_definition}"
    assert checked(registry, text, chosen=False) == ["skipped"]


def test_placeholders_in_the_input_of_update_service(report: Report) -> None:
    value = {"service": "{service_using_task_definition}", "taskDefinition": "{task_definition}"}
    found = report("service-placeholder", value, None)
    assert [line.partition(" ")[0] for line in found] == ["error", "error"]


@pytest.mark.parametrize("wrapped", [True, False])
def test_what_describe_task_definition_prints(report: Report, *, wrapped: bool) -> None:
    definition = {
        "family": "shop",
        "containerDefinitions": [{"name": "web", "image": "web:1"}],
        "revision": 7,
        "status": "ACTIVE",
        "registeredAt": 1.0,
        "registeredBy": "someone",
    }
    found = report(
        "cli-snake-or-wrong-root",
        {"taskDefinition": definition, "tags": []} if wrapped else definition,
        None,
    )
    members = "`revision`, `status`, `registeredAt` and 1 more"
    start = "info {} registering refuses what `describe-task-definition` adds: "
    assert found == [
        start.format("/taskDefinition") + "`taskDefinition` around it and " + members
        if wrapped
        else start.format("/revision") + members
    ]


def test_what_can_be_registered_and_parts_of_it(report: Report) -> None:
    assert report("cli-snake-or-wrong-root", {}) == []
    assert report("cli-snake-or-wrong-root", {"name": "a", "image": "b", "cpu": 1}, None) == []
