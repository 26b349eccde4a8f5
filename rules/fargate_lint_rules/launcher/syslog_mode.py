from __future__ import annotations

from fargate_lint_rules.launcher._agent_output import AgentOutputRule


class SyslogMode(AgentOutputRule):
    """The output to the agent does not use TCP, so logs are lost without a sign.

    ## Why it matters
    The plug-in's default is UDP. Datagrams are dropped while the agent is busy or not there yet,
    long ones are cut, and neither side notices. With `Mode=tcp` Fluent Bit sees that a delivery
    failed and tries again.

    ## Example
    ```json bad without="Mode=tcp"
    ```
    ```json fixed with="Mode=tcp"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/pipeline/outputs/syslog
    """

    code = "LCH303"
    name = "syslog-mode"
    severity = "warning"
    key = "Mode"
    wanted = "tcp"

    def is_right(self, value: str) -> bool:
        return value.lower() != "udp"

    def problem(self, value: str | None) -> str:
        default = "" if value else ", the default without `Mode`"
        return f"the output to the agent uses UDP{default}"
