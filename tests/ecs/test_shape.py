from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from botocore.validate import ParamValidator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fargate_lint.data import ecs_shape
from fargate_lint.ecs.shape import Deviation, _compile, parameter, shape_of
from fargate_lint.inputs import shapes
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.read import read
from fargate_lint.source.unknown import Unknown
from tests.build import document, task_of, web

if TYPE_CHECKING:
    from collections.abc import Callable

MODEL = botocore.session.get_session().get_service_model("ecs")
INPUT = MODEL.operation_model("RegisterTaskDefinition").input_shape
WHOLE = {"family": "shop", "containerDefinitions": [{"name": "web", "image": "web:1"}]}
SLOW = settings(max_examples=80, suppress_health_check=list(HealthCheck))


def deviations(value: Any) -> list[Deviation]:
    (task,) = shapes.tasks(document(value))
    return shape_of(task).deviations


def kinds(value: Any) -> list[str]:
    return [f"{each.kind} {each.parameter}" for each in deviations({**WHOLE, **value})]


def container(**members: Any) -> dict[str, Any]:
    return web(image="web:1", **members)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({}, []),
        ({"cpu": 256}, ["type cpu"]),
        ({"cpu": None, "memory": Unknown("${memory}")}, []),
        ({"networkMode": "AWSVPC"}, ["value networkMode"]),
        ({"requiresCompatibilities": ["FARGATE", "fargate"]}, ["value requiresCompatibilities[1]"]),
        ({"revision": 7}, ["read-only revision"]),
        ({"_comment": "for the shop"}, ["unknown _comment"]),
        ({"${extra}": 1}, []),
        ({"tags": [{"key": "", "value": "x"}]}, ["range tags[0].key"]),
        ({"ephemeralStorage": {}}, ["missing ephemeralStorage.sizeInGiB"]),
        ({"containerDefinitions": ["web"]}, ["type containerDefinitions[0]"]),
        (container(revision=7), ["unknown containerDefinitions[0].revision"]),
        (container(memory="512"), ["type containerDefinitions[0].memory"]),
        (container(memory=512.0), ["type containerDefinitions[0].memory"]),
        (container(memory=True), ["type containerDefinitions[0].memory"]),
        (container(command="run it"), ["type containerDefinitions[0].command"]),
        (container(command=["run", 1]), ["type containerDefinitions[0].command[1]"]),
        (container(command=["run", Unknown("$X"), None]), []),
        (
            container(logConfiguration={"logDriver": "awslogs", "options": {"port": 1}}),
            ["type containerDefinitions[0].logConfiguration.options.port"],
        ),
        (
            container(logConfiguration={"options": {}}),
            ["missing containerDefinitions[0].logConfiguration.logDriver"],
        ),
        (container(entrypoint=["run"]), ["unknown containerDefinitions[0].entrypoint"]),
        (
            container(dependsOn=[{"ContainerName": "db", "condition": "START"}]),
            [
                "unknown containerDefinitions[0].dependsOn[0].ContainerName",
                "missing containerDefinitions[0].dependsOn[0].containerName",
            ],
        ),
    ],
)
def test_each_difference_stands_at_its_place(value: Any, found: list[str]) -> None:
    assert kinds(value) == found


def test_values_of_a_skeleton_are_no_wrong_values() -> None:
    assert kinds({"networkMode": "", "ipcMode": "string"}) == []


def test_a_file_of_elastic_beanstalk_is_another_format() -> None:
    value = {"AWSEBDockerrunVersion": 2, "containerDefinitions": [{"name": "a", "hello": 1}]}
    assert deviations(value) == []


