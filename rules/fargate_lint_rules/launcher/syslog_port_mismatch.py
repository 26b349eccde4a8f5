from __future__ import annotations

from fargate_lint.launch.sidecars import SYSLOG_PORT
from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import added, written
from fargate_lint_rules.launcher._agent import LOCAL, about, is_open, to_agent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class SyslogPortMismatch(Rule):
    """The output meant for the agent goes to another address than 127.0.0.1:1514.

    ## Why it matters
    The agent collects on port 1514, and all containers of a Fargate task share one network
    interface, so it is reached at 127.0.0.1. At any other address nobody listens, or somebody
    else: Fluent Bit retries for ever and its buffers fill. Without `Port` the plug-in takes 514.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
      "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=514",
      "-p", "Retry_Limit=False", "-p", "Syslog_Format=rfc3164", "-p", "Syslog_Maxsize=786432",
      "-p", "Syslog_Hostname_Key=container_id", "-p", "Syslog_Appname_Key=container_name",
      "-p", "Syslog_Procid_Key=pid", "-p", "Syslog_Message_Key=log"]}]}
    ```
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
      "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=al-agent", "-p", "Port=1514",
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

    code = "LCH302"
    name = "syslog-port-mismatch"
    severity = "error"
    fixable = "unsafe"
    outranks = ("flb-number-invalid",)
    aliases = ("syslog-host",)
    of_problems = True

    def check_launch(self, launch: Launch) -> None:
        if not launch.sidecars.alert_logic:
            return
        for output in to_agent(launch):
            port = output.section.first("Port")
            host = output.section.first("Host")
            if port is None and is_open(launch):
                continue
            if port is None or (isinstance(port.value, str) and port.value != str(SYSLOG_PORT)):
                value = port.text if port is not None else "514 (the default)"
                self.report(
                    launch.spot(port or output.section),
                    f"the output to the agent goes to port {value}, but the agent listens on {SYSLOG_PORT}",
                    help=f"write Port={SYSLOG_PORT}",
                    subject=about(output, "Port"),
                    fix=written(launch, port, str(SYSLOG_PORT), safe=False)
                    if port
                    else added(launch, output, {"Port": str(SYSLOG_PORT)}, safe=False),
                )
            if host is not None and isinstance(host.value, str) and host.value not in LOCAL:
                self.report(
                    launch.spot(host),
                    f"the output to the agent goes to `{host.value}`, but the agent is at 127.0.0.1",
                    help="write Host=127.0.0.1: the containers of a task share one network interface",
                    subject=about(output, "Host"),
                    fix=written(launch, host, "127.0.0.1", safe=False),
                )
