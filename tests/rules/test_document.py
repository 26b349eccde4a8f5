# ruff: noqa: E501  (a case of a table stands on one line)
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fargate_lint.data.faults import KINDS
from fargate_lint.lint.batch import Batch
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.files import Found
from fargate_lint.lint.linter import Linter
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.document import Document, Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fargate_lint.lint.registry import Registry

    Report = Callable[..., list[str]]

#: All but that of a plugin that is broken.
DOCUMENT_KINDS = [kind for kind in KINDS if kind != "broken-shape"]


@pytest.mark.parametrize("kind", [*DOCUMENT_KINDS, "a kind that a plugin has made up"])
def test_every_kind_of_fault_is_told_of_by_one_rule(registry: Registry, kind: str) -> None:
    fault = Fault(kind, "something is wrong", 2, 4, help="mend it", related=((0, 1, "here"),))
    document = Document("task.json", "json", "{ !! }", {}, [fault])
    (found,) = Checker(registry, Settings()).check(document)
    assert found.rule.code.startswith("DOC")
    assert (found.message, found.help) == ("something is wrong", "mend it")
    assert found.place.written[2:] == (2, 4)
    assert [place.written[2:] for place in found.related] == [(0, 1)]


def told(registry: Registry, name: str, data: bytes) -> list[str]:
    return [
        f"{finding.severity} {finding.name} {finding.start[0]}:{finding.start[1]}"
        for finding in Linter(registry=registry, floor=0).check(name, data).findings
        if finding.code.startswith("DOC")
    ]


TASK = b'{"family": "shop", "containerDefinitions": [{"name": "web", "image": "web:1"}]}'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TASK, []),
        (TASK[:-2] + b",]}", ["error json-ellipsis 1:78"]),
        (TASK[:-2] + b",...]}", ["error json-ellipsis 1:79"]),
        (TASK.replace(b'"family"', b"family"), ["error json-syntax 1:2"]),
        (b"// shop\n" + TASK, ["error json-comment 1:1"]),
        (b"\xef\xbb\xbf" + TASK, ["warning document-encoding 1:1"]),
        (
            TASK.replace(b'"family": "shop"', b'"cpu": "1", "cpu": "2"'),
            ["warning duplicate-key 1:14"],
        ),
        (TASK[1:-1], ["info wrapper-missing 1:1"]),
        (b"PK\0\0\0", ["error file-unreadable 1:1"]),
        (b'{"Statement": []}', ["error not-a-task-definition 1:1"]),
        (b"", ["error json-syntax 1:1"]),
    ],
)
def test_a_file_that_is_not_json(registry: Registry, data: bytes, expected: list[str]) -> None:
    assert told(registry, "task.json", data) == expected


def test_comments_are_at_home_in_jsonc(registry: Registry) -> None:
    assert told(registry, "task.jsonc", b"// shop\n" + TASK) == []


def test_a_missing_file_is_a_finding(registry: Registry, tmp_path: Path) -> None:
    path = str(tmp_path / "task.json")
    report = Batch(registry, lambda _: Settings()).check(Found(path, named=True))
    assert [(found.name, found.severity, found.message) for found in report.findings] == [
        ("file-unreadable", "error", f"`{path}` can't be read: no such file or directory")
    ]


AGENT = '{"name": "al-agent", "image": "public.ecr.aws/alertlogic/al-agent-container:latest"}'
ROUTER = '{"name": "log_router", "image": "x/aws-for-fluent-bit:2", "firelensConfiguration": {"type": "fluentbit"}}'
WEB = '{"name": "web", "image": "web:1", "logConfiguration": {"logDriver": "awsfirelens"}}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{AGENT},\n{ROUTER}",
            ["error /0 `al-agent` and `log_router` alone are no task definition"],
        ),
        (
            f"[{AGENT}, {ROUTER}]",
            ["warning /0 `al-agent` and `log_router` alone are no task definition"],
        ),
        (f"[{AGENT}, {ROUTER}, {WEB}]", []),
        (f"[{AGENT}, {ROUTER}, ...]", []),
        (f"[{AGENT}]", []),
        (ROUTER, []),
        (f'{{"family": "shop", "containerDefinitions": [{AGENT}, {ROUTER}]}}', []),
    ],
)
def test_the_sidecars_alone(report: Report, text: str, expected: list[str]) -> None:
    assert report("snippet-only", text) == expected


def test_what_an_ellipsis_may_stand_for_is_not_missing(report: Report) -> None:
    router = ROUTER.replace("}}", '}, "volumesFrom": [{"sourceContainer": "al-agent"}]}')
    assert report("app-order-not-guaranteed", f"[{AGENT}, {router}, {WEB}]") != []
    assert report("app-order-not-guaranteed", f"[{AGENT}, {router}, {WEB[:-1]}, ... }}]") == []
