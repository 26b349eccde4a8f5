from __future__ import annotations

from fargate_lint.launch import values
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.launcher._agent import given

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class MemBufLimitInvalid(Rule):
    """The value of `Mem_Buf_Limit` is not a size that Fluent Bit reads.

    ## Why it matters
    A size is a number with nothing, `K`, `M`, `G`, `KB`, `MB` or `GB` behind it. With anything
    else Fluent Bit 4 and 5 stop (`could not configure property`), and 1.9 drops the value and runs
    without any limit. 1.9 also cuts a fraction to the whole number before the unit, so `0.5M` is
    0, which means no limit.

    ## Example
    ```json bad with="-i Mem_Buf_Limit 50MiB"
    ```
    ```json fixed with="-i Mem_Buf_Limit 50M"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/administration/buffering-and-storage
    """

    code = "LCH403"
    name = "mem-buf-limit-invalid"
    severity = "error"
    outranks = ("flb-number-invalid",)
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        if launch.arguments is None or launch.router is None:
            return
        pair = given(launch.arguments.inputs, "Mem_Buf_Limit")
        if pair is None or not isinstance(pair.value, str):
            return
        at = launch.word(pair.value_index)
        size = values.size(pair.value, launch.version)
        if size is None:
            old = launch.version == values.OLD
            self.report(
                launch.router,
                f"`{pair.value}` is not a size: "
                + ("Fluent Bit runs without a limit" if old else "Fluent Bit does not start"),
                at=at,
                help="write a number and K, M or G, such as 50M",
                severity="warning" if old else "error",
            )
            return
        if size < values.UNITS["M"]:
            self.report(
                launch.router,
                f"`{pair.value}` is less than 1 MB"
                + (": no limit at all" if size == 0 else ", less than one chunk of logs"),
                at=at,
                help="write 50M",
                severity="warning",
            )
