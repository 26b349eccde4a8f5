from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class LauncherYamlConfig(Rule):
    """The launcher is given a configuration in YAML, which it can't read.

    ## Why it matters
    The launcher reads and writes Fluent Bit's classic format only. FireLens generates that format
    too, and `@INCLUDE` in it can't take a YAML file either.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-c", "/config/fluent-bit.yaml", "-i", "Mem_Buf_Limit", "50M", "--",
      "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
      "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1514",
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
    """

    code = "LCH601"
    name = "launcher-yaml-config"
    severity = "error"
    of_problems = True

    def check_launch(self, launch: Launch) -> None:
        if launch.router is None or launch.arguments is None:
            return
        setting = launch.arguments.in_config
        if setting.at is not None and text_of(setting.value).lower().endswith((".yaml", ".yml")):
            self.report(
                launch.router,
                f"the launcher can't read `{text_of(setting.value)}`: it takes the classic format only",
                at=launch.word(setting.at),
                help="write the configuration in the classic format ([SECTION], key value)",
            )
