"""What the rules about security groups and services share."""

from __future__ import annotations

from fargate_lint.ecs.task import Node
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fargate_lint.ecs.task import Task
    from fargate_lint.inputs.security_group import Permit, SecurityGroup
    from fargate_lint.lint.context import Context
    from fargate_lint.source.document import Path

VPC = ("networkConfiguration", "awsvpcConfiguration")
#: Peers that are other tasks and machines, rather than addresses.
GROUPS = frozenset({"group", "self"})


def running(task: Task, context: Context) -> list[Node]:
    """The descriptions of services that run a task definition; nothing when there are none."""
    if context.service is None:
        return [Node(service, (), service.value) for service in context.services]
    from fargate_lint.inputs import service  # noqa: PLC0415  (services are rarely given)

    return [node for _, node in service.running(context.service, task.family)]


def groups(task: Task, context: Context) -> tuple[list[SecurityGroup], bool]:
    """The security groups of a task's network interface, and whether these are all of them.

    Those that are given, or of them those that the service names, when it is given as well.
    """
    mode = task.get("networkMode")
    if not context.security_groups or (mode != "awsvpc" and not isinstance(mode, Unknown)):
        return [], False
    if context.service is None:
        return list(context.security_groups), True
    wanted = [name for node in running(task, context) for name in node.list(*VPC, "securityGroups")]
    found = [group for group in context.security_groups if group.id in wanted]
    return found, len({group.id for group in found}) == len(set(map(str, wanted))) > 0


def peers(permits: Sequence[Permit]) -> str:
    """Who is permitted, in words, addresses before groups."""
    ordered = sorted(permits, key=lambda permit: permit.kind in GROUPS)
    names = list(dict.fromkeys(_peer(permit) for permit in ordered))
    return names[0] + (f" and {len(names) - 1} more" if len(names) > 1 else "")


def _peer(permit: Permit) -> str:
    if permit.kind == "self":
        return "its own members"
    return f"`{permit.peer}`"


def severity(permits: Iterable[Permit]) -> str:
    """What it weighs to let these in: other members of chosen groups are not the whole network."""
    return "warning" if all(permit.kind in GROUPS for permit in permits) else ""


def title(group: SecurityGroup) -> str:
    """What to call a security group in a message."""
    return f"security group `{group.id}`" if group.id else "the security group"


def permitted(group: SecurityGroup, permits: Iterable[Permit]) -> list[Path]:
    """The subjects of a finding about what a security group lets in."""
    return [("permit", group.document.name, *permit.path) for permit in permits]
