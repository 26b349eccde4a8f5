from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.build import web

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[..., list[str]]


@pytest.fixture
def report(report: Report) -> Report:
    """What a rule says, with `~` for the path of the first container."""
    return lambda *args: [line.replace("/containerDefinitions/0", "~") for line in report(*args)]


@pytest.mark.parametrize(
    ("fragment", "line"),
    [
        (
            {"NetworkMode": "awsvpc", "networkMode": None},
            "error /NetworkMode `NetworkMode` is no member of the task: ECS calls it `networkMode`",
        ),
        (
            web(taskRoleArn="arn:aws:iam::111122223333:role/shop"),
            "error ~/taskRoleArn `taskRoleArn` is no member of a container: it belongs to the task",
        ),
        (
            {"launchType": "FARGATE"},
            (
                "error /launchType `launchType` is no member of the task, "
                "but of a service or of run-task"
            ),
        ),
        (
            {"_comment": "the shop"},
            "info /_comment `_comment` is no member of the task: the AWS CLI refuses it",
        ),
        (
            web(portMappings=[{"containerPort": 80, "expose": True}]),
            "error ~/portMappings/0/expose ECS knows no member `expose` of `portMappings`",
        ),
    ],
)
def test_unknown_members(report: Report, fragment: dict[str, Any], line: str) -> None:
    assert report("unknown-member", fragment, "plain") == [line]


def test_members_of_cloudformation_are_one_finding(report: Report) -> None:
    value = {
        "family": "shop",
        "containerDefinitions": [
            {"Name": "web", "Image": "web:1", "Essential": True, "Memory": 128},
            {"Name": "db", "Image": "db:1"},
        ],
    }
    assert report("unknown-member", value, None) == [
        "error ~/Name `Name`, `Image` and 4 more are written as in CloudFormation"
    ]
    assert report("name-or-image-missing", value, None) == []


def test_containers_alone_may_be_for_terraform(report: Report) -> None:
    plain = '[{"name": "web", "image": "web:1", "essential": true, "networkMode": "awsvpc"}]'
    assert report("unknown-member", plain)[0].startswith("warning /0/networkMode ")
    template = plain.replace("web:1", "${image}")
    assert report("unknown-member", template)[0].startswith("info /0/networkMode ")


def test_a_misspelled_member_is_not_missing_too(report: Report) -> None:
    fragment = {"Cpu": "256", "cpu": None, "networkmode": "awsvpc", "networkMode": None}
    assert report("fargate-task-cpu-memory", fragment, "plain") == []
    assert report("fargate-network-mode", fragment, "plain") == []
    misplaced = {"networkMode": None, **web(networkMode="awsvpc")}
    assert report("fargate-network-mode", misplaced, "plain") == []


@pytest.mark.parametrize(
    ("fragment", "line"),
    [
        (
            web(memory="512"),
            "error ~/memory `memory` is the string `512`, but ECS takes a whole number",
        ),
        (
            web(essential="true"),
            "error ~/essential `essential` is the string `true`, but ECS takes true or false",
        ),
        (
            web(portMappings={"containerPort": 80}),
            "error ~/portMappings `portMappings` is an object, but ECS takes a list",
        ),
        (
            web(command=["run", 7]),
            "error ~/command/1 `command[1]` is the number 7, but ECS takes a string",
        ),
        (
            web(dockerLabels={"api_token": 123456}),
            "error ~/dockerLabels/api_token `api_token` is a number, but ECS takes a string",
        ),
        (web(command="run it"), None),
        (web(environment={"A": "1"}), None),
        ({"cpu": 256, "memory": 512}, None),
    ],
)
def test_wrong_types(report: Report, fragment: dict[str, Any], line: str | None) -> None:
    assert report("wrong-type", fragment, "plain") == ([line] if line else [])


def test_both_sizes_of_the_task_as_numbers_are_one_finding(report: Report) -> None:
    assert report("task-size-type", {"cpu": 256, "memory": 512}, "plain") == [
        "error /cpu `cpu` and `memory` of the task must be strings"
    ]
    assert report("fargate-size-pair", {"cpu": 256, "memory": 512}, "plain") == []


def test_options_of_one_container_are_one_finding(report: Report) -> None:
    fragment = web(logConfiguration={"options": {"tls": True, "port": 24224}})
    assert report("option-value-not-string", fragment, "cloudwatch") == [
        "error ~/logConfiguration/options/tls option `tls` is `true`, not a string (and 1 more)"
    ]


