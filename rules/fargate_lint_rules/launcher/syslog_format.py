from __future__ import annotations

from fargate_lint_rules.launcher._agent_output import AgentOutputRule


class SyslogFormat(AgentOutputRule):
    """The output to the agent is not in the format `rfc3164`, which its collector reads.

    ## Why it matters
    The plug-in writes RFC 5424 unless told otherwise. The vendor documents RFC 3164 for the
    agent's collector; host, program and message of other lines end up in the wrong fields.

    ## Example
    ```json bad with="Syslog_Format=rfc5424"
    ```
    ```json fixed with="Syslog_Format=rfc3164"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/pipeline/outputs/syslog
    """

    code = "LCH304"
    name = "syslog-format"
    severity = "error"
    outranks = ("flb-value-unknown",)
    key = "Syslog_Format"
    wanted = "rfc3164"

    def is_right(self, value: str) -> bool:
        return value.lower() == "rfc3164"

    def problem(self, value: str | None) -> str:
        written = value if value is not None else "rfc5424 (the default)"
        return f"the output to the agent is in the format {written}, not rfc3164"
