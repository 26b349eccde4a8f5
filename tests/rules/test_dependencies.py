from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.build import container as one
from tests.build import document, logs, router, task

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[..., list[str]]

CHECK = {"command": ["CMD-SHELL", "true"]}


def agent(*awaited: str, **members: Any) -> dict[str, Any]:
    image = "public.ecr.aws/alertlogic/al-agent-container:latest"
    return {**one("al-agent", *awaited, **members), "image": image}


# dependson-unknown-container

UNKNOWN = "dependson-unknown-container"


def test_a_container_that_is_not_there_is_reported_at_its_name(report: Report) -> None:
    assert report(UNKNOWN, task(one("web", "db", "chache"), one("db"), one("cache")), None) == [
        (
            "error /containerDefinitions/0/dependsOn/1/containerName "
            "`web` waits for `chache`, but no container has this name"
        )
    ]


@pytest.mark.parametrize(
    "found",
    [
        task(one("web", "${db}")),
        task(one("web", "db"), one("${name}")),
        task(one("web", "db"), "${containers}"),
        task(one("web", "db"), {"image": "db:1"}),
        task(one("web", "")),
    ],
)
def test_a_name_that_may_be_there_is_not_reported(report: Report, found: dict[str, Any]) -> None:
    assert report(UNKNOWN, found, None) == []


def test_of_a_missing_router_another_rule_tells(report: Report) -> None:
    assert report(UNKNOWN, task(logs(one("web", "log_router"))), None) == []
    assert report(UNKNOWN, task(logs(one("web", "router")), router()), None) == [
        (
            "error /containerDefinitions/0/dependsOn/0/containerName "
            "`web` waits for `router`, but no container has this name"
        )
    ]


def test_of_a_missing_agent_another_rule_tells(report: Report) -> None:
    launcher = router(
        "al-agent",
        image="public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3",
        entryPoint=["/var/alertlogic/lib/fluent-bit/fluent-launch"],
        volumesFrom=[{"sourceContainer": "al-agent"}],
    )
    found = task(logs(one("web", "log_router")), launcher)
    assert report(UNKNOWN, found, None) == []
    assert len(report("al-agent-missing", found, None)) == 1


# dependson-cycle

CYCLE = "dependson-cycle"


@pytest.mark.parametrize(
    ("containers", "expected"),
    [
        ([one("a", "a")], ["0/dependsOn/0 `a` waits for itself"]),
        (
            [one("a", "b"), one("b", "a")],
            ["0/dependsOn/0 `a` waits for `b`, which waits for `a`"],
        ),
        (
            [one("a", "b"), one("b", "c"), one("c", "d"), one("d", "a")],
            [
                (
                    "0/dependsOn/0 `a` waits for `b`, which waits for `c`, which waits for `d`, "
                    "which waits for `a`"
                )
            ],
        ),
        (
            [one("a", "b"), one("b", "c"), one("c", "d"), one("d", "e"), one("e", "a")],
            ["0/dependsOn/0 `a` waits for `b`, and over 4 others for itself"],
        ),
        (
            [one("a", volumesFrom=[{"sourceContainer": "b"}]), one("b", "a")],
            ["1/dependsOn/0 `b` waits for `a`, which waits for `b`"],
        ),
        ([one("a", "b"), one("b")], []),
        ([one("a", "${b}"), one("b", "a")], []),
    ],
)
def test_circles(report: Report, containers: list[Any], expected: list[str]) -> None:
    assert report(CYCLE, task(*containers), None) == [
        f"error /containerDefinitions/{each}" for each in expected
    ]


# dependson-complete-on-essential, dependson-firelens-condition, dependson-agent-condition

COMPLETE = "dependson-complete-on-essential"
FIRELENS = "dependson-firelens-condition"
AGENT = "dependson-agent-condition"


def test_one_essential_container_is_one_fault_however_many_wait(report: Report) -> None:
    found = task(one("web", "setup:SUCCESS"), one("jobs", "setup:COMPLETE"), one("setup"))
    assert report(COMPLETE, found, None) == [
        (
            "error /containerDefinitions/0/dependsOn/0/condition "
            "`web` waits until `setup` has ended, which ends the task: it is essential"
        )
    ]


@pytest.mark.parametrize("essential", [False, "false", "${essential}"])
def test_a_container_that_may_end_may_be_waited_for(report: Report, essential: Any) -> None:
    found = task(one("web", "setup:SUCCESS"), one("setup", essential=essential))
    assert report(COMPLETE, found, None) == []


