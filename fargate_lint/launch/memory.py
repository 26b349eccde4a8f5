"""How much memory a task needs: what its containers ask for, and what the sidecars are known to.

The agent's figures are the vendor's (https://github.com/alertlogic/al-agent-container, FAQ): it
asks for 100 MiB and is limited to 500. Fluent Bit holds each buffered record about twice, once as
it came and once on its way to a destination, beside some 50 MiB for itself.
https://docs.fluentbit.io/manual/administration/memory-management
"""

from __future__ import annotations

from fargate_lint.ecs.fargate import memory_mib
from fargate_lint.launch import values
from fargate_lint.launch.launcher import arguments_of
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NamedTuple

    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.source.document import Path

    class Part(NamedTuple):
        """One amount of a sum: its name and MiB, why it is counted, and where it comes from.

        `shown` is the amount as it stands in the sum, with a unit when that isn't MiB; `own` says
        that it is an application's.
        """

        name: str
        mib: float
        why: str
        path: Path
        shown: str = ""
        own: bool = False
else:
    from collections import namedtuple

    Part = namedtuple("Part", "name mib why path shown own", defaults=("", False))

AGENT_REQUEST = 100
AGENT_LIMIT = 500
FLUENT_BIT = 50
MIB = 1024 * 1024
#: FireLens' own limit for the socket's input: half of what the router has, else so many MB.
FIRELENS_BUFFER = 25
NAME_SHOWN = 20
# More than any task has: no sum of such numbers is too large to be added up.
HUGE = 2**40


class Sum:
    """Amounts of memory, one by one, against the `task` memory (in MiB)."""

    __slots__ = ("parts", "task")

    def __init__(self, parts: list[Part], task: int) -> None:
        self.parts = parts
        self.task = task

    @property
    def mib(self) -> int:
        """The sum in whole MiB."""
        return round(sum(part.mib for part in self.parts))

    @property
    def exceeds(self) -> bool:
        """Whether it is more than the task has."""
        return self.mib > self.task

    def without_applications(self) -> Sum:
        """The amounts of agent and router alone."""
        return Sum([part for part in self.parts if not part.own], self.task)

    def text(self, most: int = 80) -> str:
        """The sum as people write it; longer than `most`, the applications become one amount."""
        text = self._added(part for part in self.parts if part.mib)
        own = [part for part in self.parts if part.mib and part.own]
        if len(text) <= most or len(own) < 2:
            return text
        others = [part for part in self.parts if part.mib and not part.own]
        total = sum(part.mib for part in own)
        return self._added([Part(f"{len(own)} applications", total, "", ()), *others])

    def _added(self, parts: Iterable[Part]) -> str:
        words = " + ".join(f"{_short(part.name)} {part.shown or round(part.mib)}" for part in parts)
        return f"{words} = {self.mib} MiB of {self.task} MiB"


def reserved(task: Task) -> Sum | None:
    """What the containers need in order to work: what they reserve, and the sidecars' least.

    None when the task's memory or that of a sidecar can't be known. What an application doesn't
    declare counts as nothing, so the sum is never too large.
    """
    return _sum(task, at_most=False)


def peak(task: Task) -> Sum | None:
    """What the containers may come to use, up to their limits (None: as `reserved`)."""
    return _sum(task, at_most=True)


def _sum(task: Task, *, at_most: bool) -> Sum | None:
    has = memory_mib(task.get("memory"))
    if has is None:
        return None
    roles = sidecars(task)
    parts: list[Part] = []
    for container in task.containers:
        if container is roles.agent:
            found = _agent(container, at_most=at_most)
        elif container is roles.router:
            found = _router(container, at_most=at_most)
        else:
            found = [_application(container, at_most=at_most)]
        if found is None:
            return None
        parts += found
    return Sum(parts, has)


def _declared(container: Container) -> tuple[int | None, int | None] | None:
    """`memoryReservation` and `memory` in MiB; None when one of them can't be known."""
    soft, hard = container.number("memoryReservation"), container.number("memory")
    if isinstance(soft, Unknown) or isinstance(hard, Unknown):
        return None
    return _amount(soft), _amount(hard)


def _amount(value: int | None) -> int | None:
    return min(value, HUGE) if value is not None and value > 0 else None


