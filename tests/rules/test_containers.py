from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.testing import base, overlay
from tests import build

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.finding import Finding
    from fargate_lint.lint.registry import Registry

    Report = Callable[..., list[str]]

DATA = Path(__file__).parent.parent / "data" / "ecs" / "container_refusals.json"
#: What ECS answers, with what causes it over which task, and the rule that says so.
REFUSALS = json.loads(DATA.read_text(encoding="utf-8"))
REFUSED = pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal["message"])
JOBS = {"name": "jobs", "image": "jobs:1.0.3"}


@pytest.fixture
def findings(registry: Registry) -> Callable[..., list[Finding]]:
    return lambda fragment, over: build.findings(
        fragment if over == "none" else overlay(base(over), fragment), registry
    )


@REFUSED
def test_what_ecs_would_answer_is_quoted_by_one_rule(
    refusal: dict[str, Any], findings: Callable[..., list[Finding]]
) -> None:
    found = findings(refusal["cause"], refusal["base"])
    told = [each for each in found if refusal["message"] in f"{each.message} {each.help}"]
    assert [each.rule.name for each in told] == [refusal["rule"]]


@REFUSED
def test_one_mistake_is_one_finding_in_few_words(
    refusal: dict[str, Any], findings: Callable[..., list[Finding]]
) -> None:
    found = findings(refusal["cause"], refusal["base"])
    loud = [each for each in found if each.severity != "info"]
    assert [each.rule.name for each in loud] == [refusal["rule"]]
    for each in found:
        assert len(each.message) <= 100
        assert not each.message.endswith(".")


# container-count


def test_ten_containers_are_not_too_many(report: Report) -> None:
    jobs = [{"name": f"job-{number}", "image": "jobs:1.0.3"} for number in range(9)]
    assert report("container-count", {"containerDefinitions": jobs}, "plain") == []


def test_containers_that_a_template_writes_are_not_counted(report: Report) -> None:
    text = '{"family": "shop", "containerDefinitions": ["${containers}"]}'
    assert report("container-count", text) == []


def test_a_list_that_a_template_fills_is_not_empty(report: Report) -> None:
    text = '{"family": "shop", "containerDefinitions": [{{ containers }}]}'
    assert report("container-count", text) == []


def test_an_array_of_containers_alone_is_counted_too(report: Report) -> None:
    jobs = [{"name": f"job-{number}", "image": "jobs:1", "cpu": 1} for number in range(12)]
    assert report("container-count", json.dumps(jobs)) == [
        "error  the task has 12 containers, but ECS takes 10 at most"
    ]


# td-size


def long(size: int) -> dict[str, Any]:
    value = {"name": "web", "environment": [{"name": "TEXT", "value": "x" * size}]}
    return {"containerDefinitions": [value]}


def test_the_size_is_that_without_indentation_and_without_what_ecs_adds(report: Report) -> None:
    text = json.dumps({**overlay(base("plain"), long(100)), "requiresAttributes": ["x" * 70000]})
    padded = text.replace("{", "{" + " " * 20000)
    assert report("td-size", padded) == []


def test_a_definition_of_more_than_64_kib_is_refused(report: Report) -> None:
    whole = overlay(base("plain"), long(70000))
    size = len(json.dumps(whole, separators=(",", ":")))
    assert report("td-size", long(70000), "plain") == [
        f"error  the definition has {size} bytes, but ECS takes 65536 at most"
    ]


def test_the_limit_is_the_last_size_that_passes(report: Report) -> None:
    around = len(json.dumps(overlay(base("plain"), long(0)), separators=(",", ":")))
    (told,) = report("td-size", long(65536 - around), "plain")
    assert told == "warning  the definition has 65536 bytes, and ECS takes no more than 65536"
    (told,) = report("td-size", long(65537 - around), "plain")
    assert told.startswith("error")


def test_letters_count_with_their_bytes(report: Report) -> None:
    value = {"name": "web", "environment": [{"name": "TEXT", "value": "ä" * 31000}]}
    (told,) = report("td-size", {"containerDefinitions": [value]}, "plain")
    assert told.startswith("warning  the definition has 62")


# family-name, container-name


@pytest.mark.parametrize("family", ["shop", "shop_web-2", "a" * 255, "${family}", "shop-{STAGE}"])
def test_families_that_are_right_or_filled_in_later(report: Report, family: str) -> None:
    assert report("family-name", {"family": family}, "plain") == []


@pytest.mark.parametrize(
    ("family", "message"),
    [
        ("shop/web", "the family `shop/web` has a `/` in it"),
        ("shop web", "the family `shop web` has a blank in it"),
        ("shop:7", "the family `shop:7` has a `:` in it"),
        ("shöp", "the family `shöp` has a `ö` in it"),
        ("shop\u200b", "the family `shop\u200b` has an invisible character in it"),
        ("a" * 256, "the family has 256 characters, but ECS takes 255 at most"),
    ],
)
def test_families_that_ecs_refuses(report: Report, family: str, message: str) -> None:
    assert report("family-name", {"family": family}, "plain") == [f"error /family {message}"]


def test_a_name_is_reported_where_it_is_there_again(report: Report) -> None:
    task = build.task(JOBS, {**JOBS, "image": "jobs:2"})
    assert report("container-name", task, None) == [
        "error /containerDefinitions/1/name two containers are called `jobs`"
    ]


def test_names_differ_by_case(report: Report) -> None:
    task = build.task(JOBS, {**JOBS, "name": "Jobs"})
    assert report("container-name", task, None) == []


@pytest.mark.parametrize("name", ["web.jobs", "web jobs", "j" * 256])
def test_container_names_that_ecs_refuses(report: Report, name: str) -> None:
    (told,) = report("container-name", {"containerDefinitions": [{**JOBS, "name": name}]}, "plain")
    assert told.startswith("error /containerDefinitions/1/name the name ")


@pytest.mark.parametrize("name", ["${name}", "<name>", "...", "", 7, None])
def test_names_that_are_not_known_or_of_which_others_tell(report: Report, name: Any) -> None:
    task = build.task({"image": "jobs:1", "name": name})
    assert report("container-name", task, None) == []


# no-essential


def test_one_essential_container_is_enough(report: Report) -> None:
    task = {"containerDefinitions": [{"name": "web", "essential": False}, JOBS]}
    assert report("no-essential", task, "plain") == []


@pytest.mark.parametrize("essential", ["${essential}", True, "true", None, 1])
def test_whether_a_container_is_essential_may_not_be_known(report: Report, essential: Any) -> None:
    task = build.task({**JOBS, "essential": essential})
    assert report("no-essential", task, None) == []


def test_a_container_alone_says_nothing_of_the_others(report: Report) -> None:
    assert report("no-essential", json.dumps({**JOBS, "essential": False, "cpu": 1})) == []
