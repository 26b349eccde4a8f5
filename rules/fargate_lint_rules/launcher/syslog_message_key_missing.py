from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import added, written
from fargate_lint_rules.launcher._agent import about, is_open, to_agent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class SyslogMessageKeyMissing(Rule):
    """The output to the agent does not say which key holds the message, so only empty headers arrive.

    ## Why it matters
    The plug-in sends what `Syslog_Message_Key` names, compared with regard to case. Without it, or
    with a key that records don't have, each line of log becomes a header with nothing behind it:
    the agent shows traffic, and the text of the logs is lost. FireLens' records hold the line in
    `log`.

    ## Example
    ```json bad without="Syslog_Message_Key=log"
    ```
    ```json bad with="Syslog_Message_Key=Log"
    ```
    ```json fixed with="Syslog_Message_Key=log"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/pipeline/outputs/syslog
    """

    code = "LCH307"
    name = "syslog-message-key-missing"
    severity = "error"
    fixable = "safe"
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        for output in to_agent(launch):
            entry = output.section.first("Syslog_Message_Key")
            if entry is None and is_open(launch):
                continue
            if entry is None:
                self.report(
                    launch.spot(output.section),
                    "the output to the agent has no `Syslog_Message_Key`: only empty headers arrive",
                    help="add Syslog_Message_Key=log",
                    subject=about(output, "Syslog_Message_Key"),
                    fix=added(launch, output, {"Syslog_Message_Key": "log"}, safe=True),
                )
            elif isinstance(entry.value, str) and entry.value != "log":
                self.report(
                    launch.spot(entry),
                    f"`Syslog_Message_Key` is `{entry.value}`, but records hold the line in `log`",
                    help="write Syslog_Message_Key=log",
                    severity="error" if entry.value.lower() == "log" else "warning",
                    subject=about(output, "Syslog_Message_Key"),
                    fix=written(launch, entry, "log", safe=False),
                )
