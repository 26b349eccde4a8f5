from __future__ import annotations

from fargate_lint_rules.launcher._agent import ENDLESS, given
from fargate_lint_rules.launcher._agent_output import AgentOutputRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch, Output
    from fargate_lint.launch.sections import Entry


class RetryLimitFinite(AgentOutputRule):
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
    outranks = ("flb-retry-limit-invalid",)
    key = "Retry_Limit"
    wanted = "False"

    def is_right(self, value: str) -> bool:
        return value.lower() in ENDLESS

    def problem(self, value: str | None) -> str:
        limit = value if value is not None else "1"
        if not limit.isdecimal():
            return f"the output to the agent gives up: its `Retry_Limit` is `{limit}`"
        return (
            f"the output to the agent gives up after {limit} retr{'y' if limit == '1' else 'ies'}"
        )

    def check_output(self, launch: Launch, output: Output, entry: Entry | None) -> None:
        if launch.arguments is None or not given(launch.arguments.outputs, "Retry_Limit"):
            super().check_output(launch, output, entry)
