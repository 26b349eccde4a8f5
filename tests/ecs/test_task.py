from __future__ import annotations

from typing import Any

import pytest

from fargate_lint.source.unknown import Unknown
from tests.build import container, parsed, task

CONTAINERS: dict[str, Any] = {
    "containerDefinitions": [{"name": "web", "image": "web:1", "essential": True}]
}


def role(definition: object) -> object:
    return parsed(definition).get("taskRoleArn")


@pytest.mark.parametrize(
    "part", [CONTAINERS, {**CONTAINERS, "volumes": []}, CONTAINERS["containerDefinitions"]]
)
def test_where_nothing_of_the_task_stands_its_role_may_come_from_elsewhere(part: object) -> None:
    assert isinstance(role(part), Unknown)


def test_of_two_variables_of_one_name_the_last_counts() -> None:
    variables = [{"name": "A", "value": value} for value in ("first", "other", "last")]
    variables[1]["name"] = "B"
    (found,) = parsed(task(container(environment=variables))).containers
    assert found.environment == {
        "A": ("last", ("environment", 2, "value")),
        "B": ("other", ("environment", 1, "value")),
    }


@pytest.mark.parametrize("more", [{"family": "shop"}, {"cpu": "256"}, {"networkMode": "awsvpc"}])
def test_what_a_definition_of_a_task_leaves_out_is_missing(more: dict[str, str]) -> None:
    assert role({**CONTAINERS, **more}) is None