@pytest.mark.parametrize(
    ("containers", "rules"),
    [
        ([logs(one("web", "log_router:COMPLETE")), router()], {FIRELENS}),
        ([logs(one("web", "log_router:SUCCESS")), router(essential=False)], {FIRELENS}),
        ([one("web", "log_router:SUCCESS"), router()], {COMPLETE}),
        ([one("web", "log_router:SUCCESS"), router(essential=False)], {FIRELENS}),
        ([one("web", "al-agent:SUCCESS"), router(), agent()], {COMPLETE}),
        ([one("web", "al-agent:SUCCESS"), router(), agent(essential=False)], {FIRELENS}),
        ([router("al-agent:SUCCESS"), agent()], {AGENT}),
        ([router("al-agent:SUCCESS"), agent(essential=False)], {AGENT}),
        ([logs(one("web", "log_router:START")), router()], set()),
        ([logs(one("web", "log_router:HEALTHY")), router(healthCheck=CHECK)], set()),
    ],
)
def test_one_rule_tells_of_a_sidecar_whose_end_is_awaited(
    report: Report, containers: list[Any], rules: set[str]
) -> None:
    found = task(*containers)
    assert {rule for rule in (COMPLETE, FIRELENS, AGENT) if report(rule, found, None)} == rules


# dependson-healthy-without-healthcheck

HEALTHY = "dependson-healthy-without-healthcheck"


@pytest.mark.parametrize("check", [None, {}])
def test_health_that_nobody_looks_at(report: Report, check: Any) -> None:
    found = task(one("web", "db:HEALTHY"), one("jobs", "db:HEALTHY"), one("db", healthCheck=check))
    assert report(HEALTHY, found, None) == [
        (
            "error /containerDefinitions/0/dependsOn/0/condition "
            "`web` waits until `db` is healthy, but `db` has no health check"
        )
    ]


@pytest.mark.parametrize("check", [CHECK, "${check}", {"command": "${check}"}])
def test_health_that_is_looked_at(report: Report, check: Any) -> None:
    found = task(one("web", "db:HEALTHY"), one("db", healthCheck=check))
    assert report(HEALTHY, found, None) == []


def test_of_the_agents_health_another_rule_tells_the_router(report: Report) -> None:
    found = task(one("web", "al-agent:HEALTHY"), router("al-agent:HEALTHY"), agent())
    assert report(HEALTHY, found, None) == [
        (
            "error /containerDefinitions/0/dependsOn/0/condition "
            "`web` waits until `al-agent` is healthy, but `al-agent` has no health check"
        )
    ]
    assert len(report(AGENT, found, None)) == 1


# dependson-condition-case


@pytest.mark.parametrize("condition", ["start", "Healthy", "STARTED", "service_healthy", " START"])
def test_conditions_that_ecs_does_not_know(report: Report, condition: str) -> None:
    found = task({**one("web"), "dependsOn": [{"containerName": "db", "condition": condition}]})
    assert report("dependson-condition-case", found, None) == [
        (
            f"error /containerDefinitions/0/dependsOn/0/condition `{condition}` is no condition "
            "that ECS knows"
        )
    ]


@pytest.mark.parametrize("condition", ["START", "SUCCESS", "", None, "${condition}", 7, ["START"]])
def test_conditions_that_are_right_or_of_which_others_tell(report: Report, condition: Any) -> None:
    found = task({**one("web"), "dependsOn": [{"containerName": "db", "condition": condition}]})
    assert report("dependson-condition-case", found, None) == []


# starttimeout-with-start-condition

START_TIMEOUT = "starttimeout-with-start-condition"


@pytest.mark.parametrize(
    ("waiter", "expected"),
    [
        (one("web", "db:HEALTHY"), []),
        (one("web", "db:COMPLETE"), []),
        (one("web", "db:${condition}"), []),
        (one("web", "${db}"), []),
        (
            one("web", "db"),
            ["`startTimeout` of `db` has no effect: `web` waits only for its start"],
        ),
        (one("web"), ["`startTimeout` of `db` has no effect: nobody waits for it"]),
    ],
)
def test_a_start_timeout_is_for_those_who_wait(
    report: Report, waiter: dict[str, Any], expected: list[str]
) -> None:
    found = task(waiter, one("db", startTimeout=60))
    assert report(START_TIMEOUT, found, None) == [
        f"info /containerDefinitions/1/startTimeout {each}" for each in expected
    ]


# start-stop-timeout

FARGATE = {"requiresCompatibilities": ["FARGATE"]}


