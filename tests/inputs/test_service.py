from __future__ import annotations

import json
from typing import Any

import pytest

from fargate_lint.inputs.service import running, services, split
from fargate_lint.source.read import read

ARN = "arn:aws:ecs:us-east-1:111122223333:task-definition/shop:7"


def found(value: object) -> list[tuple[Any, ...]]:
    (document,) = read("services.json", json.dumps(value).encode())
    return [tuple(each) for each in services(document)]


def service(name: str = "web", reference: object = "shop:7") -> dict[str, object]:
    return {"serviceName": name, "taskDefinition": reference}


def test_each_shape_that_aws_prints_or_takes_is_read() -> None:
    web, at = service(), "taskDefinition"
    assert found({"services": [web, "arn", service("api", "api")], "failures": []}) == [
        ("web", "shop", 7, ("services", 0, at), ("services", 0)),
        ("api", "api", None, ("services", 2, at), ("services", 2)),
    ]
    assert found({"service": web}) == [("web", "shop", 7, ("service", at), ("service",))]
    assert found({"service": "web", at: ARN}) == [("web", "shop", 7, (at,), ())]
    assert found(web) == [("web", "shop", 7, (at,), ())]
    assert found([{"service": web}, 7, service("api")]) == [
        ("web", "shop", 7, (0, "service", at), (0, "service")),
        ("api", "shop", 7, (2, at), (2,)),
    ]


def test_a_service_that_names_no_definition_is_skipped_and_one_without_a_name_is_not() -> None:
    nothing: list[object] = ["", None, {}, 7]
    assert found([service(reference=reference) for reference in nothing]) == []
    assert found({"services": {"a": service()}}) == []
    assert found("taskDefinition") == []
    assert found({"taskDefinition": "shop"}) == [("", "shop", None, ("taskDefinition",), ())]
    assert found({"serviceName": 7, "taskDefinition": "shop"})[0][0] == ""


@pytest.mark.parametrize(
    ("reference", "family", "revision"),
    [
        (ARN, "shop", 7),
        ("shop:7", "shop", 7),
        ("shop", "shop", None),
        ("shop:", "shop", None),
        ("shop:${REVISION}", "shop", None),
        ("shop:-1", "shop", None),
        ("shop:\u0662", "shop", None),
        ("shop:" + "9" * 18, "shop", 10**18 - 1),
        ("shop:" + "9" * 19, "shop", None),
        ("a/b/shop:7", "shop", 7),
        ("shop:7:8", "shop", None),
    ],
)
def test_a_reference_names_a_family_and_maybe_its_revision(
    reference: str, family: str, revision: int | None
) -> None:
    assert split(reference) == (family, revision)


def test_the_services_of_a_family_come_with_what_is_described_of_each() -> None:
    web, api = service(), service("api", "api:1")
    value = {"services": [api, {**web, "launchType": "FARGATE"}]}
    (document,) = read("services.json", json.dumps(value).encode())
    ((one, node),) = running(document, "shop")
    assert (one.name, node.path, node.text("launchType")) == ("web", ("services", 1), "FARGATE")
    assert running(document, "other") == []
    assert running(document, "") == []


def test_a_definition_without_a_family_belongs_to_the_only_service() -> None:
    (document,) = read("service.json", json.dumps(service()).encode())
    assert [one.name for one, _ in running(document, "")] == ["web"]
