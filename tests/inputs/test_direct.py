from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.inputs.direct import definitions
from tests.build import container, document, task

if TYPE_CHECKING:
    from fargate_lint.source.document import Path

TASK = task(container(essential=True))
WEB = TASK["containerDefinitions"][0]
LOGS = {"logConfiguration": {"logDriver": "awslogs"}}


@pytest.mark.parametrize(
    ("value", "paths", "wrapper"),
    [
        (TASK, [()], ()),
        ({"taskDefinition": TASK, "tags": []}, [("taskDefinition",)], ("taskDefinition",)),
        (
            {"data": {"taskDefinition": TASK}},
            [("data", "taskDefinition")],
            ("data", "taskDefinition"),
        ),
        (
            {"taskDefinitions": [None, TASK, TASK]},
            [("taskDefinitions", 1), ("taskDefinitions", 2)],
            ("taskDefinitions",),
        ),
        ([TASK, "", TASK], [(0,), (2,)], ()),
        ([{"taskDefinition": TASK}], [(0, "taskDefinition")], (0, "taskDefinition")),
    ],
)
def test_places_lead_through_what_is_around_a_definition(
    value: Any, paths: list[Path], wrapper: Path
) -> None:
    text = document(value)
    found = definitions(text)
    image = ("containerDefinitions", 0, "image")
    assert [each.locate(image) for each in found] == [(text, (*path, *image)) for path in paths]
    assert [each.value for each in found] == [TASK] * len(paths)
    assert {(each.scope, each.wrapper) for each in found} == {("task", wrapper)}


@pytest.mark.parametrize(
    ("value", "scope", "written"),
    [
        ([WEB], "containers", (0, "image")),
        (WEB, "container", ("image",)),
        (LOGS, "fragment", ("image",)),
    ],
)
def test_a_part_of_a_definition_is_written_where_it_stands(
    value: Any, scope: str, written: Path
) -> None:
    text = document(value)
    (found,) = definitions(text)
    assert found.scope == scope
    assert found.locate(("containerDefinitions", 0, "image")) == (text, written)
