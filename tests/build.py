"""What many tests are about: task definitions, and documents, tasks and findings made of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fargate_lint.ecs.definition import Definition
from fargate_lint.ecs.task import Task
from fargate_lint.inputs.shapes import tasks
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.document import Document
from fargate_lint.source.read import read
from fargate_lint.testing import base, overlay

if TYPE_CHECKING:
    from fargate_lint.lint.finding import Finding
    from fargate_lint.lint.registry import Registry

CONTAINERS = {"web", "jobs", "al-agent", "log_router"}


def task(*containers: Any, **members: Any) -> dict[str, Any]:
    """A task definition with these containers."""
    return {"family": "shop", "containerDefinitions": list(containers), **members}


def container(name: str = "web", *awaited: str, **members: Any) -> dict[str, Any]:
    """A container that waits for others, each given as `name` or `name:CONDITION`."""
    depends = [
        {"containerName": other, "condition": condition or "START"}
        for other, _, condition in (each.partition(":") for each in awaited)
    ]
    found = {"name": name, "image": f"{name}:1", **members}
    return {**found, "dependsOn": depends} if depends else found


def containers(*each: dict[str, Any]) -> list[dict[str, Any]]:
    """One container for each set of members: `web`, `web1`, …"""
    return [
        {"name": f"web{index or ''}", "image": "web:1", **members}
        for index, members in enumerate(each)
    ]


def router(*awaited: str, **members: Any) -> dict[str, Any]:
    return container("log_router", *awaited, firelensConfiguration={"type": "fluentbit"}, **members)


def logs(container: dict[str, Any], /, **options: Any) -> dict[str, Any]:
    """The container with its logs sent to FireLens."""
    sent = {"logDriver": "awsfirelens", **({"options": options} if options else {})}
    return {**container, "logConfiguration": sent}


def fragment(name: str, /, **members: Any) -> dict[str, Any]:
    """Members of one container, to be laid over a whole definition."""
    return {"containerDefinitions": [{"name": name, **members}]}


def web(**members: Any) -> dict[str, Any]:
    return fragment("web", **members)


def changed(over: str = "agent", **changes: Any) -> Any:
    """A base with changes to its members, or to containers by name (`_` for `-` too)."""
    members, changed = {}, []
    for key, value in changes.items():
        name = key.replace("al_", "al-")
        if name in CONTAINERS:
            changed.append({"name": name, **value})
        else:
            members[key] = value
    return overlay(base(over), {**members, "containerDefinitions": changed} if changed else members)


def document(value: Any, name: str = "task.json") -> Document:
    """A document with this value, which may hold what no JSON can."""
    return Document(name, "json", json.dumps(value, default=str), value)


def written(value: Any, name: str = "task.json") -> Document:
    """The document of a value that is written to a file and read again."""
    return read(name, json.dumps(value).encode())[0]


def task_of(value: Any) -> Task:
    """The task of a definition as it is, with what is unknown in it."""
    return Task(Definition(document(value), value))


def parsed(value: Any) -> Task:
    """The task of a definition that is written to a file and read again."""
    (found,) = tasks(written(value))
    return found


def findings(
    what: Any, registry: Registry, name: str = "task.json", **settings: Any
) -> list[Finding]:
    """All findings about a definition, or about the text of a file, with these settings."""
    made = Settings()
    for key, value in settings.items():
        setattr(made, key, value)
    text = what if isinstance(what, str) else json.dumps(what)
    checker = Checker(registry, made)
    return [found for each in read(name, text.encode()) for found in checker.check(each)]
