"""Permissions that a task needs: actions on resources, and the places that make them necessary."""

from __future__ import annotations

from fargate_lint.data import permissions as table
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NamedTuple

    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.source.document import Path

    class Action(NamedTuple):
        """An action, the resources for which IAM may be asked, and how surely it is needed.

        `claim` is the severity of its absence: `error`, `warning`, or "" when nothing is claimed.
        """

        name: str
        resources: tuple[str, ...]
        claim: str

    class Note(NamedTuple):
        """Something that the definition doesn't tell, and the path of the place."""

        text: str
        path: Path
else:
    from collections import namedtuple

    Action = namedtuple("Action", "name resources claim")
    Note = namedtuple("Note", "text path")

TASK, EXECUTION = "taskRoleArn", "executionRoleArn"
ARN = lazily(r"arn:(aws(?:-[a-z-]+)?):")
ROLE = lazily(r"arn:(?P<partition>[\w-]+):iam::(?P<account>\d{12}):.+")
DEFINITION = lazily(r"arn:(?P<partition>[\w-]+):ecs:(?P<region>[a-z0-9-]+):(?P<account>\d{12}):.+")


class Need:
    """Actions on one resource that a role must allow.

    `role` is the member that names the role. `resource` is an ARN with `*` for its unknown parts,
    `unknown` the texts of these in the file. `path` is the place that makes the actions necessary;
    `subject` (a container's name, "" for the task) and `purpose` say who needs them, and what for.
    """

    __slots__ = ("actions", "path", "purpose", "resource", "role", "subject", "unknown")

    def __init__(
        self,
        role: str,
        path: Path,
        subject: str,
        purpose: str,
        resource: str,
        actions: Iterable[Action],
        unknown: Iterable[str] = (),
    ) -> None:
        self.role = role
        self.path = path
        self.subject = subject
        self.purpose = purpose
        self.resource = resource
        self.actions = list(actions)
        self.unknown = list(dict.fromkeys(unknown))

    @property
    def names(self) -> list[str]:
        """The names of the actions."""
        return [action.name for action in self.actions]


class Home:
    """The partition, account and Region of a task, `*` where the definition doesn't tell them."""

    __slots__ = ("account", "partition", "region")

    def __init__(self, task: Task) -> None:
        found = {}
        for member, form in ((EXECUTION, ROLE), (TASK, ROLE), ("taskDefinitionArn", DEFINITION)):
            match = form.fullmatch(text_of(task.get(member)))
            if match is not None:
                found.update(match.groupdict())
        self.account = found.get("account", "*")
        self.region = found.get("region", "*")
        self.partition = found.get("partition") or _partition(task)

    @property
    def printed(self) -> str:
        """The partition to print: `aws` where it isn't known."""
        return "aws" if self.partition == "*" else self.partition

    def head(
        self, service: str, region: str = "", account: str = "", *, near: str = ""
    ) -> tuple[str, str]:
        """The beginning of an ARN, in or `near` a Region: to be printed, and to be asked for.

        A partition that isn't known is `aws` in the one, and anything in the other.
        """
        partition = partition_of(region or near)
        rest = f"{service}:{region}:{account}:"
        return (
            f"arn:{partition or self.printed}:{rest}",
            f"arn:{partition or self.partition}:{rest}",
        )


def _partition(task: Task) -> str:
    """The partition of the ARNs and Regions that a task names; "*" where there are none."""
    arns = [task.get(member) for member in (EXECUTION, TASK, "taskDefinitionArn")]
    for container in task.containers:
        for keys in (("secrets",), ("logConfiguration", "secretOptions")):
            arns += [item.get("valueFrom") for _, item in container.objects(*keys)]
        arns += [item.get("value") for _, item in container.objects("environmentFiles")]
    for arn in arns:
        match = ARN.match(text_of(arn))
        if match is not None:
            return match[1]
    for container in task.containers:
        region = container.text("logConfiguration", "options", "awslogs-region")
        if isinstance(region, str) and region:
            return partition_of(region)
    return "*"


def partition_of(region: str) -> str:
    """The partition that a Region lies in, "" when the Region isn't known."""
    for prefix, name in table.PARTITIONS.items():
        if region.startswith(prefix):
            return name
    return "" if not region or "*" in region else "aws"


class Needs:
    """The needs of a task. `notes` say what the definition doesn't show."""

    __slots__ = ("home", "needs", "notes")

    def __init__(self, task: Task) -> None:
        self.home = Home(task)
        self.needs: list[Need] = []
        self.notes: list[Note] = []

    def of(self, role: str) -> list[Need]:
        """The needs of one role."""
        return [need for need in self.needs if need.role == role]

    def note(self, text: str, path: Path) -> None:
        """Note something that the definition doesn't show."""
        self.notes.append(Note(text, path))

    def add(
        self,
        role: str,
        container: Container | None,
        path: Path,
        purpose: str,
        resource: str,
        actions: Iterable[Action],
        values: Iterable[object] = (),
    ) -> None:
        """Add a need of a container, or of the whole task; `values` are those in the resource."""
        subject = container.title if container is not None else ""
        unknown = [value.text for value in values if isinstance(value, Unknown) and value.text]
        self.needs.append(Need(role, path, subject, purpose, resource, actions, unknown))
