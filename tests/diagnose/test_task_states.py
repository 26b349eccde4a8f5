from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.diagnose import tasks
from fargate_lint.source.read import read

CONTAINERS = [
    {"name": "web", "exitCode": 143, "reason": None, "lastStatus": "STOPPED"},
    {"name": "log_router", "exitCode": 255, "lastStatus": "STOPPED", "healthStatus": "UNHEALTHY"},
]
TASK = {
    "taskArn": "arn:aws:ecs:us-east-1:111122223333:task/prod/1",
    "lastStatus": "STOPPED",
    "desiredStatus": "STOPPED",
    "stopCode": "EssentialContainerExited",
    "stoppedReason": "Essential container in task exited",
    "containers": CONTAINERS,
}


def states(value: Any, name: str = "tasks.json") -> list[tasks.TaskState]:
    text = value if isinstance(value, str) else json.dumps(value, indent=1)
    return [state for document in read(name, text.encode()) for state in tasks.states(document)]


def told(value: Any) -> list[tuple[str, str, list[tuple[str, int | None]]]]:
    return [
        (state.code, state.reason, [(one.name, one.exit) for one in state.containers])
        for state in states(value)
    ]


ALL = (
    "EssentialContainerExited",
    "Essential container in task exited",
    [("web", 143), ("log_router", 255)],
)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"tasks": [TASK], "failures": []}, id="describe-tasks"),
        pytest.param(TASK, id="a single task"),
        pytest.param([TASK], id="a list"),
        pytest.param({"detail-type": "ECS Task State Change", "detail": TASK}, id="an event"),
        pytest.param({"data": {"task": TASK}}, id="StopTask, recorded"),
        pytest.param(
            {key[0].upper() + key[1:]: value for key, value in TASK.items()}, id="Pascal case"
        ),
        pytest.param(
            {
                "Code": TASK["stopCode"],
                "Why": "x",
                "Reason": TASK["stoppedReason"],
                "Containers": [{"Name": "web", "Exit": 143}, {"Name": "log_router", "Exit": 255}],
            },
            id="renamed in a query",
        ),
        pytest.param(
            [
                [
                    TASK["stopCode"],
                    TASK["stoppedReason"],
                    [["web", 143, None], ["log_router", 255, None]],
                ]
            ],
            id="a query without names",
        ),
    ],
)
def test_a_task_is_read(value: Any) -> None:
    assert told(value) == [ALL]


def test_a_query_for_containers_alone() -> None:
    value = [["web", 143, None], ["log_router", 255, "OutOfMemoryError: killed"]]
    (state,) = states(value)
    assert [(one.name, one.exit, one.reason) for one in state.containers] == [
        ("web", 143, ""), ("log_router", 255, "OutOfMemoryError: killed"),
    ]  # fmt: skip


def test_yaml_is_read_too() -> None:
    text = (
        "tasks:\n- stopCode: UserInitiated\n  stoppedReason: Task stopped by user\n  containers:\n"
    )
    (state,) = states(text + "  - name: web\n    exitCode: 0\n", "tasks.yaml")
    assert (state.code, state.containers[0].exit) == ("UserInitiated", 0)


def test_what_was_cut_off_is_read_as_far_as_it_goes() -> None:
    text = json.dumps({"tasks": [TASK]}, indent=1)
    assert told(text[: text.index('"healthStatus"')]) == [ALL]


def test_python_s_own_form_is_read() -> None:
    assert told(repr({"tasks": [TASK]})) == [ALL]


def test_health_status_and_places_are_kept() -> None:
    (state,) = states({"tasks": [TASK]})
    router = state.containers[1]
    assert (router.health, router.status) == ("UNHEALTHY", "STOPPED")
    assert router.path == ("tasks", 0, "containers", 1)
    assert not state.running
    assert [one.name for one in state.exits] == ["web", "log_router"]


def test_a_running_task_runs_until_somebody_stops_it() -> None:
    running = {**TASK, "lastStatus": "RUNNING", "desiredStatus": "RUNNING", "stoppedReason": None}
    assert states(running)[0].running
    assert not states({**running, "desiredStatus": "STOPPED"})[0].running


@pytest.mark.parametrize(
    "value",
    [{"family": "web", "containerDefinitions": [{"name": "web"}]}, {"services": []}, [], 1, "x"],
)
def test_what_describes_no_task(value: Any) -> None:
    assert states(value) == []


def test_arguments_make_a_task() -> None:
    state = tasks.from_arguments("Essential container in task exited", 137, "log_router")
    assert [(one.name, one.exit) for one in state.containers] == [("log_router", 137)]
    assert state.document is None
    assert tasks.from_arguments("why", None, "").containers == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["tasks", "containers", "exitCode", "reason", "name", "stoppedReason", "detail"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(VALUES)
def test_no_value_is_too_odd(value: Any) -> None:
    states(value)


@pytest.mark.parametrize(("cells", "count"), [(1, 0), (2, 1), (8, 1), (9, 0)])
def test_a_row_of_a_projection_has_two_to_eight_cells(cells: int, count: int) -> None:
    row = ["web", 1, *[None] * 7][:cells]
    found = states({"stoppedReason": "x", "stopCode": "UserInitiated", "containers": [row, row]})
    assert found[0].reason == "x"
    assert tasks._is_container(row) is bool(count)


def test_a_number_in_a_text_has_at_most_eleven_characters() -> None:
    def exit_of(text: str) -> int | None:
        return states({"containers": [{"name": "web", "exitCode": text}]})[0].containers[0].exit

    assert exit_of("1" * 11) == int("1" * 11)
    assert exit_of("1" * 12) is None


def test_tasks_are_looked_for_in_ten_thousand_values() -> None:
    # The list itself is the first.
    assert len(states([*[1] * 9_998, TASK])) == 1
    assert len(states([*[1] * 9_999, TASK])) == 0


def test_projections_are_looked_for_in_ten_thousand_values() -> None:
    assert len(states([*[1] * 9_998, "UserInitiated"])) == 1
    assert len(states([*[1] * 9_999, "UserInitiated"])) == 0


def test_a_number_alone_is_no_row_of_a_projection() -> None:
    assert states([["5"]]) == []
    assert len(states([["5", "web"]])) == 1
