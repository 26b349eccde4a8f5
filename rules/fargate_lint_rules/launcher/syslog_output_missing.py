from __future__ import annotations

from itertools import pairwise

from fargate_lint.data.images import GO_PLUGINS
from fargate_lint.lint.rule import Rule
from fargate_lint_rules._subjects import INSTANCES, ROUTES
from fargate_lint_rules.launcher._agent import configured_elsewhere

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class SyslogOutputMissing(Rule):
    """The launcher starts Fluent Bit without an output to the agent, so nothing reaches Alert Logic.

    ## Why it matters
    FireLens makes outputs for what applications ask for in their log options. The copy for Alert
    Logic is a further output, which only the words after `--` bring in. Without `-o syslog` to
    127.0.0.1:1514 the task runs, looks healthy, and sends the agent nothing.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
      "-o", "stdout", "-m", "*"]}]}
    ```
    ```json fixed with="-o syslog"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/pipeline/outputs/syslog
    """

    code = "LCH301"
    name = "syslog-output-missing"
    severity = "error"
    outranks = ("no-output-configured",)
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        if launch.router is None or configured_elsewhere(launch) or launch.fluentd:
            return
        if any(output.plugin in {"syslog", ""} for output in launch.outputs) or _is_there(launch):
            return
        self.report(
            launch.router,
            f"`{launch.router.name}` starts the launcher, but no `-o syslog` sends logs to the agent",
            at=("command",),
            key=True,
            subject=[(*launch.router.path, "command"), ROUTES, INSTANCES],
            help='after `--` add "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", '
            '"-p", "Port=1514" and the other lines of the vendor\'s example',
        )


def _is_there(launch: Launch) -> bool:
    """Whether there is such an output where Fluent Bit doesn't read it, or some plug-in that an
    unknown image may bring.
    """
    from fargate_lint.launch.plugins import lookup  # noqa: PLC0415  (for faulty files only)

    names = [
        name
        for (_, flag), (_, name) in pairwise(launch.words)
        if flag in {"-o", "--output"} and isinstance(name, str)
    ]
    tables = launch.task.tables
    return "syslog" in names or (
        not launch.version
        and any(
            lookup(launch.table, "output", name, go=GO_PLUGINS, tables=tables) is None
            for name in names
        )
    )
