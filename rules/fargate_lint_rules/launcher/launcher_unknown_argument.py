from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


KINDS = frozenset({"stray", "unknown-argument"})


class LauncherUnknownArgument(Rule):
    """The launcher meets an argument that it does not know, and stops.

    ## Why it matters
    The launcher has seven options: `-r`, `-c`, `-m`, `-i`, `-f`, `-o`, `-s` and their long forms.
    Anything else before `--` ends it with a usage message, before Fluent Bit has started, and the
    task stops.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "--inputs", "Mem_Buf_Limit", "50M", "--",
      "-o", "syslog", "-m", "*", "-p", "Port=1514"
    ]}]}
    ```
    ```json good
    {"containerDefinitions": [{"name": "log_router", "command": [
      "--input", "Mem_Buf_Limit", "50M", "--",
      "-o", "syslog", "-m", "*", "-p", "Port=1514"
    ]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "LCH103"
    name = "launcher-unknown-argument"
    severity = "error"

    def check_launch(self, launch: Launch) -> None:
        if launch.arguments is None or launch.router is None:
            return
        for fault in launch.arguments.faults:
            if fault.kind in KINDS:
                self.report(
                    launch.router,
                    fault.message,
                    at=launch.arguments.path(fault.index),
                    help=fault.help,
                )
