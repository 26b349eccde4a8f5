from __future__ import annotations

from fargate_lint_rules.launcher._agent_output import AgentOutputRule


class SyslogMaxsize(AgentOutputRule):
    """`Syslog_Maxsize` is not set to what the agent takes, so long lines are cut.

    ## Why it matters
    Without it the plug-in cuts each line, header included, after 1,024 bytes (RFC 3164) or 2,048
    (RFC 5424), without a message. Stack traces and JSON lines lose their end, and JSON its
    meaning. The agent takes 786,432 bytes.

    ## Example
    ```json bad without="Syslog_Maxsize=786432"
    ```
    ```json fixed with="Syslog_Maxsize=786432"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/pipeline/outputs/syslog
    """

    code = "LCH305"
    name = "syslog-maxsize"
    severity = "warning"
    key = "Syslog_Maxsize"
    wanted = "786432"

    def problem(self, value: str | None) -> str:
        if value is None:
            return "no `Syslog_Maxsize`: lines to the agent are cut after 1024 bytes"
        return f"`Syslog_Maxsize` is {value}, but the agent takes lines of {self.wanted} bytes"
