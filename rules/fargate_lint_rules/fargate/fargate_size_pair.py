from __future__ import annotations

import re

from fargate_lint.ecs.fargate import cpu_units, is_pair, memory_mib, next_size, sizes
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint.source.patterns import lazily
from fargate_lint_rules.fargate._refusals import answer, windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

# What is documented: plain numbers, `.25 vCPU`, `1 vCPU`, `0.5 GB`, `1GB`, in any case.
CPU = lazily(r"\d+|(?:\.\d+|[1-9]\d*)\s*vcpu", re.IGNORECASE)
MEMORY = lazily(r"\d+|(?:0?\.\d+|[1-9]\d*)\s*gb", re.IGNORECASE)


class FargateSizePair(Rule):
    """The task's `cpu` and `memory` are no size that Fargate offers.

    ## Why it matters
    Fargate rents machines of fixed sizes: 77 pairs for Linux, from 256 CPU units with 512 MiB to
    32 vCPU with 244 GB, and 43 of them, from 1 vCPU up, for Windows. Any other pair is refused when
    the definition is registered. With 32 vCPU there are three sizes, not a range: 60, 120 and 244
    GB.

    Spellings that are not documented, such as `0.25 vCPU` or `2 GiB`, are only a remark: nobody has
    shown that ECS refuses them.

    ## Example
    ```json bad base=plain
    {"cpu": "512", "memory": "512"}
    ```
    ```json bad base=plain
    {"cpu": "512", "memory": "1024", "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}}
    ```
    ```json fixed base=plain
    {"cpu": "512", "memory": "1024"}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
    """

    code = "FGT104"
    name = "fargate-size-pair"
    severity = "error"
    fixable = "unsafe"
    aliases = ("windows-cpu",)
    members = ("requiresCompatibilities",)

    def check_task(self, task: Task) -> None:
        if task.fargate is not True:
            return
        written, amount = task.get("cpu"), task.get("memory")
        cpu, memory = cpu_units(written), memory_mib(amount)
        on_windows = windows(task)
        offered = sizes("WINDOWS" if on_windows else "")
        if memory in offered.get(cpu or 0, ()):
            self._check_spelling(task, written, amount)
        elif isinstance(written, str) and written and cpu not in offered:
            self._report_cpu(task, written, cpu, memory, on_windows=on_windows)
        elif cpu in offered and isinstance(amount, str) and amount and memory is None:
            self._report_unread(task, amount)
        elif cpu is not None and memory is not None:
            self._report_pair(task, cpu, memory, on_windows=on_windows)

    def _check_spelling(self, task: Task, cpu: object, memory: object) -> None:
        for key, value, form in (("cpu", cpu, CPU), ("memory", memory, MEMORY)):
            if isinstance(value, str) and not value.isdecimal() and not form.fullmatch(value):
                number = cpu_units(value) if key == "cpu" else memory_mib(value)
                self.report(
                    task,
                    f"`{value}` isn't among the documented spellings of `{key}`",
                    at=(key,),
                    help=f'write "{number}"',
                    severity="info",
                )

    def _report_cpu(
        self, task: Task, written: str, cpu: int | None, memory: int | None, *, on_windows: bool
    ) -> None:
        offered = sizes("WINDOWS" if on_windows else "")
        if cpu is not None and on_windows and is_pair(cpu, memory or 0):
            self._report_pair(task, cpu, memory or 0, on_windows=True)
            return
        listed = ", ".join(str(units) for units in offered)
        self.report(
            task,
            f"Fargate has no size with `{written[:32]}` CPU units"
            if cpu is not None
            else f"`{written[:32]}` is no number of CPU units",
            at=("cpu",),
            help=answer("Invalid 'cpu' setting for task.", f"write one of {listed}, as a string"),
        )

    def _report_unread(self, task: Task, amount: str) -> None:
        self.report(
            task,
            f"`{amount[:32]}` is no amount of memory",
            at=("memory",),
            help='write MiB or GB, as in "2048" or "2 GB"',
        )

    def _report_pair(self, task: Task, cpu: int, memory: int, *, on_windows: bool) -> None:
        # At 1 MiB, what goes with these CPU units; at the wanted memory, what is large enough.
        fit = next_size(cpu, memory, windows=on_windows) or next_size(cpu, 0, windows=on_windows)
        same = sizes("WINDOWS" if on_windows else "").get(cpu, ())
        larger = next((each for each in same if each >= memory), same[-1] if same else 0)
        remedy = f'write "memory": "{larger}"' if larger else ""
        if fit and fit[0] != cpu:
            other = f'"cpu": "{fit[0]}", "memory": "{fit[1]}"'
            remedy = f"{remedy}, or {other}" if remedy else f"write {other}"
        system = " for Windows" if on_windows else ""
        self.report(
            task,
            f"Fargate has no size{system} of {cpu} CPU units and {memory} MiB",
            at=("memory",) if same else ("cpu",),
            related=[(task, ("cpu",), "the CPU units")] if same else [],
            help=answer(
                f"No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. "
                "See the Amazon ECS documentation for the valid values.",
                remedy or "take a size from the table of the documentation",
            ),
            fix=Fix(f'write "memory": "{larger}"', safe=False).set(task, ("memory",), str(larger))
            if larger
            else None,
        )
