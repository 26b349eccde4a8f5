from __future__ import annotations

from fargate_lint.launch import values
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.launcher._agent import given

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class MemBufLimitOverContainerMemory(Rule):
    """`Mem_Buf_Limit` allows more memory than the router's container has.

    ## Why it matters
    The limit counts the logs of one input; Fluent Bit itself, a second copy while a chunk is sent,
    and the other inputs come on top, about twice the limit in all. When the container's hard
    `memory` limit is reached first, it is killed (exit status 137), and with it the logs that the
    limit was to keep.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "memory": 50}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router", "memory": 200}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/administration/buffering-and-storage
    """

    code = "LCH404"
    name = "mem-buf-limit-over-container-memory"
    severity = "warning"

    def check_launch(self, launch: Launch) -> None:
        router = launch.router
        if launch.arguments is None or router is None:
            return
        pair = given(launch.arguments.inputs, "Mem_Buf_Limit")
        memory = router.number("memory")
        if pair is None or not isinstance(pair.value, str) or not isinstance(memory, int):
            return
        size = values.size(pair.value, launch.version)
        if size is None:
            return
        limit = size / 2**20
        if limit >= memory * 0.9:
            self.report(
                router,
                f"`Mem_Buf_Limit` {pair.value} is as much as `{router.name}` has: {memory} MiB",
                at=launch.word(pair.value_index),
                related=[(router, ("memory",), "the container's limit")],
                help=f"give `{router.name}` {int(2 * limit) + 50} MiB, or lower the limit",
            )
