from __future__ import annotations

from typing import Any

import pytest

from fargate_lint.ecs.definition import Definition
from fargate_lint.ecs.task import Container, Node, Task
from fargate_lint.source.document import Document
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


TEXT = Unknown("${text}")
VALUE: dict[str, Any] = {
    "a": {"b": [{"c": 1}, None], "none": None, "text": "x"}, "null": None, "ref": TEXT,
}  # fmt: skip


def node(value: dict[str, Any], partial: Any = (), *, open: bool = False) -> Node:  # noqa: A002
    document = Document("", "json", "", value, partial=frozenset(partial))
    return Node(document, (), value, open=open)


def view(value: Any, scope: str = "task") -> Task:
    return Task(Definition(Document("", "json", "", value), value, scope=scope))


def holding(*values: Any, scope: str = "task", **more: Any) -> Task:
    return view({"containerDefinitions": list(values), **more}, scope)


def alone(**members: Any) -> Container:
    return holding({"name": "web", **members}).containers[0]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ((), VALUE),
        (("a", "b", 0, "c"), 1),
        (("null",), None),
        (("absent",), None),
        (("absent", "deeper"), None),
        (("a", "absent"), None),
        (("a", "absent", "deeper"), None),
        (("a", "none", "deeper"), None),
        (("a", "b", 1), None),
        (("a", "b", 2), None),
        (("a", "b", 2, "c"), None),
        (("ref",), TEXT),
    ],
)
def test_what_is_missing_is_none(keys: tuple[str | int, ...], expected: object) -> None:
    assert node(VALUE).get(*keys) == expected


@pytest.mark.parametrize(
    "keys", [("ref", "deeper"), ("a", "text", "deeper"), ("a", "b", "c"), ("a", "b", 0, "c", "d")]
)
def test_what_is_below_a_value_of_another_kind_is_not_known(keys: tuple[str | int, ...]) -> None:
    assert isinstance(node(VALUE).get(*keys), Unknown)


def test_what_is_absent_where_more_may_be_written_is_not_known() -> None:
    assert isinstance(node(VALUE, open=True).get("absent"), Unknown)
    assert isinstance(node(VALUE, {()}).get("absent", "deeper"), Unknown)
    assert node(VALUE, open=True).get("null") is None
    assert node(VALUE, open=True).get("a", "absent") is None
    for partial, keys in ((("a",), ("a", "absent")), (("a", "b", 0), ("a", "b", 0, "d", "e"))):
        assert isinstance(node(VALUE, {partial}).get(*keys), Unknown)
        assert node(VALUE).get(*keys) is None


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("text", "x", "x"), ("text", 7, "7"), ("text", 0.5, "0.5"), ("text", None, None),
        ("number", 7, 7), ("number", "7", 7), ("number", " -7 ", -7), ("number", None, None),
        ("number", "9" * 19, 10**19 - 1),
        ("flag", True, True), ("flag", False, False), ("flag", None, None),
        ("flag", "True", True), ("flag", "FALSE", False),
        ("list", [1], [1]), ("list", None, []), ("list", {"a": 1}, []), ("list", TEXT, []),
        ("members", {"a": 1}, {"a": 1}), ("members", None, {}), ("members", [1], {}),
    ],
)  # fmt: skip
def test_a_value_is_read_as_it_is_meant(kind: str, value: object, expected: object) -> None:
    found = getattr(node({"at": {"it": value}}), kind)("at", "it")
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", True), ("text", []), ("text", {}), ("text", TEXT),
        ("number", True), ("number", 1.0), ("number", "1.0"), ("number", "x"), ("number", "--1"),
        ("number", "9" * 20), ("number", TEXT), ("number", []),
        ("flag", 1), ("flag", "yes"), ("flag", TEXT), ("flag", []),
    ],
)  # fmt: skip
def test_a_value_of_a_wrong_type_is_not_known(kind: str, value: object) -> None:
    found = getattr(node({"at": value}), kind)("at")
    assert isinstance(found, Unknown)
    assert found is value or not isinstance(value, Unknown)


def test_objects_of_a_list_keep_their_indices() -> None:
    found = node({"at": [1, {"a": 1}, TEXT, {}]}).objects("at")
    assert list(found) == [(1, {"a": 1}), (3, {})]
    assert list(node({}).objects("at")) == []


def test_a_variable_has_its_last_value_and_where_that_stands() -> None:
    container = alone(
        environment=[
            {"name": "A", "value": "1"}, {"value": "nameless"}, "B=2", {"name": TEXT, "value": "3"},
            {"name": "B"}, {"name": "C", "value": 4}, {"name": "A", "value": TEXT},
        ],
    )  # fmt: skip
    assert container.environment == {
        "A": (TEXT, ("environment", 6, "value")),
        "B": ("", ("environment", 4, "name")),
        "C": ("4", ("environment", 5, "value")),
    }


