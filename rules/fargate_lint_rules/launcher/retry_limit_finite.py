from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import added, written
from fargate_lint_rules.launcher._agent import ENDLESS, given, may_be_there, to_agent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class RetryLimitFinite(Rule):
    """The output to the agent gives up after some retries, so logs are lost while the agent restarts.

    ## Why it matters
    Fluent Bit retries once unless told otherwise, then drops the chunk. The agent needs longer
    than that to start or to update itself. `Retry_Limit=False` keeps the logs (in memory, up to
    `Mem_Buf_Limit`) until it is back.

    ## Example
    ```json bad with="Retry_Limit=3"
    ```
    ```json fixed with="Retry_Limit=False"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/pipeline/outputs/syslog
    - https://docs.fluentbit.io/manual/administration/scheduling-and-retries
    """

    code = "LCH309"
    name = "retry-limit-finite"
    severity = "warning"
    fixable = "unsafe"
    of_problems = True

    def check_launch(self, launch: Launch) -> None:
        for output in to_agent(launch):
            if launch.arguments is not None and given(launch.arguments.outputs, "Retry_Limit"):
                continue
            entry = output.section.first("Retry_Limit")
            if entry is None and may_be_there(launch, "Retry_Limit"):
                continue
            if entry is None or (
                isinstance(entry.value, str) and entry.value.lower() not in ENDLESS
            ):
                limit = entry.text if entry is not None else "1"
                self.report(
                    launch.spot(entry or output.section),
                    f"the output to the agent gives up after {limit} retr{'y' if limit == '1' else 'ies'}"
                    if limit.isdecimal()
                    else f"the output to the agent gives up: its `Retry_Limit` is `{limit}`",
                    help="write Retry_Limit=False",
                    fix=written(launch, entry, "False", safe=False)
                    if entry
                    else added(launch, output, {"Retry_Limit": "False"}, safe=False),
                )
