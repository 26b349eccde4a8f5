from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class LauncherShortflagConfusion(Rule):
    """A flag that means one thing to the launcher and another to Fluent Bit stands on the launcher's
    side.

    ## Why it matters
    `-m`, `-o`, `-i`, `-f`, `-s` and `-c` exist in both programs. Before `--`, `-m "*"` is not a
    match pattern: it makes the launcher write its configuration to a file called `*`. `-o syslog`
    reads `syslog` as a key and the next word as its value. Either way Fluent Bit starts with
    something else than was meant, or not at all.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-i", "Mem_Buf_Limit", "50M", "-m", "*", "--",
      "-o", "syslog", "-p", "Port=1514"
    ]}]}
    ```
    ```json good
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-i", "Mem_Buf_Limit", "50M", "--",
      "-o", "syslog", "-m", "*", "-p", "Port=1514"
    ]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "LCH105"
    name = "launcher-shortflag-confusion"
    severity = "error"

    def check_launch(self, launch: Launch) -> None:
        if launch.arguments is None or launch.router is None:
            return
        for fault in launch.arguments.faults:
            if fault.kind == "flag-confusion":
                self.report(
                    launch.router,
                    fault.message,
                    at=launch.arguments.path(fault.index),
                    help=fault.help,
                )
