"""A plugin that reads a made-up shape: members in another case, one level deeper.

    {"Stack": {"Web": {"Kind": "Task", "Body": {"Family": "web", "ContainerDefinitions": […]}}}}

`ContainerDefinitions` may also be a string of JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fargate_lint.data import ecs_shape
from fargate_lint.ecs.definition import Definition
from fargate_lint.inputs.shapes import Shape
from fargate_lint.source.embedded import in_string

if TYPE_CHECKING:
    from fargate_lint.source.document import Document

CONTAINERS = "containerDefinitions"


def renamed(value: Any, kind: str, change: Any) -> Any:
    """A value of a type of the API with each of its members renamed, but no key of a map."""
    if isinstance(value, list):
        return [renamed(item, kind.strip("[]"), change) for item in value]
    if not isinstance(value, dict) or kind[:1] in {"{", "["}:
        return value
    found = {}
    for key, item in value.items():
        name = key[:1].lower() + key[1:]
        found[change(key)] = renamed(item, ecs_shape.STRUCTURES.get(kind, {}).get(name, ""), change)
    return found


def lower(key: str) -> str:
    return key[:1].lower() + key[1:]


def upper(key: str) -> str:
    return key[:1].upper() + key[1:]


class StackDefinition(Definition):
    def step(self, path: tuple[str | int, ...]) -> str | int:
        kind = ecs_shape.ROOT
        for name in path[:-1]:
            kind = (
                kind[1:-1]
                if isinstance(name, int)
                else ecs_shape.STRUCTURES.get(kind, {}).get(name, "")
            )
        last = path[-1]
        free = kind.startswith("{") or (kind.startswith("[") and isinstance(last, str))
        return last if isinstance(last, int) or free else upper(last)


def definitions(document: Document) -> list[Definition]:
    stack = document.value.get("Stack") if isinstance(document.value, dict) else None
    found: list[Definition] = []
    for name, thing in stack.items() if isinstance(stack, dict) else ():
        body: tuple[str | int, ...] = ("Stack", name, "Body")
        value = renamed(thing["Body"], ecs_shape.ROOT, lower)
        anchors: dict[tuple[str | int, ...], Any] = {(): (document, body)}
        inner = in_string(document, (*body, upper(CONTAINERS)))
        if inner is not None:
            value[CONTAINERS] = renamed(inner.value, "[ContainerDefinition]", lower)
            anchors[(CONTAINERS,)] = (inner, ())
        found.append(StackDefinition(document, value, anchors=anchors, kind="stack", address=name))
    return found


def fargate_lint_inputs() -> list[Shape]:
    return [Shape("stack", definitions, marks=["ContainerDefinitions"])]
