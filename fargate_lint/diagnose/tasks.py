"""Tasks as ECS describes them: `describe-tasks`, state change events, and excerpts of these.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
"""

from __future__ import annotations

import re

from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from fargate_lint.source.document import Document, Path

STOP_CODES = frozenset({
    "EssentialContainerExited", "InfrastructureHealth", "ServiceSchedulerInitiated",
    "SpotInterruption", "TaskFailedToStart", "TerminationNotice", "UserInitiated",
})  # fmt: skip
STATUSES = frozenset({
    "ACTIVATING", "DEACTIVATING", "DELETED", "DEPROVISIONING", "PENDING", "PROVISIONING", "RUNNING",
    "STOPPED", "STOPPING",
})  # fmt: skip
# Names of members in the API, and as people rename them in `--query`.
TASK_NAMES = {
    "stoppedreason": "stoppedReason", "stopreason": "stoppedReason", "reason": "stoppedReason",
    "stopcode": "stopCode", "code": "stopCode", "laststatus": "lastStatus", "status": "lastStatus",
    "desiredstatus": "desiredStatus", "containers": "containers", "taskarn": "taskArn",
    "arn": "taskArn", "task": "taskArn",
}  # fmt: skip
CONTAINER_NAMES = {
    "name": "name", "container": "name", "containername": "name", "exitcode": "exitCode",
    "exit": "exitCode", "code": "exitCode", "reason": "reason", "laststatus": "lastStatus",
    "status": "lastStatus", "healthstatus": "healthStatus", "health": "healthStatus",
    "image": "image",
}  # fmt: skip
#: The reason that DescribeTasks gives for a task that it does not know.
UNKNOWN_TASK = "MISSING"
VALUE_LIMIT = 10_000
MEMBER_IN_TEXT = lazily(
    r"[\"']?\b(?P<name>[sS]toppedReason|[sS]topCode|[lL]astStatus|[dD]esiredStatus|[eE]xitCode"
    r"|[hH]ealthStatus|[rR]eason|[nN]ame|taskArn)[\"']?\s*[:=|]\s*"
    r"(?:\"(?P<double>(?:[^\"\\\n]|\\.)*)\"|'(?P<single>[^'\n]*)'|(?P<bare>-?\d+|null|None)\b"
    r"|(?P<cell>[A-Za-z][^|\n\"'{}\[\],]*))"
)


class ContainerState:
    """A container of a task. `exit` is its exit status, None while none is known."""

    __slots__ = ("exit", "health", "image", "name", "path", "reason", "status")

    def __init__(self, path: Path = ()) -> None:
        self.path = path
        self.name = ""
        self.exit: int | None = None
        self.reason = ""
        self.status = ""
        self.health = ""
        self.image = ""


class TaskState:
    """A task as ECS describes it. Unknown texts are "".

    `document` and `path` are its place; `document` is None for a task of the command line.
    """

    __slots__ = (
        "code", "containers", "desired", "document", "path", "reason", "status",
    )  # fmt: skip

    def __init__(self, document: Document | None = None, path: Path = ()) -> None:
        self.document = document
        self.path = path
        self.containers: list[ContainerState] = []
        self.reason = ""
        self.code = ""
        self.status = ""
        self.desired = ""

    @property
    def running(self) -> bool:
        """Whether the task runs and was not asked to stop."""
        return self.status == "RUNNING" and self.desired in {"", "RUNNING"} and not self.reason

    @property
    def exits(self) -> list[ContainerState]:
        """The containers whose exit status is known."""
        return [one for one in self.containers if one.exit is not None]


def from_arguments(reason: str, exit_code: int | None, container: str) -> TaskState:
    """A task of which only this is known. The reason may be the task's or the container's."""
    state = TaskState()
    state.reason = reason
    if exit_code is not None or container:
        one = ContainerState()
        one.name = container
        one.exit = exit_code
        one.status = "STOPPED" if exit_code is not None else ""
        state.containers.append(one)
    state.status = "STOPPED"
    return state


def states(document: Document) -> list[TaskState]:
    """The tasks that a document describes; [] when it describes none.

    It may hold answers of DescribeTasks, RunTask and StopTask, single tasks, events, lists of any
    of these, and projections with `--query`; if it cannot be parsed, its text is searched.
    """
    found = list(_tasks(document))
    if not found:
        found = _projected(document)
    if not found and (document.faults or document.value is None):
        found = _from_text(document)
    return found


def _tasks(document: Document) -> Iterator[TaskState]:
    """The objects that have a task's members, from the outside in."""
    stack: list[tuple[Path, Any]] = [((), document.value)]
    seen = 0
    while stack and seen < VALUE_LIMIT:
        path, value = stack.pop()
        seen += 1
        if isinstance(value, dict):
            renamed = _renamed(value, TASK_NAMES)
            if "containerDefinitions" in value or "ContainerDefinitions" in value:
                continue
            if _is_task(renamed):
                yield _task(document, path, renamed)
                continue
            stack += [((*path, key), inner) for key, inner in reversed(list(value.items()))]
        elif isinstance(value, list):
            stack += [((*path, index), inner) for index, inner in reversed(list(enumerate(value)))]


