# ruff: noqa: RUF001  (sums are shown with a multiplication sign)
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[..., list[str]]

HEADROOM = "task-memory-headroom"


def size(cpu: object, memory: object, *containers: dict[str, Any]) -> dict[str, Any]:
    return {"cpu": cpu, "memory": memory, "containerDefinitions": list(containers)}


def web(**members: Any) -> dict[str, Any]:
    return {"name": "web", "memory": None, **members}


def test_a_task_too_small_for_what_its_containers_reserve(report: Report) -> None:
    assert report(HEADROOM, size("256", "512", web(memory=512))) == [
        (
            "warning /memory too little memory: web 512 + al-agent 100 + log_router 50"
            " + 2 × 50 MB buffers = 757 MiB of 512 MiB"
        )
    ]


def test_a_task_too_small_for_the_sidecars_alone(report: Report) -> None:
    assert report(HEADROOM, size("256", "0.5 GB", web())) == [
        (
            "warning /memory sidecars may use al-agent 500 + log_router 50 + 2 × 50 MB buffers"
            " = 645 MiB of 512 MiB"
        )
    ]


def test_a_task_too_small_when_everything_is_at_its_limit(report: Report) -> None:
    assert report(HEADROOM, size("512", "1024", web(memory=512))) == [
        (
            "info /memory at their limits: web 512 + al-agent 500 + log_router 50"
            " + 2 × 50 MB buffers = 1157 MiB of 1024 MiB"
        )
    ]


@pytest.mark.parametrize(
    ("cpu", "memory", "container"),
    [
        ("512", "1024", web()),
        ("512", "1024", web(memoryReservation=128)),
        ("512", "1 GB", web(memory=300)),
        ("256", "2048", web(memory=1024)),
        ("256", None, web(memory=1024)),
    ],
)
def test_the_vendors_snippet_in_a_task_of_normal_size(
    report: Report, cpu: str, memory: str, container: dict[str, Any]
) -> None:
    assert report(HEADROOM, size(cpu, memory, container)) == []


def test_a_template_decides_the_size(report: Report) -> None:
    assert report(HEADROOM, size("256", "${memory}", web(memory=4096))) == []


def test_tasks_without_alert_logic_are_left_alone(report: Report) -> None:
    assert report(HEADROOM, size("256", "512"), "firelens") == []
    assert report(HEADROOM, size("256", "512", web(memory=512)), "plain") == []


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ({"memory": 500, "memoryReservation": 100}, []),
        ({"memory": 1024}, []),
        ({"memoryReservation": 100}, []),
        ({}, []),
        (
            {"memory": 256, "memoryReservation": 64},
            ["warning {}/memory `al-agent` may use 256 MiB, its vendor's limit is 500 MiB"],
        ),
        (
            {"memoryReservation": 64},
            [
                (
                    "warning {}/memoryReservation `al-agent` reserves 64 MiB, its vendor asks for"
                    " 100 MiB"
                )
            ],
        ),
        ({"memory": "${memory}"}, []),
        ({"memory": 0}, []),
    ],
)
def test_the_agents_memory(report: Report, members: dict[str, Any], found: list[str]) -> None:
    fragment = {"containerDefinitions": [{"name": "al-agent", **members}]}
    expected = [line.format("/containerDefinitions/1") for line in found]
    assert report("al-agent-memory-limit", fragment) == expected


@pytest.mark.parametrize("cpu", ["256", ".25 vCPU", 256])
def test_a_task_with_the_cpu_of_the_agent_alone(report: Report, cpu: object) -> None:
    assert report("al-agent-cpu", {"cpu": cpu}) == [
        "info /cpu the task has 256 CPU units, and `al-agent` alone asks for 256"
    ]


@pytest.mark.parametrize("cpu", ["512", "1 vCPU", "${cpu}", "many", None])
def test_a_task_with_more_cpu_or_nobody_knows(report: Report, cpu: object) -> None:
    assert report("al-agent-cpu", {"cpu": cpu}) == []
