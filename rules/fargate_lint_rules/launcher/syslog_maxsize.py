from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import added, written
from fargate_lint_rules.launcher._agent import may_be_there, to_agent

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
    fixable = "unsafe"
    of_problems = True

    def check_launch(self, launch: Launch) -> None:
        for output in to_agent(launch):
            entry = output.section.first("Syslog_Maxsize")
            if entry is None and may_be_there(launch, "Syslog_Maxsize"):
                continue
            if entry is None:
                self.report(
                    launch.spot(output.section),
                    "no `Syslog_Maxsize`: lines to the agent are cut after 1024 bytes",
                    help=f"add Syslog_Maxsize={MAXSIZE}",
                    fix=added(launch, output, {"Syslog_Maxsize": MAXSIZE}, safe=False),
                )
            elif isinstance(entry.value, str) and entry.value != MAXSIZE:
                self.report(
                    launch.spot(entry),
                    f"`Syslog_Maxsize` is {entry.value}, but the agent takes lines of {MAXSIZE} bytes",
                    help=f"write Syslog_Maxsize={MAXSIZE}",
                    fix=written(launch, entry, MAXSIZE, safe=False),
                )