@pytest.mark.parametrize(
    ("member", "seconds", "reported"),
    [
        ("stopTimeout", 2, False),
        ("stopTimeout", 120, False),
        ("stopTimeout", 121, True),
        ("stopTimeout", 1, True),
        ("startTimeout", 120, False),
        ("startTimeout", 300, True),
        ("startTimeout", "${seconds}", False),
        ("startTimeout", None, False),
    ],
)
def test_timeouts_on_fargate(report: Report, member: str, seconds: Any, reported: bool) -> None:
    found = task(one("web", **{member: seconds}), **FARGATE)
    expected = f"`{member}` of `web` is {seconds} s, but Fargate takes 2 to 120"
    assert report("start-stop-timeout", found, None) == (
        [f"error /containerDefinitions/0/{member} {expected}"] if reported else []
    )


def test_timeouts_elsewhere_are_not_judged(report: Report) -> None:
    assert report("start-stop-timeout", task(one("web", stopTimeout=600)), None) == []


def test_the_name_of_the_merged_rule_still_works(report: Report) -> None:
    found = task(one("web", stopTimeout=600), **FARGATE)
    assert len(report("stop-timeout-range", found, None)) == 1


# stop-timeout-too-short-for-flush

FLUSH = "stop-timeout-too-short-for-flush"


@pytest.mark.parametrize(
    ("seconds", "grace", "reported"),
    [(5, None, True), (6, None, False), (10, "10", True), (30, "10", False), (10, "${x}", False)],
)
def test_fluent_bit_has_its_grace(
    report: Report, seconds: int, grace: str | None, reported: bool
) -> None:
    words = [] if grace is None else ["-s", "Grace", grace]
    command = [*words, "--", "-o", "null", "-m", "*"]
    router = {"name": "log_router", "stopTimeout": seconds, "command": command}
    expected = (
        f"`log_router` is killed after {seconds} s, "
        f"but takes up to {grace or 5} s to deliver the rest"
    )
    assert report(FLUSH, {"containerDefinitions": [router]}) == (
        [f"info /containerDefinitions/2/stopTimeout {expected}"] if reported else []
    )


@pytest.mark.parametrize(
    ("depends", "own", "reported"),
    [(None, None, True), (None, 60, False), ([{"containerName": "log_router"}], None, False)],
)
def test_a_router_that_nothing_orders_needs_the_time_of_the_applications(
    report: Report, depends: Any, own: int | None, reported: bool
) -> None:
    containers = [
        {"name": "web", "stopTimeout": 60, "dependsOn": depends},
        {"name": "log_router", "stopTimeout": own},
    ]
    assert report(FLUSH, {"containerDefinitions": containers}) == (
        [
            (
                "info /containerDefinitions/0/stopTimeout "
                "`web` has 60 s to end, but its log router `log_router` 30 s"
            )
        ]
        if reported
        else []
    )


# spot-stop-timeout

SPOT = "spot-stop-timeout"


def service(family: str = "shop", provider: str = "FARGATE_SPOT") -> Any:
    value = {
        "services": [
            {
                "serviceName": "shop",
                "taskDefinition": f"arn:aws:ecs:us-east-1:111122223333:task-definition/{family}:3",
                "capacityProviderStrategy": [{"capacityProvider": provider, "weight": 1}],
            }
        ]
    }
    return document(value)


def test_the_router_of_a_spot_task_needs_time(report: Report) -> None:
    fragment = {"containerDefinitions": [{"name": "log_router", "stopTimeout": 10}]}
    assert report(SPOT, fragment, service=service()) == [
        (
            "info /containerDefinitions/2/stopTimeout "
            "`log_router` has 10 s to deliver the rest each time a Spot task is taken away"
        )
    ]
    for other in (None, service(family="other"), service(provider="FARGATE")):
        assert report(SPOT, fragment, service=other) == []


def test_all_of_a_spot_task_ends_in_two_minutes(report: Report) -> None:
    fragment = {"containerDefinitions": [{"name": "web", "stopTimeout": 100}]}
    assert report(SPOT, fragment, service=service()) == [
        "info  the containers may take 160 s to stop, but Spot gives 120 s"
    ]


# al-agent-healthcheck-absent


def test_the_start_of_the_agent_is_only_its_start(report: Report) -> None:
    rule = "al-agent-healthcheck-absent"
    assert report(rule, {}) == [
        (
            "info /containerDefinitions/2/dependsOn/0 "
            "the start of `al-agent` doesn't mean that it listens on port 1514 already"
        )
    ]
    assert (
        report(rule, {"containerDefinitions": [{"name": "al-agent", "healthCheck": CHECK}]}) == []
    )
    assert report(rule, {"containerDefinitions": [{"name": "log_router", "dependsOn": None}]}) == []
