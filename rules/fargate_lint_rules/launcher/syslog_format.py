from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import added, written
from fargate_lint_rules.launcher._agent import about, is_open, to_agent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class SyslogFormat(Rule):
    """The output to the agent is not in the format `rfc3164`, which its collector reads.

    ## Why it matters
    The plug-in writes RFC 5424 unless told otherwise. The vendor documents RFC 3164 for the
    agent's collector; host, program and message of other lines end up in the wrong fields.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
      "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1514",
      "-p", "Retry_Limit=False", "-p", "Syslog_Format=rfc5424", "-p", "Syslog_Maxsize=786432",
      "-p", "Syslog_Hostname_Key=container_id", "-p", "Syslog_Appname_Key=container_name",
      "-p", "Syslog_Procid_Key=pid", "-p", "Syslog_Message_Key=log"]}]}
    ```
    ```json good
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
      "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1514",
      "-p", "Retry_Limit=False", "-p", "Syslog_Format=rfc3164", "-p", "Syslog_Maxsize=786432",
      "-p", "Syslog_Hostname_Key=container_id", "-p", "Syslog_Appname_Key=container_name",
      "-p", "Syslog_Procid_Key=pid", "-p", "Syslog_Message_Key=log"]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/pipeline/outputs/syslog
    """

    code = "LCH304"
    name = "syslog-format"
    severity = "error"
    fixable = "unsafe"
    outranks = ("flb-value-unknown",)
    of_problems = True

    def check_launch(self, launch: Launch) -> None:
        for output in to_agent(launch):
            entry = output.section.first("Syslog_Format")
            if entry is None and is_open(launch):
                continue
            if entry is None or (isinstance(entry.value, str) and entry.value.lower() != "rfc3164"):
                value = entry.text if entry is not None else "rfc5424 (the default)"
                self.report(
                    launch.spot(entry or output.section),
                    f"the output to the agent is in the format {value}, not rfc3164",
                    help="write Syslog_Format=rfc3164",
                    subject=about(output, "Syslog_Format"),
                    fix=written(launch, entry, "rfc3164", safe=False)
                    if entry
                    else added(launch, output, {"Syslog_Format": "rfc3164"}, safe=False),
                )
