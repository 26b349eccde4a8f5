"""What the rules about members that Fargate refuses share."""

from __future__ import annotations

from fargate_lint.data.ecs_shape import ENUMS
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.ecs.task import Task


def answer(text: str, remedy: str) -> str:
    """Help of a remedy and of what ECS says, as far as that is known."""
    return f"{remedy}; ECS would answer: {text}" if text else remedy


def is_set(value: Any) -> bool:
    """Whether a member says anything: not null, false, empty, or unknown."""
    return bool(value) and not isinstance(value, Unknown)


def windows(task: Task) -> bool:
    """Whether a task says that it is for Windows."""
    family = task.get("runtimePlatform", "operatingSystemFamily")
    # Which one is meant by a family that ECS doesn't have is open.
    return isinstance(family, str) and family[:7] == "WINDOWS" and family in ENUMS["OSFamily"]
