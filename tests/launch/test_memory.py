# ruff: noqa: RUF001  (sums are shown with a multiplication sign)
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.data.images import AGENT, AWS_FLUENT_BIT
from fargate_lint.launch import memory
from fargate_lint.launch.launcher import LAUNCHER
from fargate_lint.source.unknown import Unknown
from tests.build import task_of

if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

Members = dict[str, Any]


def task(
    has: object,
    *applications: Members,
    agent: Members | None = None,
    router: Members | None = None,
    command: object = ("-i", "Mem_Buf_Limit", "50M", "--", "-o", "syslog"),
) -> Task:
    value = {
        "family": "shop",
        "memory": has,
        "containerDefinitions": [
            *({"name": "web", "image": "web:1", **members} for members in applications),
            {"name": "al-agent", "image": AGENT, **(agent or {})},
            {
                "name": "log_router",
                "image": f"{AWS_FLUENT_BIT}:stable",
                "firelensConfiguration": {"type": "fluentbit"},
                "entryPoint": [LAUNCHER],
                "command": list(command) if isinstance(command, tuple) else command,
                **(router or {}),
            },
        ],
    }
    return task_of(value)


def reserved(*args: Any, **kwargs: Any) -> str:
    found = memory.reserved(task(*args, **kwargs))
    assert found is not None
    return found.text()


def peak(*args: Any, **kwargs: Any) -> str:
    found = memory.peak(task(*args, **kwargs))
    assert found is not None
    return found.text()


def test_the_sum_shows_each_amount() -> None:
    assert reserved("512", {"memory": 512}) == (
        "web 512 + al-agent 100 + log_router 50 + 2 × 50 MB buffers = 757 MiB of 512 MiB"
    )


def test_what_an_application_does_not_declare_counts_as_nothing() -> None:
    assert reserved("1024", {}) == (
        "al-agent 100 + log_router 50 + 2 × 50 MB buffers = 245 MiB of 1024 MiB"
    )


def test_the_reservation_counts_before_the_limit_and_the_limit_at_most() -> None:
    application = {"memory": 400, "memoryReservation": 64}
    assert reserved("1 GB", application).startswith("web 64 + al-agent 100 + ")
    assert peak("1 GB", application).startswith("web 400 + al-agent 500 + ")


@pytest.mark.parametrize(
    ("members", "least", "most"),
    [
        ({}, 100, 500),
        ({"memory": 500}, 500, 500),
        ({"memory": 500, "memoryReservation": 100}, 100, 500),
        ({"memoryReservation": 64}, 100, 500),
        ({"memory": 128}, 128, 128),
        ({"memory": 80, "memoryReservation": 40}, 80, 80),
        ({"memoryReservation": 600}, 600, 600),
        ({"memory": "500"}, 500, 500),
    ],
)
def test_the_agent_needs_what_its_vendor_says_or_what_it_is_given(
    members: Members, least: int, most: int
) -> None:
    assert reserved("2048", agent=members).startswith(f"al-agent {least} + ")
    assert peak("2048", agent=members).startswith(f"al-agent {most} + ")


@pytest.mark.parametrize(
    ("members", "least", "most"),
    [
        ({"memoryReservation": 64}, "log_router 50 + 2 × 50 MB buffers", None),
        ({"memoryReservation": 256}, "log_router 256", None),
        ({"memory": 100, "memoryReservation": 60}, "log_router 100", None),
        ({"memory": 100}, "log_router 100", "log_router 100"),
        ({"memory": 512}, "log_router 512", "log_router 50 + 2 × 50 MB buffers"),
    ],
)
def test_the_router_needs_its_buffers_up_to_its_limit(
    members: Members, least: str, most: str | None
) -> None:
    assert reserved("2048", router=members).partition(" = ")[0] == f"al-agent 100 + {least}"
    assert peak("2048", router=members).partition(" = ")[0] == f"al-agent 500 + {most or least}"


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (("--",), "2 × 25 MB buffers"),
        (("-i", "mem_buf_limit", "100MB", "--"), "2 × 100 MB buffers"),
        (("-i", "Mem_Buf_Limit", "10M", "-i", "Mem_Buf_Limit", "20M", "--"), "2 × 20 MB buffers"),
        (("-i", "Mem_Buf_Limit", "500k", "--"), "2 × 0.5 MB buffers"),
        (("--input", "Mem_Buf_Limit", "1G", "--"), "2 × 1000 MB buffers"),
        (
            ("-i", "Mem_Buf_Limit", "50M", "--", "-i", "tail", "-p", "Mem_Buf_Limit=5M"),
            "2 × 50 MB buffers + 2 × 5 MB buffers",
        ),
        (
            ("-i", "Mem_Buf_Limit", "50M", "--", "-i", "cpu", "-o", "x", "-p", "Mem_Buf_Limit=5M"),
            "2 × 50 MB buffers",
        ),
    ],
)
def test_twice_the_buffer_of_each_input_that_holds_logs(
    command: tuple[str, ...], shown: str
) -> None:
    words = reserved("2048", command=command).partition(" = ")[0]
    assert words == f"al-agent 100 + log_router 50 + {shown}"


