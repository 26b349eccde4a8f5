from __future__ import annotations

from typing import Any

import pytest

from fargate_lint.source.unknown import Unknown
from tests.build import parsed

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


@pytest.mark.parametrize("more", [{"family": "shop"}, {"cpu": "256"}, {"networkMode": "awsvpc"}])
def test_what_a_definition_of_a_task_leaves_out_is_missing(more: dict[str, str]) -> None:
    assert role({**CONTAINERS, **more}) is None
