from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.build import findings, task

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.registry import Registry

    Report = Callable[..., list[str]]

RULE = "app-order-not-guaranteed"
ON_ROUTER = {"containerName": "log_router", "condition": "START"}
MESSAGE = (
    "may start before `log_router` and outlive it: ECS sets no order, as the router has its own"
)


def app(name: str = "web", *depends: Any, **members: Any) -> dict[str, Any]:
    return {
        "name": name,
        "image": f"{name}:1",
        "logConfiguration": {"logDriver": "awsfirelens"},
        **({"dependsOn": list(depends)} if depends else {}),
        **members,
    }


def router(**members: Any) -> dict[str, Any]:
    return {
        "name": "log_router",
        "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable",
        "firelensConfiguration": {"type": "fluentbit"},
        **members,
    }


SETUP = {"name": "setup", "image": "setup:1", "essential": False}
AFTER_SETUP = {"dependsOn": [{"containerName": "setup", "condition": "SUCCESS"}]}
VOLUMES = {"volumesFrom": [{"sourceContainer": "setup"}]}


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, []),
        ({"dependsOn": [], "volumesFrom": []}, []),
        ({"dependsOn": "${var.depends}"}, []),
        (AFTER_SETUP, [f"warning /containerDefinitions/0 `web` {MESSAGE}"]),
        (VOLUMES, [f"warning /containerDefinitions/0 `web` {MESSAGE}"]),
        ({**VOLUMES, "name": "${var.router}"}, []),
    ],
)
def test_ecs_sets_the_order_unless_the_router_waits_itself(
    report: Report, members: dict[str, Any], expected: list[str]
) -> None:
    assert report(RULE, task(app(), router(**members), SETUP), None) == expected


@pytest.mark.parametrize(
    "web",
    [
        app("web", ON_ROUTER),
        app("web", {"containerName": "log_router", "condition": "HEALTHY"}),
        app("web", {"containerName": "first", "condition": "START"}),
        app("web", "${jsonencode(var.depends)}"),
        app("web", {"containerName": "${var.router}", "condition": "START"}),
        app("web", dependsOn="${var.depends}"),
        app("web", logConfiguration={"logDriver": "awslogs"}),
        app("web", logConfiguration={"logDriver": "${var.driver}"}),
    ],
)
def test_an_application_that_waits_or_may_wait(report: Report, web: dict[str, Any]) -> None:
    first = app("first", ON_ROUTER, logConfiguration=None)
    assert report(RULE, task(web, first, router(**VOLUMES), SETUP), None) == []


def test_one_finding_lists_all_applications(registry: Registry) -> None:
    definition = task(app("web"), router(**AFTER_SETUP, **VOLUMES), SETUP, app("jobs"), app("cron"))
    (found,) = findings(definition, registry, select=[RULE])
    assert found.message == f"`web` and 2 more {MESSAGE}"
    assert found.help == (
        'add "dependsOn": [{"containerName": "log_router", "condition": "START"}] '
        "to each of `web`, `jobs` and `cron`"
    )
    assert [(place.pointer, place.message) for place in found.related] == [
        ("/containerDefinitions/3", "has no order either"),
        ("/containerDefinitions/4", "has no order either"),
        (
            "/containerDefinitions/1/dependsOn",
            "because of this ECS lets no application wait for the router",
        ),
        (
            "/containerDefinitions/1/volumesFrom",
            "because of this ECS lets no application wait for the router",
        ),
    ]


def test_what_comes_before_the_router_is_not_told_to_wait_for_it(report: Report) -> None:
    # The router waits for `setup`, which waits for `first`: either would make a circle.
    setup = app("setup", {"containerName": "first", "condition": "START"})
    assert report(RULE, task(app("first"), setup, router(**AFTER_SETUP)), None) == []


def test_a_circle_ends(report: Report) -> None:
    one = app("one", {"containerName": "two", "condition": "START"})
    two = app("two", {"containerName": "one", "condition": "START"})
    definition = task(one, two, router(dependsOn=[{"containerName": "log_router"}]))
    assert report(RULE, definition, None) == [
        f"warning /containerDefinitions/0 `one` and 1 more {MESSAGE}"
    ]


def test_names_from_templates_are_shown_as_written(report: Report) -> None:
    definition = task(app("${var.name}-web"), router(**VOLUMES), SETUP)
    assert report(RULE, definition, None) == [
        f"warning /containerDefinitions/0 `${{var.name}}-web` {MESSAGE}"
    ]


def test_a_container_without_a_name(report: Report) -> None:
    unnamed = app()
    del unnamed["name"]
    assert report(RULE, task(unnamed, router(**VOLUMES), SETUP), None) == [
        f"warning /containerDefinitions/0 `container 1` {MESSAGE}"
    ]


@pytest.mark.parametrize("value", [7, "log_router", {"containerName": "log_router"}, [7], [None]])
def test_values_of_a_wrong_type_are_no_claim(report: Report, value: object) -> None:
    assert report(RULE, task(app(dependsOn=value), router(**VOLUMES), SETUP), None) == []
    assert report(RULE, task(app("web", ON_ROUTER), router(dependsOn=value)), None) == []