def _application(container: Container, *, at_most: bool) -> Part:
    soft, hard = _declared(container) or (None, None)
    first, second = (("memory", hard), ("memoryReservation", soft))[:: 1 if at_most else -1]
    member, amount = first if first[1] else second
    at = (*container.path, member)
    return Part(container.name, amount or 0, "what it declares", at, own=True)


def _agent(container: Container, *, at_most: bool) -> list[Part] | None:
    declared = _declared(container)
    if declared is None:
        return None
    soft, hard = declared
    if at_most:
        amount = hard or max(AGENT_LIMIT, soft or 0)
        why = "its limit" if hard else "the limit that its vendor names"
    else:
        amount = max(soft or hard or 0, min(AGENT_REQUEST, hard or AGENT_REQUEST))
        why = "what it declares" if soft or hard else "what its vendor asks for"
    return [Part(container.name, amount, why, container.path)]


def _router(container: Container, *, at_most: bool) -> list[Part] | None:
    declared = _declared(container)
    if declared is None:
        return None
    soft, hard = declared
    bare = Part(container.name, FLUENT_BIT, "for Fluent Bit itself", container.path)
    parts = [bare, *buffers(container)]
    needed = sum(part.mib for part in parts)
    asked = soft or (None if at_most else hard)
    if hard and needed > hard:
        return [Part(container.name, hard, "its limit", (*container.path, "memory"))]
    if asked and asked > needed:
        member = "memoryReservation" if soft else "memory"
        return [Part(container.name, asked, "what it declares", (*container.path, member))]
    return parts


def buffers(router: Container) -> list[Part]:
    """Twice the buffer of each input that holds records of applications, where it is limited.

    FireLens writes three inputs, and the launcher's `-i Mem_Buf_Limit` limits each. Only one of
    them, the socket, carries the containers' logs: the one on port 24224 waits for libraries that
    speak to it, the other for health checks, so they count for nothing. Inputs that the router's
    command adds count with their own limit. What has no limit at all can't be added up.
    """
    arguments = arguments_of(router)
    limit: str | Unknown | None = None
    path = router.path
    stored = False
    if arguments is not None:
        for pair in arguments.inputs:
            key = pair.key.lower() if isinstance(pair.key, str) else ""
            if key == "mem_buf_limit":
                limit, path = pair.value, (*router.path, *arguments.path(pair.value_index))
            elif key == "storage.type":
                stored = pair.value != "memory"
        if limit is None and not arguments.certain:
            return []
    found = []
    # Buffers on disk have another limit: how many chunks are up at a time.
    if not stored:
        size = values.size(limit, "") if isinstance(limit, str) else 0
        if limit is None:
            soft, hard = _declared(router) or (None, None)
            size = ((soft or hard or 0) // 2 or FIRELENS_BUFFER) * values.UNITS["M"]
        found.append((size, path))
    if arguments is not None:
        found += _added(router)
    return [
        Part(
            "2 \u00d7",
            2 * size / MIB,
            "each record is held twice",
            place,
            f"{_megabytes(size)} buffers",
        )
        for size, place in found
        if size and size > 0
    ]


def _added(router: Container) -> list[tuple[int | None, Path]]:
    """Sizes of the buffers of inputs that the command adds, with their places."""
    arguments = arguments_of(router)
    if arguments is None:
        return []
    words = arguments.separated
    found = []
    is_input = False
    for at, (_, word) in enumerate(words[:-1]):
        if word in {"-i", "--input", "-F", "--filter", "-o", "--output"}:
            is_input = word in {"-i", "--input"}
        elif is_input and word in {"-p", "--prop"}:
            index, value = words[at + 1]
            key, _, size = value.partition("=") if isinstance(value, str) else ("", "", "")
            if key.strip().lower() == "mem_buf_limit":
                place = (*router.path, *arguments.path(index))
                found.append((values.size(size.strip(), ""), place))
    return found


def _megabytes(size: int) -> str:
    megabytes = size / values.UNITS["M"]
    return f"{megabytes:.0f} MB" if megabytes >= 1 else f"{megabytes:.1f} MB"


def _short(name: str) -> str:
    return name if len(name) <= NAME_SHOWN else name[: NAME_SHOWN - 1] + "…"
