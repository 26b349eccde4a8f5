from __future__ import annotations

from fargate_lint.launch.sidecars import LOCAL, SYSLOG_PORT
from fargate_lint_rules._properties import written
from fargate_lint_rules.launcher._agent_output import AgentOutputRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch, Output
    from fargate_lint.launch.sections import Entry


class SyslogPortMismatch(AgentOutputRule):
    """The output meant for the agent goes to another address than 127.0.0.1:1514.

    ## Why it matters
    The agent collects on port 1514, and all containers of a Fargate task share one network
    interface, so it is reached at 127.0.0.1. At any other address nobody listens, or somebody
    else: Fluent Bit retries for ever and its buffers fill. Without `Port` the plug-in takes 514.

    ## Example
    ```json bad with="Port=514"
    ```
    ```json bad with="Host=al-agent"
    ```
    ```json fixed with="Port=1514"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/pipeline/outputs/syslog
    """

    code = "LCH302"
    name = "syslog-port-mismatch"
    severity = "error"
    outranks = ("flb-number-invalid",)
    aliases = ("syslog-host",)
    key = "Port"
    wanted = str(SYSLOG_PORT)

    def problem(self, value: str | None) -> str:
        port = value if value is not None else "514 (the default)"
        return (
            f"the output to the agent goes to port {port}, but the agent listens on {SYSLOG_PORT}"
        )

    def check_output(self, launch: Launch, output: Output, entry: Entry | None) -> None:
        super().check_output(launch, output, entry)
        host = output.section.first("Host")
        if host is not None and isinstance(host.value, str) and host.value not in LOCAL:
            self.report(
                launch.spot(host),
                f"the output to the agent goes to `{host.value}`, but the agent is at 127.0.0.1",
                help="write Host=127.0.0.1: the containers of a task share one network interface",
                fix=written(launch, host, "127.0.0.1", safe=False),
            )
