"""Task definitions in templates: their values, their places, their cases, and how they change."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.inputs import cloudformation
from fargate_lint.inputs.cloudformation.template import Given
from fargate_lint.source.read import read
from fargate_lint.source.unknown import Unknown

if TYPE_CHECKING:
    from fargate_lint.inputs.cloudformation.definition import TemplateDefinition
    from fargate_lint.source.document import Document

TEMPLATE = """
Parameters:
  Stage: {Type: String}
  Tier: {Type: String, Default: ""}
  Port: {Type: Number, Default: 80}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Equals [!Ref Stage, dev]
  HasTier: !Not [!Equals [!Ref Tier, ""]]
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
"""


def template(properties: str) -> Document:
    text = TEMPLATE + textwrap.indent(textwrap.dedent(properties).strip(), " " * 6) + "\n"
    [document] = read("t.yaml", text)
    assert not document.faults
    return document


def defined(properties: str, given: Given | None = None) -> TemplateDefinition:
    [definition] = cloudformation.definitions(template(properties), given)
    return definition


def known(value: Any) -> Any:
    if isinstance(value, Unknown):
        return "?"
    if isinstance(value, dict):
        return {key: known(each) for key, each in value.items()}
    return [known(each) for each in value] if isinstance(value, list) else value


def test_members_get_the_names_and_types_of_the_api() -> None:
    definition = defined("""
        Cpu: 256
        Volumes: [{Name: v, EFSVolumeConfiguration: {FilesystemId: fs-1}}]
        ContainerDefinitions:
          - Name: web
            Essential: "true"
            PortMappings: [{ContainerPort: !Ref Port}]
            Environment: [{Name: A, Value: 1}]
            LogConfiguration: {LogDriver: awsfirelens, Options: {TLS: On, Port: 443, Quoted: "On"}}
    """)
    assert known(definition.value) == {
        "cpu": "256",
        "volumes": [{"name": "v", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}],
        "containerDefinitions": [
            {
                "name": "web",
                "essential": True,
                "portMappings": [{"containerPort": 80}],
                "environment": [{"name": "A", "value": "1"}],
                "logConfiguration": {
                    "logDriver": "awsfirelens",
                    "options": {"TLS": "true", "Port": "443", "Quoted": "On"},
                },
            }
        ],
        # CloudFormation gives a name that nobody knows before.
        "family": "?",
    }
    assert definition.address == "Task"
    assert definition.assumed == {
        ("containerDefinitions", 0, "portMappings", 0, "containerPort"): {"Port"}
    }


def test_values_of_wrong_types_are_kept_as_they_are() -> None:
    definition = defined("""
        NetworkMode: {a: [b]}
        RequiresCompatibilities: {Fargate: [1]}
        ContainerDefinitions: [[{Name: web}], 3]
        RuntimePlatform: [X86_64]
    """)
    assert known(definition.value) == {
        "networkMode": {"a": ["b"]},
        "requiresCompatibilities": {"Fargate": [1]},
        "containerDefinitions": [[{"Name": "web"}], 3],
        "runtimePlatform": ["X86_64"],
        "family": "?",
    }


def test_a_place_is_that_of_the_text_also_behind_an_element_that_is_left_out() -> None:
    definition = defined("""
        ContainerDefinitions:
          - !Ref AWS::NoValue
          - Name: web
            Image: !Sub "${Stage}/web"
            Command: [a, !Ref AWS::NoValue, b]
    """)
    text = definition.document.text
    for path, written in [
        (("containerDefinitions", 0, "name"), "web"),
        (("containerDefinitions", 0, "image"), '!Sub "${Stage}/web"'),
        (("containerDefinitions", 0, "command", 1), "b"),
    ]:
        place = definition.written(path)
        assert text[place.start : place.end] == written
    at = ("Resources", "Task", "Properties", "ContainerDefinitions", 1, "Name")
    assert definition.canonical(definition.document, at) == ("containerDefinitions", 0, "name")


def test_cases_take_branches_by_the_condition_and_never_mix_them() -> None:
    found = cloudformation.definitions(
        template("""
            Cpu: !If [IsProd, 1024, 256]
            Memory: !If [IsProd, 2048, 512]
            Tags: !If [IsDev, [], !Ref AWS::NoValue]
        """)
    )
    values = [(each.value["cpu"], each.value["memory"], each.value.get("tags")) for each in found]
    # A stage that is both is no case.
    expected: list[tuple[str, str, list[str] | None]] = [
        ("1024", "2048", None),
        ("256", "512", None),
        ("256", "512", []),
    ]
    assert sorted(values, key=str) == expected
    assert {tuple(each.case.items()) for each in found} == {
        (("IsDev", False), ("IsProd", False)),
        (("IsDev", False), ("IsProd", True)),
        (("IsDev", True), ("IsProd", False)),
    }


def test_what_the_defaults_lead_to_comes_first() -> None:
    found = cloudformation.definitions(template("Cpu: !If [HasTier, 1024, 256]"))
    assert [(each.value["cpu"], each.by_default) for each in found] == [
        ("256", True), ("1024", False),
    ]  # fmt: skip


def test_what_is_given_leaves_one_case() -> None:
    [definition] = cloudformation.definitions(
        template("Cpu: !If [IsProd, 1024, 256]"), Given({"Stage": "prod"})
    )
    assert (definition.value["cpu"], definition.case) == ("1024", {})


def test_of_too_many_cases_nothing_is_known() -> None:
    names = [f"C{n}" for n in range(6)]
    conditions = "".join(f"  {name}: !Equals [!Ref P{name}, x]\n" for name in names)
    text = TEMPLATE.replace("Conditions:\n", f"Conditions:\n{conditions}")
    tags = "\n".join(
        f"        - !If [{name}, {{Key: {name}}}, !Ref AWS::NoValue]" for name in names
    )
    [document] = read("t.yaml", f"{text}      Tags:\n{tags}\n      Cpu: 256\n")
    [definition] = cloudformation.definitions(document)
    assert known(definition.value) == {"tags": ["?"] * 6, "cpu": "256", "family": "?"}


def test_a_resource_with_a_condition_is_judged_where_it_is_made() -> None:
    document = template("Cpu: !If [IsProd, 1024, 256]")
    document.value["Resources"]["Task"]["Condition"] = "IsProd"
    [definition] = cloudformation.definitions(document)
    assert (definition.value["cpu"], definition.case) == ("1024", {})


def test_what_a_transform_adds_is_not_known() -> None:
    definition = defined("""
        Fn::Transform: {Name: AWS::Include}
        ContainerDefinitions:
          - Fn::Transform: {Name: AWS::Include}
    """)
    assert () in definition.partial
    assert known(definition.value["containerDefinitions"]) == ["?"]


def test_resources_of_a_loop_are_those_of_its_list() -> None:
    [document] = read(
        "t.yaml",
        """
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Tasks:
    - Name
    - [web, jobs]
    - Task${Name}:
        Type: AWS::ECS::TaskDefinition
        Properties: {Family: !Sub "${Name}-x"}