@pytest.mark.parametrize(
    ("key", "inside", "kind", "name", "owner"),
    [
        ("NetworkMode", "task", "spelling", "networkMode", ""),
        ("network_mode", "task", "spelling", "networkMode", ""),
        ("containers", "task", "spelling", "containerDefinitions", ""),
        ("desiredCount", "task", "service", "", ""),
        ("essential", "task", "place", "essential", "a container"),
        ("$schema", "task", "comment", "", ""),
        ("// why", "task", "comment", "", ""),
        ("networkMode", "container", "place", "networkMode", "the task"),
        ("entrypoint", "container", "spelling", "entryPoint", ""),
        ("env", "container", "spelling", "environment", ""),
        ("healtCheck", "container", "spelling", "healthCheck", ""),
        ("logDriver", "container", "place", "logDriver", "`logConfiguration`"),
        ("flavour", "container", "", "", ""),
    ],
)
def test_what_a_stranger_was_meant_to_be(
    key: str, inside: str, kind: str, name: str, owner: str
) -> None:
    value = {key: 1} if inside == "task" else container(**{key: 1})
    (found,) = deviations({**WHOLE, **value})
    meaning = found.meaning
    assert (meaning.kind, meaning.name, meaning.owner) == (kind, name, owner)


def test_an_option_beside_options_belongs_into_them() -> None:
    value = container(logConfiguration={"logDriver": "awslogs", "awslogs-group": "/shop"})
    (found,) = deviations({**WHOLE, **value})
    assert (found.meaning.kind, found.meaning.owner) == ("place", "`options`")


def test_the_shape_tells_of_a_member_under_its_other_names() -> None:
    value = {**WHOLE, "Cpu": "256", **container(networkMode="awsvpc")}
    (task,) = shapes.tasks(document(value))
    shape = shape_of(task)
    assert shape.means("cpu")
    assert shape.means("networkMode")
    assert not shape.means("memory")


def test_places_in_an_array_of_containers_and_in_one_container() -> None:
    for value, path in (
        ([{"name": "web", "image": "web:1", "memory": "1"}], (0, "memory")),
        ({"name": "web", "image": "web:1", "memory": "1"}, ("memory",)),
    ):
        (task,) = shapes.tasks(document(value))
        (found,) = shape_of(task).deviations
        assert task.lens.locate(found.path)[1] == path


def test_a_fragment_is_not_asked_for_what_it_does_not_show() -> None:
    value = {"logConfiguration": {"logDriver": "awslogs"}}
    assert deviations(value) == []


def test_the_table_is_that_of_the_pinned_model() -> None:
    assert botocore.__version__ == ecs_shape.BOTOCORE
    assert INPUT.name == ecs_shape.ROOT
    assert tuple(INPUT.members) == tuple(ecs_shape.STRUCTURES[ecs_shape.ROOT])


# What follows generates definitions from the model itself.

TEXT = st.text(alphabet="abcXYZ019-_/:. ", min_size=1, max_size=8)
WRONG: dict[str, list[Any]] = {
    "string": [7, 1.5, True, ["x"], {"x": "y"}],
    "integer": ["7", 1.5, ["x"], {"x": "y"}],
    "boolean": ["true", 1, ["x"], {"x": "y"}],
    "list": ["x", 7, {"x": "y"}],
    "map": ["x", 7, ["x"]],
    "structure": ["x", 7, ["x"]],
}


@cache
def valid(shape: Any) -> st.SearchStrategy[Any]:
    """Values that the model allows, never with more than a few optional members each."""
    kind = shape.type_name
    if kind == "structure":
        return structures(shape)
    if kind == "list":
        return st.lists(valid(shape.member), max_size=2)
    if kind == "map":
        return st.dictionaries(TEXT, valid(shape.value), max_size=2)
    if kind == "boolean":
        return st.booleans()
    if kind in {"integer", "long"}:
        low, high = shape.metadata.get("min", 0), shape.metadata.get("max", 10_000)
        return st.integers(low, high)
    return st.sampled_from(shape.metadata["enum"]) if "enum" in shape.metadata else TEXT