@pytest.mark.parametrize(
    "command",
    [
        ("-i", "Mem_Buf_Limit", "0", "--"),
        ("-i", "Mem_Buf_Limit", "false", "--"),
        ("-i", "Mem_Buf_Limit", "50MiB", "--"),
        ("-i", "Mem_Buf_Limit", Unknown("${LIMIT}"), "--"),
        ("-i", "Mem_Buf_Limit", "50M", "-i", "storage.type", "filesystem", "--"),
        (Unknown("${ARGUMENTS}"), "--"),
    ],
)
def test_a_buffer_without_a_known_limit_in_memory_is_not_added_up(
    command: tuple[object, ...],
) -> None:
    assert reserved("2048", command=command).startswith("al-agent 100 + log_router 50 = ")


def test_fire_lens_limits_the_buffer_to_half_of_what_the_router_has() -> None:
    words = reserved("2048", router={"memoryReservation": 80}, command=("--",))
    assert "2 × 40 MB buffers" in words


def test_the_sidecars_alone() -> None:
    found = memory.peak(task("512", {"memory": 512}))
    assert found is not None
    alone = found.without_applications()
    assert alone.exceeds
    assert alone.text() == "al-agent 500 + log_router 50 + 2 × 50 MB buffers = 645 MiB of 512 MiB"


def test_many_applications_are_one_amount() -> None:
    assert reserved("512", *[{"memory": 100}] * 7) == (
        "7 applications 700 + al-agent 100 + log_router 50 + 2 × 50 MB buffers = 945 MiB of 512 MiB"
    )


@pytest.mark.parametrize("has", [None, Unknown("${memory}"), "much", True])
def test_nothing_is_said_about_a_task_whose_memory_is_not_known(has: object) -> None:
    assert memory.reserved(task(has, {"memory": 512})) is None
    assert memory.peak(task(has, {"memory": 512})) is None


def test_an_application_that_is_not_known_counts_as_nothing_and_a_sidecar_ends_the_sum() -> None:
    unknown = {"memory": Unknown("${memory}")}
    assert reserved("512", unknown).startswith("al-agent 100 + ")
    assert memory.reserved(task("512", agent=unknown)) is None
    assert memory.reserved(task("512", router=unknown)) is None


def test_parts_lead_to_where_they_are_written() -> None:
    found = memory.reserved(task("512", {"memoryReservation": 512}))
    assert found is not None
    assert [part.path for part in found.parts] == [
        ("containerDefinitions", 0, "memoryReservation"),
        ("containerDefinitions", 1),
        ("containerDefinitions", 2),
        ("containerDefinitions", 2, "command", 2),
    ]


AMOUNTS = st.none() | st.integers() | st.text(max_size=5) | st.just(10**400) | st.booleans()


@given(has=AMOUNTS, soft=AMOUNTS, hard=AMOUNTS, limit=st.text(max_size=8))
def test_any_amounts_can_be_added_up(has: Any, soft: Any, hard: Any, limit: str) -> None:
    amounts = {"memory": hard, "memoryReservation": soft}
    command = ("-i", "Mem_Buf_Limit", limit, "--")
    made = task(has, amounts, agent=amounts, router=amounts, command=command)
    for found in (memory.reserved(made), memory.peak(made)):
        assert found is None or (found.text() and found.mib >= 0)
