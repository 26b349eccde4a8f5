from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import added, written
from fargate_lint_rules.launcher._agent import about, is_open, to_agent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


MAXSIZE = "786432"


class SyslogMaxsize(Rule):
    """`Syslog_Maxsize` is not set to what the agent takes, so long lines are cut.

    ## Why it matters
    Without it the plug-in cuts each line, header included, after 1,024 bytes (RFC 3164) or 2,048
    (RFC 5424), without a message. Stack traces and JSON lines lose their end, and JSON its
    meaning. The agent takes 786,432 bytes.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
      "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1514",
      "-p", "Retry_Limit=False", "-p", "Syslog_Format=rfc3164",
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

    code = "LCH305"
    name = "syslog-maxsize"
    severity = "warning"
    fixable = "unsafe"
    of_problems = True

    def check_launch(self, launch: Launch) -> None:
        for output in to_agent(launch):
            entry = output.section.first("Syslog_Maxsize")
            if entry is None and is_open(launch):
                continue
            if entry is None:
                self.report(
                    launch.spot(output.section),
                    "no `Syslog_Maxsize`: lines to the agent are cut after 1024 bytes",
                    help=f"add Syslog_Maxsize={MAXSIZE}",
                    subject=about(output, "Syslog_Maxsize"),
                    fix=added(launch, output, {"Syslog_Maxsize": MAXSIZE}, safe=False),
                )
            elif isinstance(entry.value, str) and entry.value != MAXSIZE:
                self.report(
                    launch.spot(entry),
                    f"`Syslog_Maxsize` is {entry.value}, but the agent takes lines of {MAXSIZE} bytes",
                    help=f"write Syslog_Maxsize={MAXSIZE}",
                    subject=about(output, "Syslog_Maxsize"),
                    fix=written(launch, entry, MAXSIZE, safe=False),
                )
