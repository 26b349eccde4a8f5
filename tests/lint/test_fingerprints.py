from __future__ import annotations

import json
import random
from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from fargate_lint import testing
from fargate_lint.lint import pages
from fargate_lint.lint.linter import Linter
from fargate_lint.lint.located import fingerprint
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.read import read
from tests import build

ERR = Path(__file__).parent.parent.parent / "fixtures" / "err"
REGISTRY = load()
RULES = [rule for rule in REGISTRY.rules if rule.__module__.startswith("fargate_lint_rules")]
# Lists whose order says nothing to ECS; that of a command does.
UNORDERED = frozenset({
    "containerDefinitions", "dependsOn", "environment", "environmentFiles", "extraHosts",
    "mountPoints", "portMappings", "requiresCompatibilities", "resourceRequirements",
    "secretOptions", "secrets", "systemControls", "tags", "ulimits", "volumes", "volumesFrom",
})  # fmt: skip


def known(name: str, text: str, settings: Settings | None = None) -> Counter[tuple[str, str]]:
    """The findings about a file as a baseline knows them, each with its rule, and how often."""
    linter = Linter(settings, registry=REGISTRY)
    return Counter(
        (found.rule.name, fingerprint(found))
        for document in read(name, text.encode())
        for found in linter.judge(document)
    )


def shuffled(value: Any, randomly: random.Random, key: str = "") -> Any:
    if isinstance(value, dict):
        items = list(value.items())
        randomly.shuffle(items)
        return {name: shuffled(item, randomly, name) for name, item in items}
    if isinstance(value, list):
        items = [shuffled(item, randomly, key) for item in value]
        if key in UNORDERED:
            randomly.shuffle(items)
        return items
    return value


def doubled(definition: Any) -> Any:
    """The definition with a second one of each container, which has the same faults."""
    if not isinstance(definition, dict):
        return definition
    containers = definition.get("containerDefinitions")
    if not isinstance(containers, list):
        return definition
    more = []
    for container in containers:
        # Two log routers are a mistake of another kind.
        if isinstance(container, dict) and "firelensConfiguration" not in container:
            second = deepcopy(container)
            if isinstance(second.get("name"), str):
                second["name"] = f"a{second['name']}"
            more.append(second)
    return {**definition, "containerDefinitions": [*containers, *more]}


def bad_examples(rule: Any) -> list[tuple[Any, Settings]]:
    found = []
    for example in pages.examples(rule):
        if example.kind == "bad" and example.language in {"json", "yaml"}:
            _, text = testing.source(example)
            try:
                found.append((json.loads(text), testing.settings(example)))
            except ValueError:
                continue
    return found


def survives(definition: Any, settings: Settings) -> None:
    for definition_ in (definition, doubled(definition)):
        before = known("task.json", json.dumps(definition_), settings)
        for seed in range(2):
            other = shuffled(definition_, random.Random(seed))  # noqa: S311  (no secret)
            indent = (None, 4)[seed]
            assert known("task.json", json.dumps(other, indent=indent), settings) == before


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_is_found_is_known_again_in_any_order(rule: Any) -> None:
    for definition, settings in bad_examples(rule):
        survives(definition, settings)


@pytest.mark.parametrize("path", sorted(ERR.glob("*.json")), ids=lambda path: path.stem)
def test_what_is_found_in_whole_files_is_known_again_in_any_order(path: Path) -> None:
    for document in read(path.name, path.read_bytes()):
        try:
            definition = json.loads(document.text)
        except ValueError:
            continue
        survives(definition, Settings())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_is_found_is_known_again_in_yaml(rule: Any) -> None:
    for definition, settings in bad_examples(rule):
        if isinstance(definition, (dict, list)):
            text = yaml.safe_dump(definition, sort_keys=False, allow_unicode=True)
            in_json = known("task.json", json.dumps(definition), settings)
            assert known("task.yaml", text, settings) == in_json


def task(*containers: dict[str, Any], **members: str) -> str:
    plain = [{"image": "web:1.2.3", "essential": True, **each} for each in containers]
    return json.dumps(build.task(*plain, **members))


STRANGER = [{"sourceContainer": "nobody"}]


def test_what_stands_before_it_does_not_matter() -> None:
    faulty = {"name": "web", "volumesFrom": STRANGER}
    before = known("a.json", task(faulty))
    assert before
    assert known("a.json", task({"name": "first"}, {"name": "second"}, faulty)) == before
    more = {**faulty, "volumesFrom": [{"sourceContainer": "first"}, *STRANGER]}
    assert known("a.json", task({"name": "first"}, more)) == before


def test_the_same_fault_in_a_task_of_another_family_is_another() -> None:
    faulty = {"name": "web", "volumesFrom": STRANGER}
    ours, theirs = known("a.json", task(faulty)), known("a.json", task(faulty, family="other"))
    assert [rule for rule, _ in ours] == [rule for rule, _ in theirs]
    assert not ours & theirs


def test_a_second_fault_of_the_same_kind_is_one_more() -> None:
    faulty = {"name": "web", "volumesFrom": STRANGER}
    before = known("a.json", task(faulty))
    elsewhere = known("a.json", task(faulty, {"name": "api", "volumesFrom": STRANGER}))
    assert before < elsewhere
    assert (elsewhere - before).total() == 1


def test_one_more_of_several_that_are_told_of_together_is_one_new_finding() -> None:
    def options(*names: str) -> dict[str, Any]:
        given = {"Name": "cloudwatch", **dict.fromkeys(names, "x")}
        return {
            "name": "web",
            "logConfiguration": {"logDriver": "awsfirelens", "options": given},
        }

    router = {"name": "log_router", "firelensConfiguration": {"type": "fluentbit"}}
    router["image"] = "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3"
    names = ("awslogs-group", "awslogs-region")

    def of_options(*given: str) -> Counter[tuple[str, str]]:
        found = known("a.json", task(options(*given), router))
        wanted = "awslogs-option-in-firelens"
        return Counter({key: count for key, count in found.items() if key[0] == wanted})

    before = of_options(*names)
    assert before.total() == 1
    assert of_options(*reversed(names)) == before
    assert (of_options("awslogs-stream-prefix", *names) - before).total() == 1


CLASSIC = """\
[OUTPUT]
    Name  es
    Match *
    Hots  db.example.com
"""


def test_of_a_configuration_neither_lines_nor_sections_before_it_matter() -> None:
    before = known("a.conf", CLASSIC)
    assert before
    first = "# ours\n\n[OUTPUT]\n  name stdout\n  match app*\n\n"
    changed = first + CLASSIC.replace("    Match *\n", "").replace("db", "db2") + "    Match *\n"
    assert known("a.conf", changed) == before
    assert known("b.conf", CLASSIC + CLASSIC.replace("Match *", "Match a*")) == before + before
