"""The order in which a task's containers start and stop: one graph of all that makes one wait.

Containers wait for each other because `dependsOn` says so, because they take another's volumes or
link to it, and because FireLens' users wait for its router. ECS stops them the other way round: a
container is told to end when all that wait for it have ended.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
https://github.com/aws/amazon-ecs-agent/blob/master/agent/engine/dependencygraph/graph.go
"""

from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.launch.wiring import DRIVER, start_order
from fargate_lint.source.once import once
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple

    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.source.document import Path

    class Wait(NamedTuple):
        """One container that waits for another, until that meets a condition.

        `condition` is in capitals, "" when it can't be known, and `CREATE` for volumes. `member`
        says what makes it wait: `dependsOn`, `volumesFrom`, `links` or `awsfirelens` (what ECS adds
        for FireLens). `path` leads there from the waiter.
        """

        waiter: Container
        awaited: Container
        condition: str
        member: str
        path: Path
else:
    from collections import namedtuple

    Wait = namedtuple("Wait", "waiter awaited condition member path")

#: Conditions that a container meets by ending.
ENDED = frozenset({"COMPLETE", "SUCCESS"})
#: Seconds between the request to end and the kill, where a container names none.
STOP_TIMEOUT = 30


class Order:
    """Who waits for whom in one task.

    `missing` are the names that `dependsOn` has and no container: (waiter, index, name). `certain`
    is False when there may be more to wait for than the file shows.
    """

    __slots__ = ("_after", "_before", "certain", "missing", "task", "waits")

    def __init__(self, task: Task) -> None:
        self.task = task
        self.certain = task.closed
        self.missing: list[tuple[Container, int, str]] = []
        self.waits: list[Wait] = []
        #: By the container's index: what it waits for, and what waits for it.
        self._before: dict[int, list[Wait]] = {}
        self._after: dict[int, list[Wait]] = {}
        # A container alone can only wait for itself.
        if len(task.containers) > 1 or any(
            not NAMES.keys().isdisjoint(one.value) for one in task.containers
        ):
            self._read()

    def _read(self) -> None:
        by_name: dict[str, Container] = {}
        for container in self.task.containers:
            by_name.setdefault(container.name, container)
            self.certain = self.certain and bool(container.name)
        by_name.pop("", None)
        for container in self.task.containers:
            self.certain = self.certain and not container.open
            for member in MEMBERS:
                if container.value.get(member):
                    self._of_member(container, member, by_name)
        for name, condition, container in start_order(self.task):
            if name in by_name:
                path = ("logConfiguration", "logDriver")
                self._add(Wait(container, by_name[name], condition, DRIVER, path))

    def _of_member(self, container: Container, member: str, by_name: dict[str, Container]) -> None:
        if isinstance(container.value[member], Unknown):
            self.certain = False
        for index, item in enumerate(container.list(member)):
            name = item.get(NAMES[member]) if isinstance(item, dict) else item
            if not isinstance(name, str):
                self.certain = False
                continue
            awaited = by_name.get(name.partition(":")[0] if member == "links" else name)
            if awaited is not None:
                condition = CONDITIONS.get(member) or _condition(item)
                self._add(Wait(container, awaited, condition, member, (member, index)))
            elif member == "dependsOn" and name:
                self.missing.append((container, index, name))

    def _add(self, wait: Wait) -> None:
        self.waits.append(wait)
        self._before.setdefault(wait.waiter.index, []).append(wait)
        self._after.setdefault(wait.awaited.index, []).append(wait)

    @property
    def possible(self) -> bool:
        """Whether every container gets to its start, as far as it waits for others."""
        return not (self.missing or self.circles() or self.endless())

    def before(self, container: Container) -> list[Wait]:
        """What a container itself waits for."""
        return self._before.get(container.index, [])

    def after(self, container: Container) -> list[Wait]:
        """What itself waits for a container."""
        return self._after.get(container.index, [])

    def waves(self) -> list[list[Container]]:
        """The containers in the order of their start: all of one list may start together.

        Those that wait in a circle, or for one that does, never start and are left out.
        """
        levels = self._levels(self._before, self._after)
        return _grouped(self.task.containers, levels)

    def stop_waves(self) -> list[list[Container]]:
        """The containers in the order in which they are told to end."""
        levels = self._levels(self._after, self._before)
        return _grouped(self.task.containers, levels)

    def _levels(
        self, before: dict[int, list[Wait]], after: dict[int, list[Wait]]
    ) -> dict[int, int]:
        """By index, the length of the longest way to a container; without those in circles."""
        backwards = before is self._after
        pending = {one.index: len(before.get(one.index, ())) for one in self.task.containers}
        levels = {index: 0 for index, count in pending.items() if not count}
        ready = list(levels)
        for index in ready:
            for wait in after.get(index, ()):
                other = (wait.awaited if backwards else wait.waiter).index
                levels[other] = max(levels.get(other, 0), levels[index] + 1)
                pending[other] -= 1
                if not pending[other]:
                    ready.append(other)
        done = set(ready)
        return {index: level for index, level in levels.items() if index in done}

    def circles(self) -> list[list[Wait]]:
        """Circles of containers that wait for each other; each wait's awaited is the next waiter.

        There may be more circles between the same containers: breaking these shows them.
        """
        stuck = {one.index for one in self.task.containers} - self._levels(
            self._before, self._after
        ).keys()
        found = []
        seen: set[int] = set()
        for start in sorted(stuck):
            way: dict[int, Wait] = {}
            index = start
            while index not in seen and index not in way:
                own = self._before.get(index, ())
                # A container that waits for itself is the shortest circle, and reported as one.
                way[index] = next(
                    (wait for wait in own if wait.awaited.index == index),
                    min(
                        (wait for wait in own if wait.awaited.index in stuck),
                        key=lambda wait: wait.awaited.title,
                    ),
                )
                index = way[index].awaited.index
            if index in way:
                indices = list(way)
                found.append([way[each] for each in indices[indices.index(index) :]])
            seen.update(way)
        return found

    def endless(self) -> list[Wait]:
        """The waits that don't end: for a program that never does, or a health nobody looks at."""
        who = sidecars(self.task)
        found = []
        for wait in self.waits:
            if wait.condition in ENDED:
                if wait.awaited in (who.agent, who.router) or wait.awaited.essential is True:
                    found.append(wait)
            elif wait.condition == "HEALTHY" and not has_health_check(wait.awaited):
                found.append(wait)
        return found

    def leads(self, first: Container, second: Container) -> bool:
        """Whether a container starts before another, and so ends after it."""
        return second.index in self._followers(first)

    def _followers(self, container: Container) -> set[int]:
        found: set[int] = set()
        pending = [container.index]
        for index in pending:
            for wait in self._after.get(index, ()):
                if wait.waiter.index not in found:
                    found.add(wait.waiter.index)
                    pending.append(wait.waiter.index)
        return found

    def unordered(self) -> list[Container]:
        """The users of FireLens that may start before its router and end after it."""
        router = self.task.router
        if router is None:
            return []
        ordered = self._followers(router)
        return [
            container
            for container in self.task.containers
            if container.driver == DRIVER
            and container is not router
            and container.index not in ordered
            and router.index not in self._followers(container)
        ]

    def shutdown(self) -> tuple[list[Container], int] | None:
        """The longest time that the task may take to stop: which containers, one after the other,
        and the sum of their stop timeouts in seconds. None when it can't be known.
        """
        seconds: dict[int, int] = {}
        for container in self.task.containers:
            limit = stop_timeout(container)
            if limit is None:
                return None
            seconds[container.index] = limit
        total: dict[int, int] = {}
        earlier: dict[int, Container] = {}
        last: Container | None = None
        for wave in self.stop_waves():
            for container in wave:
                index = container.index
                total[index] = seconds[index]
                for wait in self.after(container):
                    if total[index] < total[wait.waiter.index] + seconds[index]:
                        total[index] = total[wait.waiter.index] + seconds[index]
                        earlier[index] = wait.waiter
                if last is None or total[last.index] < total[index]:
                    last = container
        if last is None:
            return None
        chain = [last]
        while chain[-1].index in earlier:
            chain.append(earlier[chain[-1].index])
        return chain[::-1], total[last.index]