""",
    )
    found = cloudformation.definitions(document)
    assert [(each.address, each.value["family"]) for each in found] == [
        ("Taskweb", "web-x"), ("Taskjobs", "jobs-x"),
    ]  # fmt: skip


def test_names_of_cloudformation_alone_are_a_task_definition_too() -> None:
    [document] = read("t.json", '{"Family": "a", "ContainerDefinitions": [{"Name": "web"}]}')
    [definition] = cloudformation.definitions(document)
    assert definition.value == {"family": "a", "containerDefinitions": [{"name": "web"}]}


@pytest.mark.parametrize(
    ("path", "value", "change"),
    [
        (("cpu",), "512", ("set", ("Resources", "Task", "Properties", "Cpu"), "512")),
        (("taskRoleArn",), "r", ("set", ("Resources", "Task", "Properties", "TaskRoleArn"), "r")),
        # A value that the template works out has no place for another one.
        (("memory",), "512", None),
        (("containerDefinitions", 0, "image"), "web:2", None),
    ],
)
def test_only_what_is_written_as_it_is_can_be_changed(
    path: tuple[str | int, ...], value: str, change: Any
) -> None:
    definition = defined("""
        Cpu: "256"
        Memory: !Ref Port
        ContainerDefinitions: [{Name: web, Image: !Sub "${Stage}/web"}]
    """)
    found = definition.change("set", path, value)
    assert (found and found[1]) == change


def test_a_literal_in_a_branch_is_changed_there() -> None:
    first, *_ = cloudformation.definitions(template("Cpu: !If [IsProd, 1024, 256]"))
    at = ("Resources", "Task", "Properties", "Cpu", 2)
    assert first.change("set", ("cpu",), "512") == (first.document, ("set", at, "512"))


def test_what_is_added_gets_the_names_of_cloudformation() -> None:
    definition = defined("ContainerDefinitions: [{Name: web}]")
    at = ("Resources", "Task", "Properties", "ContainerDefinitions", 0, "LogConfiguration")
    new = {"logDriver": "awsfirelens", "options": {"Name": "x"}}
    found = definition.change("set", ("containerDefinitions", 0, "logConfiguration"), new)
    written = {"LogDriver": "awsfirelens", "Options": {"Name": "x"}}
    assert found == (definition.document, ("set", at, written))
