from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import added, written
from fargate_lint_rules.launcher._agent import about, is_open, to_agent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class SyslogMode(Rule):
    """The output to the agent does not use TCP, so logs are lost without a sign.

    ## Why it matters
    The plug-in's default is UDP. Datagrams are dropped while the agent is busy or not there yet,
    long ones are cut, and neither side notices. With `Mode=tcp` Fluent Bit sees that a delivery
    failed and tries again.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
      "-o", "syslog", "-m", "*", "-p", "Host=127.0.0.1", "-p", "Port=1514",
      "-p", "Retry_Limit=False", "-p", "Syslog_Format=rfc3164", "-p", "Syslog_Maxsize=786432",
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

    code = "LCH303"
    name = "syslog-mode"
    severity = "warning"
    fixable = "unsafe"
    of_problems = True

    def check_launch(self, launch: Launch) -> None:
        for output in to_agent(launch):
            mode = output.section.first("Mode")
            if mode is None and is_open(launch):
                continue
            if mode is None or (isinstance(mode.value, str) and mode.value.lower() == "udp"):
                self.report(
                    launch.spot(mode or output.section),
                    "the output to the agent uses UDP"
                    + ("" if mode else ", the default without `Mode`"),
                    help="write Mode=tcp",
                    subject=about(output, "Mode"),
                    fix=written(launch, mode, "tcp", safe=False)
                    if mode
                    else added(launch, output, {"Mode": "tcp"}, safe=False),
                )
