"""What the rules about members that Fargate refuses share."""

from __future__ import annotations

from fargate_lint.data.ecs_shape import ENUMS
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.source.unknown import Unknown
from fargate_lint_rules.agent._agent import is_socket, recipe, watched

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.ecs.task import Task
    from fargate_lint.lint.settings.settings import Settings
    from fargate_lint.source.document import Path


def answer(text: str, remedy: str) -> str:
    """Help of a remedy and of what ECS says, as far as that is known."""
    return f"{remedy}; ECS would answer: {text}" if text else remedy


def is_set(value: Any) -> bool:
    """Whether a member says anything: not null, false, empty, or unknown."""
    return bool(value) and not isinstance(value, Unknown)


def windows(task: Task) -> bool:
    """Whether a task says that it is for Windows."""
    family = task.get("runtimePlatform", "operatingSystemFamily")
    # Of a family that ECS doesn't have another rule tells; which one was meant is open.
    return isinstance(family, str) and family[:7] == "WINDOWS" and family in ENUMS["OSFamily"]


def told_of_agent(task: Task, settings: Settings) -> set[Path]:
    """Paths of what other rules say of an agent that is set up as on EC2, and of sockets."""
    agent = sidecars(task).agent
    found = recipe(task, agent) if agent is not None else []
    told = {(*node.path, *path) for node, path, _ in found if any(each is agent for each, _, _ in found)}  # fmt: skip
    if watched(task, settings):
        told |= {
            (*task.path, "volumes", index)
            for index, volume in task.objects("volumes")
            if isinstance(volume.get("host"), dict) and is_socket(volume["host"].get("sourcePath"))
        }
    return told
