from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import added, written
from fargate_lint_rules.launcher._agent import ENDLESS, about, given, is_open, to_agent

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
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
      "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1514",
      "-p", "Retry_Limit=3", "-p", "Syslog_Format=rfc3164", "-p", "Syslog_Maxsize=786432",
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
    - https://docs.fluentbit.io/manual/administration/scheduling-and-retries
    """

    code = "LCH309"
    name = "retry-limit-finite"
    severity = "warning"
    fixable = "unsafe"
    outranks = ("flb-retry-limit-invalid",)
    of_problems = True

    def check_launch(self, launch: Launch) -> None:
        for output in to_agent(launch):
            if launch.arguments is not None and given(launch.arguments.outputs, "Retry_Limit"):
                continue
            entry = output.section.first("Retry_Limit")
            if entry is None and is_open(launch):
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
                    subject=about(output, "Retry_Limit"),
                    fix=written(launch, entry, "False", safe=False)
                    if entry
                    else added(launch, output, {"Retry_Limit": "False"}, safe=False),
                )