def test_a_map_of_variables_is_read_as_meant() -> None:
    assert alone(environment={"A": "1", "B": None}).environment == {
        "A": ("1", ("environment", "A")), "B": ("", ("environment", "B")),
    }  # fmt: skip


def test_secrets_are_found_by_the_name_of_their_variable() -> None:
    secrets = [{"name": "KEY", "valueFrom": "arn"}, {"valueFrom": "arn"}, "x", {"name": "DB"}]
    assert alone(secrets=secrets).secrets == {"KEY": ("secrets", 0), "DB": ("secrets", 3)}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (["-s", 1, 0.5, TEXT], ["-s", "1", "0.5", TEXT]),
        ("run -s", ["run -s"]),
        (TEXT, [TEXT]),
        (None, []),
        ({"a": 1}, []),
        ([], []),
    ],
)
def test_words_of_a_command(value: object, words: list[object]) -> None:
    container = alone(command=value, entryPoint=["sh"])
    assert container.words("command") == words
    assert container.words("entryPoint") == ["sh"]
    assert container.words("command") is container.words("command")


def test_what_is_no_word_of_a_command_is_not_known() -> None:
    words = alone(command=[True, None, ["x"]]).words("command")
    assert [type(word) for word in words] == [Unknown] * 3


def test_a_container_is_called_by_its_name_or_its_number() -> None:
    task = holding({"name": "web"}, "x", {"name": TEXT}, {"name": 7}, {})
    assert [each.name for each in task.containers] == ["web", "", "", ""]
    assert [each.title for each in task.containers] == [
        "web", "${text}", "container 4", "container 5",
    ]  # fmt: skip
    assert [each.path[1] for each in task.containers] == [0, 2, 3, 4]
    assert repr(task) == f"Task('', {task.containers!r})"
    assert repr(task.containers[0]) == "Container('web')"


def test_log_options_and_driver_are_those_of_the_log_configuration() -> None:
    container = alone(logConfiguration={"logDriver": "awsfirelens", "options": {"Name": "syslog"}})
    assert (container.driver, container.options) == ("awsfirelens", {"Name": "syslog"})
    assert (alone().driver, alone().options) == (None, {})


def test_a_container_is_essential_unless_the_file_says_otherwise() -> None:
    found = [alone(essential=value).essential for value in (None, True, "false", TEXT)]
    assert found == [True, True, False, TEXT]


def test_only_a_name_finds_a_container_and_of_two_the_first() -> None:
    task = holding({"image": "x"}, {"name": "web", "cpu": 1}, {"name": "web"}, {"name": TEXT})
    assert task.container("web") is task.containers[1]
    assert [task.container(name) for name in ("", "Web", None, TEXT)] == [None] * 4


@pytest.mark.parametrize(
    ("scope", "value", "closed"),
    [
        ("task", {"family": "shop", "containerDefinitions": [{}]}, True),
        ("containers", {"containerDefinitions": [{}]}, True),
        ("task", {"family": "shop", "containerDefinitions": [{}, TEXT]}, False),
        ("task", {"family": "shop", "containerDefinitions": TEXT}, False),
        ("task", {"family": "shop"}, False),
        ("container", {"containerDefinitions": [{}]}, False),
        ("fragment", {"containerDefinitions": [{}]}, False),
    ],
)
def test_a_task_is_closed_when_all_of_its_containers_are_shown(
    scope: str, value: object, closed: bool
) -> None:
    assert view(value, scope).closed is closed


def test_what_a_part_of_a_task_does_not_show_is_not_known() -> None:
    absent = {
        scope: (
            isinstance(task.get("cpu"), Unknown),
            isinstance(task.containers[0].get("cpu"), Unknown),
        )
        for scope in ("task", "containers", "container", "fragment")
        for task in [holding({"name": "web"}, scope=scope, family="shop")]
    }
    assert absent == {
        "task": (False, False), "containers": (True, False),
        "container": (True, False), "fragment": (True, True),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "fargate"),
    [
        (["EC2", "FARGATE"], True), (["EC2"], False), ([], None), (None, None), (TEXT, None),
        (["FARGATE", TEXT], None), ("FARGATE", None),
    ],
)  # fmt: skip
def test_a_definition_is_for_fargate_when_it_says_so(wanted: object, fargate: object) -> None:
    assert view({"requiresCompatibilities": wanted}).fargate is fargate


@pytest.mark.parametrize(
    ("images", "router"),
    [
        ({}, None),
        ({"b": "web:1"}, "b"),
        ({"b": "web:1", "c": "fluent/fluentd", "a": "web:1"}, "c"),
        ({"d": "fluent-bit", "c": "fluentd", "b": "x"}, "c"),
    ],
)
def test_of_several_routers_the_likeliest_is_taken(
    images: dict[str, str], router: str | None
) -> None:
    task = holding(
        {"name": "aa", "image": "fluent", "firelensConfiguration": TEXT},
        *(
            {"name": name, "image": image, "firelensConfiguration": {}}
            for name, image in images.items()
        ),
    )
    assert (task.router.name if task.router else None) == router
