from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of
from fargate_lint_rules.launcher._agent import given

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class SchedulerCapValue(Rule):
    """`Scheduler.Cap` is not a number of seconds above `Scheduler.Base`.

    ## Why it matters
    Fluent Bit reads what digits there are and never complains: `abc` is 0. A cap below the base (5
    seconds unless set) gives odd waits, and one that is just 1 below it crashes Fluent Bit at the
    first retry.

    ## Example
    ```json bad with="-s Scheduler.Cap 4"
    ```
    ```json fixed with="-s Scheduler.Cap 60"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/administration/scheduling-and-retries
    """

    code = "LCH406"
    name = "scheduler-cap-value"
    severity = "warning"
    outranks = ("flb-number-invalid",)
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        arguments = launch.arguments
        if arguments is None or launch.router is None:
            return
        cap = given(arguments.services, "Scheduler.Cap")
        base = given(arguments.services, "Scheduler.Base")
        if cap is None or not isinstance(cap.value, str):
            return
        at = launch.word(cap.value_index)
        seconds = _seconds(cap.value)
        if not seconds:
            self.report(
                launch.router, f"`{cap.value}` is not a number of seconds", at=at, help="write 60"
            )
            return
        floor = text_of(base.value) if base is not None else "5"
        if seconds < (_seconds(floor) or 0):
            self.report(
                launch.router,
                f"`Scheduler.Cap` {cap.value} is below `Scheduler.Base` {floor}",
                # One less than the base, and Fluent Bit divides by zero at the first retry.
                severity="error" if seconds + 1 == _seconds(floor) else "",
                at=at,
                related=[(launch.router, launch.word(base.value_index), "the base")]
                if base
                else [],
                help=f"write {floor} or more, such as 60",
            )


def _seconds(text: str) -> int | None:
    digits = text.strip()
    # Python reads no digits without limit; no wait of seconds has ten of them.
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None