#: The members that make a container wait, and where each names the other one.
NAMES = {"dependsOn": "containerName", "volumesFrom": "sourceContainer", "links": ""}
MEMBERS = tuple(NAMES)
#: The conditions that ECS sets by itself.
CONDITIONS = {"volumesFrom": "CREATE", "links": "START"}


@once
def order_of(task: Task) -> Order:
    """Who waits for whom in a task."""
    return Order(task)


def has_health_check(container: Container) -> bool:
    """Whether ECS looks at a container's health, as far as the file tells: images don't count.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
    """
    check = container.get("healthCheck")
    return check is not None and check != {}


def stop_timeout(container: Container) -> int | None:
    """Seconds between the request to end and the kill; None when they can't be known."""
    seconds = container.number("stopTimeout")
    if isinstance(seconds, Unknown):
        return None
    return STOP_TIMEOUT if seconds is None else seconds


def _condition(entry: Any) -> str:
    condition = entry.get("condition") if isinstance(entry, dict) else None
    return condition.strip().upper() if isinstance(condition, str) else ""


def _grouped(containers: list[Container], levels: dict[int, int]) -> list[list[Container]]:
    waves: list[list[Container]] = [[] for _ in range(max(levels.values(), default=-1) + 1)]
    for container in containers:
        if container.index in levels:
            waves[levels[container.index]].append(container)
    return waves