@st.composite
def structures(draw: Callable[[Any], Any], shape: Any) -> dict[str, Any]:
    required = list(shape.required_members)
    if shape.name == "ContainerDefinition":
        required += ["name", "image"]
    others = [name for name in shape.members if name not in required]
    chosen = draw(st.lists(st.sampled_from(others), max_size=4, unique=True)) if others else []
    return {name: draw(valid(shape.members[name])) for name in (*required, *chosen)}


def places(value: Any, shape: Any, path: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    """Every place in a value with its shape."""
    found = [(path, shape)] if path else []
    if shape.type_name == "structure":
        for key, item in value.items():
            found += places(item, shape.members[key], (*path, key))
    elif shape.type_name == "list":
        for index, item in enumerate(value):
            found += places(item, shape.member, (*path, index))
    elif shape.type_name == "map":
        for key, item in value.items():
            found += places(item, shape.value, (*path, key))
    return found


@st.composite
def spoilt(draw: Callable[[Any], Any]) -> dict[str, Any]:
    """A valid definition with a few wrong types, unknown and misspelled members."""
    value: dict[str, Any] = draw(valid(INPUT))
    for _ in range(draw(st.integers(1, 3))):
        # A value that was spoilt before isn't walked again.
        try:
            every = places(value, INPUT)
        except (AttributeError, KeyError, TypeError):
            break
        path, shape = draw(st.sampled_from(every))
        around = value
        for step in path[:-1]:
            around = around[step]
        kind = {"long": "integer"}.get(shape.type_name, shape.type_name)
        action = draw(st.sampled_from(["type", "rename", "add"]))
        if action == "type":
            around[path[-1]] = draw(st.sampled_from(WRONG[kind]))
        elif action == "rename" and isinstance(around, dict) and path[-1] in around:
            around[str(path[-1]).swapcase()] = around.pop(path[-1])
        elif shape.type_name == "structure" and isinstance(around[path[-1]], dict):
            around[path[-1]][draw(TEXT)] = 1
    return value


def of_botocore(value: Any) -> set[str]:
    """Unknown members and wrong types that botocore finds, by parameter."""
    found = set()
    for reason, name, details in ParamValidator().validate(value, INPUT)._errors:
        place = name.removeprefix(".")
        if reason == "invalid type":
            found.add(f"type {place}")
        elif reason == "unknown field":
            found.add(f"unknown {place}{'.' if place else ''}{details['unknown_param']}")
    return found


def of_us(value: Any) -> set[str]:
    return {
        f"{'unknown' if each.kind == 'read-only' else each.kind} {each.parameter}"
        for each in deviations(value)
        if each.kind in {"unknown", "read-only", "type"}
        # To Python true is a number, so botocore sends it, and ECS has to refuse it.
        and not (each.expected is int and isinstance(each.value, bool))
    }


@SLOW
@given(valid(INPUT))
def test_valid_definitions_have_no_deviation(value: dict[str, Any]) -> None:
    assert deviations(value) == []


@SLOW
@given(spoilt())
def test_unknown_members_and_types_are_those_that_botocore_finds(value: dict[str, Any]) -> None:
    if any(task.scope == "task" for task in shapes.tasks(document(value))):
        assert of_us(value) == of_botocore(value)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(load(), Settings())


@SLOW
@given(value=st.one_of(valid(INPUT), spoilt()))
def test_no_definition_breaks_a_rule(checker: Checker, value: dict[str, Any]) -> None:
    for each in read("task.json", json.dumps(value).encode()):
        broken = [
            found.message for found in checker.check(each) if found.rule.name == "broken-rule"
        ]
        assert broken == []


@given(st.lists(st.one_of(TEXT, st.integers(0, 9)), max_size=4))
def test_a_parameter_is_written_as_botocore_does(path: list[str | int]) -> None:
    name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    assert parameter(tuple(path)) == (name[1:] if name[:1] == "." else name or "input")


def test_a_task_is_looked_at_once() -> None:
    value = {**WHOLE, "cpu": 1}
    task = task_of(value)
    assert shape_of(task) is shape_of(task)


def test_the_table_is_compiled_to_types_and_what_is_inside_of_them() -> None:
    made: dict[str, Any] = {}
    container = _compile("ContainerDefinition", made)
    assert container is made[container.name]
    assert {
        name: container.members[name]
        for name in ("cpu", "command", "dockerLabels", "dependsOn", "firelensConfiguration")
    } == {
        "cpu": (int, None),
        "command": (list, (str, None)),
        "dockerLabels": (dict, (str, None)),
        "dependsOn": (list, (dict, made["ContainerDependency"])),
        "firelensConfiguration": (dict, made["FirelensConfiguration"]),
    }
    firelens = made["FirelensConfiguration"]
    assert (firelens.name, firelens.required) == ("FirelensConfiguration", ("type",))
    assert firelens.members["type"] == (str, ("fluentd", "fluentbit"))
    assert _compile("Tag", made).ranges == {"key": (1, 128), "value": (0, 256)}


@pytest.mark.parametrize(
    ("secret", "kind", "name", "owner"),
    [
        ({"name": "A", "from": "arn"}, "spelling", "valueFrom", ""),
        ({"name": "A", "family": "arn"}, "spelling", "valueFrom", ""),
        ({"name": "A", "valuefrom": "arn"}, "spelling", "valueFrom", ""),
        ({"name": "A", "from": 7}, "", "", ""),
        ({"from": "arn"}, "", "", ""),
        ({"name": "A", "valueFrom": "arn", "from": "arn"}, "", "", ""),
        ({"name": "A", "_note": "arn"}, "comment", "", ""),
    ],
)
def test_a_stranger_may_be_the_only_member_that_is_required_and_missing(
    secret: dict[str, Any], kind: str, name: str, owner: str
) -> None:
    (found,) = [
        each for each in deviations({**WHOLE, **container(secrets=[secret])})
        if each.kind == "unknown"
    ]  # fmt: skip
    assert (found.meaning.kind, found.meaning.name, found.meaning.owner) == (kind, name, owner)


def test_of_two_strangers_neither_is_the_member_that_is_missing() -> None:
    secret = {"name": "A", "from": "arn", "path": "arn"}
    found = deviations({**WHOLE, **container(secrets=[secret])})
    unknown = [each for each in found if each.kind == "unknown"]
    assert [each.name for each in unknown] == ["from", "path"]
    assert "valueFrom" not in {each.meaning.name for each in unknown}


def test_what_the_task_or_a_container_lacks_is_not_what_a_stranger_was_meant_to_be() -> None:
    found = deviations({"containerDefinitions": [{"name": "web", "flavour": "x"}], "flavour": "x"})
    meanings = {each.meaning.kind for each in found if each.kind == "unknown"}
    assert meanings == {""}


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ({"key": "k" * 128, "value": "v" * 256}, []),
        ({"key": "k" * 129, "value": "v" * 257}, ["key", "value"]),
        ({"key": 1, "value": "v" * 257}, ["value"]),
        ({"value": "v" * 257}, ["value"]),
    ],
)
def test_a_range_includes_both_ends_and_each_member_has_its_own(
    tag: dict[str, Any], found: list[str]
) -> None:
    ranges = [each for each in deviations({**WHOLE, "tags": [tag]}) if each.kind == "range"]
    assert [each.name for each in ranges] == found
    assert {each.structure for each in ranges} <= {"Tag"}


def test_a_wrong_item_of_a_list_or_a_map_tells_the_structure_around_it() -> None:
    value = container(command=["run", 7], dockerLabels={"a": 1})
    found = deviations({"family": "shop", "requiresCompatibilities": ["FARGATE", "SHIP"], **value})
    assert [(each.kind, each.name, each.structure) for each in found] == [
        ("value", "requiresCompatibilities[1]", "RegisterTaskDefinitionRequest"),
        ("type", "command[1]", "ContainerDefinition"),
        ("type", "a", "ContainerDefinition"),
    ]
