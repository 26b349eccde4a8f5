from __future__ import annotations

from fargate_lint.ecs.fargate import cpu_units, next_size
from fargate_lint.launch import Spot, memory
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class TaskMemoryHeadroom(Rule):
    """The task has less memory than its containers and the sidecars need together.

    ## Why it matters
    When a task's memory is used up, the kernel kills a process in it: exit code 137,
    `OutOfMemoryError`, and with an essential container the whole task ends. It seldom happens in a
    test. The sidecars grow when there is much to do: the agent with the traffic, the router when a
    destination is slow and logs wait in its buffers. The vendor names too little memory for the
    task among the common reasons for crashes.

    The message shows the sum:

    - an application: `memoryReservation`, or `memory` if that is all it has; nothing when it
      declares neither, which it then isn't blamed for;
    - the agent: what it reserves, at least the 100 MiB that its vendor asks for;
    - the router: 50 MiB for Fluent Bit itself, and twice its buffers, because a record is held as
      it came and again on its way to a destination. The buffer is `Mem_Buf_Limit`, in decimal
      megabytes: what the launcher's `-i` says, else FireLens' own (half of what the router
      reserves, or 25 MB). FireLens writes three inputs with that limit each, but one buffers the
      containers' logs: the socket. Port 24224 waits for libraries that speak to it and 8877 for
      health checks. Inputs after `--` count with the limit that they are given.

    A warning when that is more than the task has, or when the sidecars alone may use more: the
    agent up to 500 MiB (or its own `memory`) beside the router. A remark when only everything at
    its limits at the same time would be too much.

    ## Example
    ```json bad
    {"cpu": "256", "memory": "512", "containerDefinitions": [{"name": "web", "memory": 512}]}
    ```
    ```json fixed
    {"cpu": "256", "memory": "2048", "containerDefinitions": [{"name": "web", "memory": 512}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/administration/memory-management
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
    """

    code = "AGT401"
    name = "task-memory-headroom"
    fixable = "unsafe"
    outranks = ("container-memory-sum",)
    alert_logic = True

    def check_task(self, task: Task) -> None:
        if not sidecars(task).alert_logic:
            return
        most = memory.peak(task)
        if most is None or not most.exceeds:
            return
        needed = memory.reserved(task)
        if needed is not None and needed.exceeds:
            self._report(task, needed, "too little memory:")
            return
        sidecars_alone = most.without_applications()
        if sidecars_alone.exceeds:
            self._report(task, sidecars_alone, "sidecars may use")
        else:
            self._report(task, most, "at their limits:", severity="info")

    def _report(self, task: Task, needed: memory.Sum, lead: str, severity: str = "") -> None:
        remedy, fix = _remedy(task, needed)
        self.report(
            task,
            f"{lead} {needed.text(99 - len(lead))}",
            at=("memory",),
            related=[
                (Spot(task.lens, part.path), (), f"{part.mib:.0f} MiB, {part.why}")
                for part in needed.parts
                if part.mib
            ],
            help=remedy,
            severity=severity,
            fix=fix,
        )


def _remedy(task: Task, needed: memory.Sum) -> tuple[str, Fix | None]:
    """What to do, and the size to write, which costs more."""
    cpu = cpu_units(task.get("cpu"))
    family = task.text("runtimePlatform", "operatingSystemFamily")
    windows = isinstance(family, str) and family.upper().startswith("WINDOWS")
    size = next_size(cpu, needed.mib, windows=windows)
    if size is None:
        return "no task on Fargate has that much memory: make the containers smaller", None
    units, mib = size
    if units == cpu:
        write = f'write "memory": "{mib}"'
        fix = Fix(write, safe=False)
        help_ = f"{write}, the next size of {cpu} CPU units"
    else:
        write = f'write "cpu": "{units}", "memory": "{mib}"'
        fix = Fix(write, safe=False).set(task, ("cpu",), str(units))
        help_ = f"{write}, the next size that Fargate has"
    return help_, fix.set(task, ("memory",), str(mib))