def _is_task(members: dict[str, Any]) -> bool:
    containers = members.get("containers")
    if isinstance(containers, list) and any(_is_container(item) for item in containers):
        return True
    reason, code = members.get("stoppedReason"), text_of(members.get("stopCode"))
    if reason == UNKNOWN_TASK and not code:
        return False
    known = code in STOP_CODES or bool(text_of(members.get("taskArn")))
    return bool(text_of(reason)) and (known or "exitCode" not in _renamed(members, CONTAINER_NAMES))


def _is_container(item: Any) -> bool:
    if not isinstance(item, dict):
        return isinstance(item, list) and 1 < len(item) <= 8
    names = _renamed(item, CONTAINER_NAMES)
    return bool({"exitCode", "reason", "lastStatus"} & names.keys())


def _renamed(value: dict[Any, Any], names: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, inner in value.items():
        plain = re.sub(r"[^a-z]", "", str(key)[:40].lower())
        name = names.get(plain)
        if name is not None and (name not in found or str(key) == name):
            found[name] = inner
        else:
            found.setdefault(str(key), inner)
    return found


def _task(document: Document, path: Path, members: dict[str, Any]) -> TaskState:
    state = TaskState(document, path)
    state.reason = text_of(members.get("stoppedReason"))
    state.code = text_of(members.get("stopCode"))
    state.status = text_of(members.get("lastStatus"))
    state.desired = text_of(members.get("desiredStatus"))
    containers = members.get("containers")
    for index, item in enumerate(containers if isinstance(containers, list) else []):
        one = _container((*path, "containers", index), item)
        if one is not None:
            state.containers.append(one)
    return state


def _container(path: Path, item: Any) -> ContainerState | None:
    if isinstance(item, list):
        return _row(path, item)
    if not isinstance(item, dict):
        return None
    members = _renamed(item, CONTAINER_NAMES)
    one = ContainerState(path)
    one.name = text_of(members.get("name"))
    one.exit = _number(members.get("exitCode"))
    one.reason = text_of(members.get("reason"))
    one.status = text_of(members.get("lastStatus"))
    one.health = text_of(members.get("healthStatus"))
    one.image = text_of(members.get("image"))
    return one


def _number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.strip().removeprefix("-").isdecimal() and len(value) < 12:
        return int(value)
    return value if isinstance(value, int) else None


def _row(path: Path, cells: list[Any]) -> ContainerState | None:
    """The container of a row of `containers[].[name,exitCode,reason]`; None for another row."""
    one = ContainerState(path)
    for cell in cells:
        number = _number(cell)
        text = text_of(cell)
        if number is not None and one.exit is None:
            one.exit = number
        elif text in STATUSES:
            one.status = text
        elif text and not one.name and " " not in text:
            one.name = text
        elif text:
            one.reason = text
    return one if one.name or one.exit is not None else None


def _projected(document: Document) -> list[TaskState]:
    """Tasks of a projection without names: `tasks[].[stopCode,stoppedReason,containers[]…]`."""
    found: list[TaskState] = []
    loose = TaskState(document)
    stack: list[tuple[Path, Any]] = [((), document.value)]
    seen = 0
    while stack and seen < VALUE_LIMIT:
        path, value = stack.pop()
        seen += 1
        if isinstance(value, dict):
            one = _container(path, value) if _is_container(value) else None
            if one is not None:
                loose.containers.append(one)
            continue
        if not isinstance(value, list):
            if isinstance(value, str) and value in STOP_CODES:
                loose.code = value
            elif isinstance(value, str) and " " in value:
                loose.reason = loose.reason or value
            continue
        texts = [cell for cell in value if isinstance(cell, str)]
        if len(value) > 1 and texts and STOP_CODES.isdisjoint(texts) and _numbered(value):
            one = _row(path, value)
            if one is not None:
                loose.containers.append(one)
            continue
        if loose.code and not STOP_CODES.isdisjoint(texts):
            found.append(loose)
            loose = TaskState(document, path)
        stack += [((*path, index), inner) for index, inner in reversed(list(enumerate(value)))]
    if loose.reason or loose.code or loose.containers:
        found.append(loose)
    return found


def _numbered(cells: list[Any]) -> bool:
    return any(cell is None or _number(cell) is not None for cell in cells) and not any(
        isinstance(cell, (list, dict)) for cell in cells
    )


def _from_text(document: Document) -> list[TaskState]:
    """The task of the members that a text shows, in their order."""
    state = TaskState(document)
    one: ContainerState | None = None
    for match in MEMBER_IN_TEXT.finditer(document.text):
        name = match["name"][0].lower() + match["name"][1:]
        value = next(
            (found for found in match.group("double", "single", "bare", "cell") if found), ""
        )
        value = "" if value in {"null", "None"} else value.strip()
        slot = {"stoppedReason": "reason", "stopCode": "code", "desiredStatus": "desired"}
        if name in slot:
            setattr(state, slot[name], value)
        elif name == "name":
            one = ContainerState()
            one.name = value
            state.containers.append(one)
        elif name == "exitCode":
            if one is None or one.exit is not None:
                one = ContainerState()
                state.containers.append(one)
            one.exit = _number(value)
        elif one is not None and name in {"reason", "healthStatus", "lastStatus"}:
            setattr(one, {"healthStatus": "health", "lastStatus": "status"}.get(name, name), value)
        elif name == "lastStatus":
            state.status = value
    state.containers = [
        one for one in state.containers if one.exit is not None or one.reason or one.status
    ]
    return [state] if state.reason or state.code or state.containers else []
