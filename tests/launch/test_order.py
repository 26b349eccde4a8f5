from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.launch.order import Order, order_of
from fargate_lint.launch.order_chart import as_mermaid, as_text
from fargate_lint.testing import base
from tests import build
from tests.build import container as one
from tests.build import logs, parsed, router

if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task


def task(*containers: Any, **members: Any) -> Task:
    return parsed(build.task(*containers, **members))


def order(*containers: Any) -> Order:
    return order_of(task(*containers))


def names(waves: list[list[Container]]) -> list[str]:
    return [" ".join(container.name for container in wave) for wave in waves]


def waits(found: Order) -> list[str]:
    return [
        f"{wait.waiter.name} {wait.condition or '?'} {wait.awaited.name} ({wait.member})"
        for wait in found.waits
    ]


def circles(found: Order) -> list[str]:
    return [" ".join(wait.waiter.name for wait in circle) for circle in found.circles()]


def test_all_that_makes_a_container_wait_is_one_graph() -> None:
    found = order(
        logs(one("web", "db:HEALTHY", links=["cache:c"])),
        one("db", volumesFrom=[{"sourceContainer": "data"}]),
        one("cache"),
        one("data"),
        router(),
    )
    assert waits(found) == [
        "web HEALTHY db (dependsOn)",
        "web START cache (links)",
        "db CREATE data (volumesFrom)",
        "web START log_router (awsfirelens)",
    ]
    assert names(found.waves()) == ["cache data log_router", "db", "web"]
    assert names(found.stop_waves()) == ["web", "db cache log_router", "data"]
    assert found.certain


def test_ecs_adds_nothing_when_the_router_waits_itself() -> None:
    found = order(logs(one("web")), router("agent"), one("agent"))
    assert waits(found) == ["log_router START agent (dependsOn)"]
    assert [container.name for container in found.unordered()] == ["web"]


def test_an_application_may_be_ordered_through_others() -> None:
    found = order(
        logs(one("web", "proxy")), one("proxy", "log_router"), router("agent"), one("agent")
    )
    assert found.unordered() == []
    web, _, log_router, agent = found.task.containers
    assert found.leads(agent, web)
    assert not found.leads(web, log_router)


def test_what_the_router_waits_for_is_in_order_too() -> None:
    assert order(logs(one("setup")), router("setup:SUCCESS")).unordered() == []


@pytest.mark.parametrize(
    ("containers", "expected"),
    [
        ([one("a", "a")], ["a"]),
        ([one("a", "b"), one("b", "a")], ["a b"]),
        ([one("a", "b"), one("b", "c"), one("c", "b")], ["b c"]),
        ([one("a", "b"), one("b", "a"), one("c", "d"), one("d", "c")], ["a b", "c d"]),
        ([one("a", "b"), one("b", volumesFrom=[{"sourceContainer": "a"}])], ["a b"]),
        ([one("a", "b", "a"), one("b", "a")], ["a"]),
        ([one("a", "b"), one("b")], []),
    ],
)
def test_circles(containers: list[Any], expected: list[str]) -> None:
    assert circles(order(*containers)) == expected


def test_who_waits_for_a_circle_never_starts() -> None:
    found = order(one("a", "b"), one("b", "a"), one("c", "a"), one("d"))
    assert names(found.waves()) == ["d"]


def test_waits_that_do_not_end() -> None:
    found = order(
        one("web", "db:HEALTHY", "setup:SUCCESS", "jobs:COMPLETE", "log_router:COMPLETE"),
        one("db"),
        one("setup", essential=False),
        one("jobs"),
        router(essential=False),
    )
    assert [wait.awaited.name for wait in found.endless()] == ["db", "jobs", "log_router"]


def test_a_health_check_ends_the_wait() -> None:
    check = {"command": ["CMD", "true"]}
    assert order(one("web", "db:HEALTHY"), one("db", healthCheck=check)).endless() == []


def test_names_that_no_container_has() -> None:
    found = order(one("web", "db", "nope"), one("db"))
    assert [(waiter.name, index, name) for waiter, index, name in found.missing] == [
        ("web", 1, "nope")
    ]


@pytest.mark.parametrize(
    "container",
    [
        one("web", dependsOn="${depends}"),
        one("web", dependsOn=[{"containerName": "${other}"}]),
        one("${name}"),
    ],
)
def test_what_a_template_writes_makes_the_order_uncertain(container: dict[str, Any]) -> None:
    assert not order(container, one("db", "web")).certain


@pytest.mark.parametrize("value", [7, "db", {"containerName": "db"}, ["no"], [7], [[]], [{}], None])
def test_shapes_that_ecs_refuses_are_no_order(value: Any) -> None:
    found = order({**one("web"), "dependsOn": value, "links": value, "volumesFrom": value})
    assert found.waits == []
    assert found.circles() == []


