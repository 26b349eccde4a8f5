from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import added, written
from fargate_lint_rules.launcher._agent import may_be_there, to_agent

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
    ```json bad without="Mode=tcp"
    ```
    ```json fixed with="Mode=tcp"
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
            if mode is None and may_be_there(launch, "Mode"):
                continue
            if mode is None or (isinstance(mode.value, str) and mode.value.lower() == "udp"):
                self.report(
                    launch.spot(mode or output.section),
                    "the output to the agent uses UDP"
                    + ("" if mode else ", the default without `Mode`"),
                    help="write Mode=tcp",
                    fix=written(launch, mode, "tcp", safe=False)
                    if mode
                    else added(launch, output, {"Mode": "tcp"}, safe=False),
                )