@pytest.mark.parametrize(
    ("environment", "lines"),
    [
        ([{"name": "A", "value": "1"}, {"name": "B"}, {"name": "${C}", "value": "${D}"}], []),
        ({"A": "1"}, ["error  `environment` is an object, not a list of names and values"]),
        (
            [{"name": "A", "value": 1}, {"name": "B", "value": True}],
            ["error /0/value the value of variable `A` is the number 1, not a string (and 1 more)"],
        ),
        (
            [{"name": "DB_PASSWORD", "value": 123456}],
            ["error /0/value the value of variable `DB_PASSWORD` is a number, not a string"],
        ),
        (
            ["DB_PASSWORD=hunter22"],
            ["error /0 `environment[0]` is a string, not an object with `name` and `value`"],
        ),
        ([{"A": "1"}], ["error /0 `environment[0]` has no name"]),
        ([{"name": "", "value": "1"}], ["error /0 `environment[0]` has no name"]),
        ([{"Name": "A", "value": "1"}], []),
        (
            [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}],
            ["warning /1/name variable `A` is there twice; the container gets one of its values"],
        ),
    ],
)
def test_the_environment(report: Report, environment: Any, lines: list[str]) -> None:
    found = report("env-list-form", web(environment=environment), "plain")
    assert [line.replace("~/environment", "") for line in found] == lines


@pytest.mark.parametrize(
    ("fragment", "found"),
    [
        ({"requiresCompatibilities": ["fargate"]}, "`fargate` is no value of"),
        ({"runtimePlatform": {"operatingSystemFamily": "linux"}}, "`linux` is no value of"),
        ({"requiresCompatibilities": ["EC2"], "networkMode": "bridged"}, "`bridged` is no value"),
        ({"requiresCompatibilities": ["EC2"], "networkMode": "default"}, ""),
        ({"networkMode": "bridged"}, ""),
        ({"ipcMode": ""}, ""),
        (web(portMappings=[{"containerPort": 80, "protocol": "TCP"}]), ""),
    ],
)
def test_values_that_ecs_does_not_have(
    report: Report, fragment: dict[str, Any], found: str
) -> None:
    lines = report("value-not-allowed", fragment, "plain")
    assert len(lines) == bool(found)
    assert all(found in line for line in lines)


def test_what_is_required_of_an_object_that_is_there(report: Report) -> None:
    fragment = web(healthCheck={"interval": 30}, secrets=[{"name": "A"}])
    assert sorted(report("required-member-missing", fragment, "plain")) == [
        "error ~/healthCheck `healthCheck` has no `command`, which ECS requires",
        "error ~/secrets/0 `secrets[0]` has no `valueFrom`, which ECS requires",
    ]
    assert report("required-member-missing", {"family": None}, "plain") == []


def test_excerpts_of_documentation_lack_what_they_like(report: Report) -> None:
    excerpt = {"containerDefinitions": [{"secrets": [], "mountPoints": [{"sourceVolume": "a"}]}]}
    for rule in ("name-or-image-missing", "mountpoint-unknown-volume"):
        assert report(rule, excerpt, None) == []


def test_an_image_may_be_written_in_later(report: Report) -> None:
    assert report("name-or-image-missing", web(image=""), "plain") == [
        "warning ~/image the `image` of `web` is empty"
    ]


@pytest.mark.parametrize(
    ("tags", "lines"),
    [
        ([{"key": "team", "value": "shop"}], []),
        ([], ["warning /tags `tags` is an empty list"]),
        (
            [{"key": "AWS:team", "value": ""}],
            ["error /tags/0/key the key `AWS:team` begins with `aws:`, which is reserved"],
        ),
        (
            [{"key": "k" * 129, "value": ""}],
            ["error /tags/0/key `key` has 129 letters, and ECS takes 1 to 128"],
        ),
        (
            [{"key": str(n), "value": ""} for n in range(51)],
            ["error /tags `tags` has 51 entries, and ECS takes 0 to 50"],
        ),
    ],
)
def test_tags(report: Report, tags: Any, lines: list[str]) -> None:
    assert report("tags-empty", {"tags": tags}, "plain") == lines


def test_the_console_shows_empty_tags(report: Report) -> None:
    assert report("tags-empty", {"tags": [], "revision": 7, "status": "ACTIVE"}, "plain") == []


@pytest.mark.parametrize("value", [{}, [], ["awsvpc"]])
def test_what_should_be_a_string_and_is_none_breaks_no_rule(report: Report, value: object) -> None:
    mapping = web(portMappings=[{"containerPort": 80, "hostPort": 8080}])
    assert report("hostport-mismatch", {"networkMode": value, **mapping}, "plain") == []
    properties = [{"name": value, "value": "1"}]
    proxy = {"containerName": "web", "properties": properties}
    (line,) = report("proxy-config", {"proxyConfiguration": proxy, **web()}, "plain")
    assert "the proxy is without" in line