def test_a_bare_name_is_taken_for_a_dependency() -> None:
    assert waits(order(one("web", dependsOn=["db"]), one("db"))) == ["web ? db (dependsOn)"]


def test_conditions_are_read_as_meant() -> None:
    found = order(one("web", "db:healthy", "cache: Start "), one("db"), one("cache"))
    assert [wait.condition for wait in found.waits] == ["HEALTHY", "START"]


def test_the_longest_way_to_stop_is_a_sum_of_timeouts() -> None:
    found = order(
        one("web", "log_router", stopTimeout=120),
        one("jobs", "log_router", stopTimeout=5),
        router("agent"),
        one("agent", stopTimeout=10),
        one("other", stopTimeout=100),
    )
    stop = found.shutdown()
    assert stop is not None
    assert ([container.name for container in stop[0]], stop[1]) == (
        ["web", "log_router", "agent"],
        160,
    )


def test_a_timeout_that_is_not_known_leaves_no_sum() -> None:
    assert order(one("web", "db", stopTimeout="${seconds}"), one("db")).shutdown() is None


def test_a_task_without_containers_has_no_order() -> None:
    found = order()
    assert (found.waves(), found.circles(), found.shutdown()) == ([], [], None)


def test_the_vendors_task_as_text() -> None:
    found = task(*base("agent")["containerDefinitions"])
    assert "".join(f"{line}\n" for line in as_text(found)) == (
        "start\n"
        "  1  al-agent\n"
        "  2  log_router  when al-agent is started (dependsOn); "
        "when al-agent is created (volumesFrom)\n"
        "  3  web         when log_router is started (dependsOn)\n"
        "stop\n"
        "  1  web         within 30 s\n"
        "  2  log_router  within 30 s\n"
        "  3  al-agent    within 30 s\n"
        "one after the other, web, log_router and al-agent may take 90 s to stop\n"
    )


def test_what_is_wrong_with_the_order_as_text() -> None:
    found = task(
        logs(one("web")),
        router("agent", "setup:SUCCESS"),
        one("agent", "nope"),
        one("setup", stopTimeout="${seconds}"),
        one("a", "b"),
        one("b", "a:soon"),
    )
    assert "".join(f"{line}\n" for line in as_text(found)) == (
        "start\n"
        "  1  web\n"
        "  1  agent\n"
        "  1  setup\n"
        "  2  log_router  when agent is started (dependsOn); "
        "when setup has ended well (dependsOn)\n"
        "stop\n"
        "  1  web         within 30 s\n"
        "  1  log_router  within 30 s\n"
        "  2  agent       within 30 s\n"
        "  2  setup\n"
        "never: a waits for b waits for a\n"
        "never: log_router starts when setup has ended well (dependsOn)\n"
        "never: agent waits for nope, which isn't in this task\n"
        "in no order: web and log_router, to which it logs\n"
    )


def test_the_vendors_task_as_a_diagram() -> None:
    found = task(*base("agent")["containerDefinitions"])
    assert "".join(f"{line}\n" for line in as_mermaid(found)) == (
        "flowchart TD\n"
        '    c0["web"]\n'
        '    c1["al-agent"]\n'
        '    c2["log_router"]\n'
        '    c2 -->|"START"| c0\n'
        '    c1 -->|"START"| c2\n'
        '    c1 -.->|"CREATE"| c2\n'
    )


def test_names_cannot_break_a_diagram() -> None:
    found = task(logs(one('web"]\n--><b>')), router("agent"), one("agent"))
    assert "".join(f"{line}\n" for line in as_mermaid(found)) == (
        "flowchart TD\n"
        '    c0["web#quot;] --#gt;#lt;b#gt;"]\n'
        '    c1["log_router"]\n'
        '    c2["agent"]\n'
        '    c2 -->|"START"| c1\n'
        '    c0 -.-|"no order"| c1\n'
    )


NAMES = st.sampled_from("abcdefgh")


@given(st.lists(st.tuples(NAMES, NAMES), max_size=20))
def test_each_container_starts_in_one_wave_or_is_held_up_by_a_circle(
    pairs: list[tuple[str, str]],
) -> None:
    awaited: dict[str, list[str]] = {name: [] for name in "abcdefgh"}
    for waiter, other in pairs:
        awaited[waiter].append(other)
    found = order(*(one(name, *others) for name, others in awaited.items()))
    started: list[str] = []
    for wave in found.waves():
        assert all(set(awaited[container.name]) <= set(started) for container in wave)
        started += [container.name for container in wave]
    assert len(started) == len(set(started))
    assert bool(found.circles()) == (len(started) < len(awaited))
    for circle in found.circles():
        assert [wait.awaited for wait in circle] == [
            wait.waiter for wait in (*circle[1:], circle[0])
        ]
    assert as_text(found.task)
    assert as_mermaid(found.task)
