from __future__ import annotations

from fargate_lint.ecs.fargate import memory_mib
from fargate_lint.launch.memory import MIB
from fargate_lint.launch.wiring import BUFFER_LIMIT, DRIVER, option_text
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task

MOST = 512 * MIB
AT = ("logConfiguration", "options", BUFFER_LIMIT)


class BufferLimitRange(Rule):
    """`log-driver-buffer-limit` is no number of bytes that ECS takes, or more than the task has room for.

    ## Why it matters
    It is how much of a container's output is kept in memory while the log router doesn't take it:
    a plain number of bytes, 536870912 (512 MiB) at most, without a unit. The buffers are outside of
    the containers' own memory but inside of the task's, so AWS asks that the containers' memory and
    all buffers together are less than what the task has; without any container memory the buffers
    together stay below 512 MiB.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "log-driver-buffer-limit": "1073741824"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "log-driver-buffer-limit": "2097152"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-docker-buffer-limit.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
    """

    code = "ECS525"
    name = "buffer-limit-range"
    severity = "error"
    places_are_one = True
    members = ("log-driver-buffer-limit",)

    def check_task(self, task: Task) -> None:
        limited = [
            container
            for container in task.containers
            if container.driver == DRIVER and BUFFER_LIMIT in container.options
        ]
        if not limited:
            return
        sizes = [size for container in limited if (size := self._size(container)) is not None]
        if len(sizes) == len(limited):
            self._check_sum(task, limited, sum(sizes))

    def _size(self, container: Container) -> int | None:
        """Bytes of one buffer; None when they can't be known or are reported."""
        text = option_text(container.options[BUFFER_LIMIT])
        if not isinstance(text, str):
            return None
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdecimal()):
            if digits:
                self.report(
                    container,
                    f"`{BUFFER_LIMIT}` of `{container.title}` is `{clip(text)}`, not a number of bytes",
                    at=AT,
                    help="write bytes without a unit, 1 MiB as 1048576",
                    severity="warning",
                )
            return None
        # Longer than any number in the range; Python reads no number of unlimited length.
        size = int(digits) if len(digits) < 20 else MOST + 1
        if size > MOST or text != digits:
            self.report(
                container,
                f"`{BUFFER_LIMIT}` of `{container.title}` is {clip(text)} bytes, but ECS takes 0 to {MOST}",
                at=AT,
                help=f'write "{BUFFER_LIMIT}": "{MOST if text == digits else 0}"',
            )
            return None
        return size

    def _check_sum(self, task: Task, limited: list[Container], buffers: int) -> None:
        has = memory_mib(task.get("memory"))
        if has is None:
            return
        declared = 0
        for container in task.containers:
            amount = container.number("memory")
            if amount is None:
                amount = container.number("memoryReservation")
            if isinstance(amount, int):
                declared += amount
            elif amount is not None:
                return
        if declared > has:
            return
        message = ""
        if declared and declared + buffers / MIB > has:
            message = (
                f"containers with {declared} MiB and log buffers with {buffers / MIB:.0f} MiB don't fit the "
                f"task's {has} MiB"
            )
        elif not declared and buffers >= MOST:
            message = (
                f"log buffers of {buffers / MIB:.0f} MiB together: they are to stay below 512 MiB"
            )
        if message:
            self.report(
                limited[0],
                message,
                at=AT,
                related=[(other, AT, "and this buffer") for other in limited[1:]],
                help="write a smaller limit (the default is 1 MiB, 1048576), or give the task more memory",
                severity="warning",
            )
