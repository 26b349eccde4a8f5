"""Members of a task definition as CloudFormation names them."""

from __future__ import annotations

from typing import Any

import pytest

from fargate_lint.ecs.shape import ROOT, STRUCTURES
from fargate_lint.inputs.cloudformation.members import coerced, member, name, spelled


def test_every_member_of_the_api_has_a_name_that_leads_back() -> None:
    for structure in STRUCTURES.values():
        for each in structure.members:
            assert member(structure, name(structure, each)) == each


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (("containerDefinitions", 0, "logConfiguration", "logDriver"), "LogDriver"),
        (("containerDefinitions", 0, "logConfiguration", "options", "log_key"), "log_key"),
        (("containerDefinitions", 0, "dockerLabels", "com.a"), "com.a"),
        (("volumes", 0, "efsVolumeConfiguration"), "EFSVolumeConfiguration"),
        (("volumes", 0, "efsVolumeConfiguration", "fileSystemId"), "FilesystemId"),
        (("volumes", 0, "fsxWindowsFileServerVolumeConfiguration", "fileSystemId"), "FileSystemId"),
        (("volumes", 0, "efsVolumeConfiguration", "authorizationConfig", "iam"), "IAM"),
        (("proxyConfiguration", "properties"), "ProxyConfigurationProperties"),
        (("containerDefinitions", 3), 3),
    ],
)
def test_names_that_are_not_the_apis(path: tuple[str | int, ...], written: str | int) -> None:
    assert spelled(path) == written


def test_a_name_of_nothing_stays() -> None:
    assert member(ROOT, "Storage") == "Storage"


@pytest.mark.parametrize(
    ("value", "expected", "plain", "found"),
    [
        (True, str, False, "true"),
        (256, str, False, "256"),
        ("On", str, True, "true"),
        ("On", str, False, "On"),
        ("80", int, False, 80),
        ("8x", int, False, "8x"),
        (80.0, int, False, 80),
        ("true", bool, False, True),
        ("no", bool, True, False),
        ("maybe", bool, False, "maybe"),
        ("text", None, False, "text"),
    ],
)
def test_a_scalar_becomes_the_type_that_is_due(
    value: Any, expected: type | None, plain: bool, found: Any
) -> None:
    made = coerced(value, expected, plain=plain)
    assert (type(made), made) == (type(found), found)
