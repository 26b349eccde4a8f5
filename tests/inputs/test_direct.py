from __future__ import annotations

import json
from typing import Any

import pytest

from fargate_lint.inputs.direct import definitions, is_container
from fargate_lint.inputs.shapes import Shape, tasks
from fargate_lint.source.document import Document
from fargate_lint.source.read import read
from fargate_lint.source.unknown import Unknown

WEB = {"name": "web", "image": "web:1", "essential": True}
WHOLE = {"family": "shop", "containerDefinitions": [WEB]}
LOG = {"logConfiguration": {"logDriver": "awsfirelens"}}


def document(value: object) -> Document:
    (found,) = read("task.json", json.dumps(value).encode())
    return found


def found(value: object) -> list[tuple[str, tuple[object, ...], tuple[object, ...]]]:
    """The scope, the wrapper and the place of the containers of each definition."""
    return [
        (each.scope, each.wrapper, each.locate(("containerDefinitions", 0))[1])
        for each in definitions(document(value))
    ]


@pytest.mark.parametrize(
    ("value", "scope", "wrapper", "place"),
    [
        (WHOLE, "task", (), ("containerDefinitions", 0)),
        ({"containerDefinitions": []}, "task", (), ("containerDefinitions", 0)),
        ({"family": "shop", "networkMode": "awsvpc"}, "task", (), ("containerDefinitions", 0)),
        (
            {"taskDefinition": WHOLE, "tags": []},
            "task", ("taskDefinition",), ("taskDefinition", "containerDefinitions", 0),
        ),
        (
            {"data": {"taskDefinition": WHOLE}},
            "task", ("data", "taskDefinition"),
            ("data", "taskDefinition", "containerDefinitions", 0),
        ),
        ([WEB], "containers", (), (0,)),
        ([{"name": "db", "image": "db:1"}, WEB], "containers", (), (0,)),
        (WEB, "container", (), ()),
        (LOG, "fragment", (), ()),
        ({**LOG, "firelensConfiguration": {"type": "fluentbit"}}, "fragment", (), ()),
    ],
)  # fmt: skip
def test_a_definition_or_a_part_of_one_is_found_where_it_stands(
    value: object, scope: str, wrapper: object, place: object
) -> None:
    assert found(value) == [(scope, wrapper, place)]


def test_of_a_list_each_definition_counts_with_its_index_and_nothing_else() -> None:
    assert found([{"taskDefinition": WHOLE}, "note", {"other": 1}, WHOLE]) == [
        ("task", (0, "taskDefinition"), (0, "taskDefinition", "containerDefinitions", 0)),
        ("task", (), (3, "containerDefinitions", 0)),
    ]
    assert found([{"taskDefinition": WHOLE}]) == [
        ("task", (0, "taskDefinition"), (0, "taskDefinition", "containerDefinitions", 0))
    ]
    assert found([WHOLE, WHOLE]) == [
        ("task", (), (index, "containerDefinitions", 0)) for index in (0, 1)
    ]
    assert found({"taskDefinitions": ["arn", {"family": "old"}, WHOLE]}) == [
        (
            "task", ("taskDefinitions",),
            ("taskDefinitions", 2, "containerDefinitions", 0),
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        "containerDefinitions",
        {"family": "shop"},
        {"family": "shop", "kind": "Deployment"},
        {"networkMode": "awsvpc"},
        {"taskDefinition": "shop:3"},
        {"taskDefinition": {"family": "shop"}},
        {"taskDefinitions": ["shop:3"]},
        {"taskDefinitions": {"containerDefinitions": []}},
        {"data": {"other": WHOLE}},
        {"data": "taskDefinition"},
        {**LOG, "level": "info"},
        {"logConfiguration": "awsfirelens"},
        {**LOG, "firelensConfiguration": None},
        [{"name": "web", "image": "web:1"}],
        [WEB, {"essential": True}],
        [["containerDefinitions"]],
    ],
)
def test_what_holds_no_definition(value: object) -> None:
    assert found(value) == []


def test_an_entry_that_is_no_object_in_a_list_of_containers_is_not_known() -> None:
    (definition,) = definitions(document([WEB, "more"]))
    web, more = definition.value["containerDefinitions"]
    assert (web, type(more)) == (WEB, Unknown)
    assert definition.canonical(definition.document, (1,)) == ("containerDefinitions", 1)


def test_the_whole_of_a_part_is_written_as_the_document() -> None:
    (definition,) = definitions(document(WEB))
    assert definition.locate(()) == (definition.document, ())
    assert definition.locate(("containerDefinitions", 0, "image"))[1] == ("image",)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (WEB, True),
        ({"name": "web", "image": Unknown("${image}"), "memory": 64}, True),
        ({"name": "web", "image": "web:1"}, False),
        ({"image": "web:1", "essential": True}, False),
        ({"name": "web", "essential": True}, False),
        ({"name": "web", "image": 1, "essential": True}, False),
        ({**WEB, "env": []}, False),
        ({"image": "alertlogic/al-agent-container"}, True),
        ({"image": Unknown("${registry}/al-agent-container:1")}, True),
        ({"image": "alertlogic/al-agent-container", "imagePullPolicy": "Always"}, False),
    ],
)
def test_a_container_of_ecs_is_told_by_a_member_that_no_one_else_has(
    value: dict[str, Any], expected: bool
) -> None:
    assert is_container(value) is expected


def test_other_shapes_are_asked_in_turn_when_nothing_is_found_directly() -> None:
    def in_box(document: Document) -> list[Any]:
        return definitions(Document("", "json", "", document.value.get("box")))

    def in_case(document: Document) -> list[Any]:
        return definitions(Document("", "json", "", document.value["case"]))

    shapes = [Shape("box", in_box, marks=["box"]), Shape("case", in_case, marks=["case", "é"])]
    other = {"family": "other", "containerDefinitions": []}

    def families(value: object) -> list[str]:
        return [task.family for task in tasks(document(value), shapes)]

    assert families({**WHOLE, "box": other}) == ["shop"]
    assert families({"box": WHOLE, "case": other}) == ["shop"]
    assert families({"case": other}) == ["other"]
    assert tasks(document({"box": WHOLE})) == []
    assert shapes[1].marks == (b"case", "é".encode())
