from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import added, written
from fargate_lint_rules.launcher._agent import may_be_there, to_agent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class SyslogFormat(Rule):
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
    fixable = "unsafe"
    of_problems = True

    def check_launch(self, launch: Launch) -> None:
        for output in to_agent(launch):
            entry = output.section.first("Syslog_Format")
            if entry is None and may_be_there(launch, "Syslog_Format"):
                continue
            if entry is None or (isinstance(entry.value, str) and entry.value.lower() != "rfc3164"):
                value = entry.text if entry is not None else "rfc5424 (the default)"
                self.report(
                    launch.spot(entry or output.section),
                    f"the output to the agent is in the format {value}, not rfc3164",
                    help="write Syslog_Format=rfc3164",
                    fix=written(launch, entry, "rfc3164", safe=False)
                    if entry
                    else added(launch, output, {"Syslog_Format": "rfc3164"}, safe=False),
                )
