from __future__ import annotations

from fargate_lint_rules.launcher._misuse import MisuseRule


class LauncherDoubleDashPosition(MisuseRule):
    """An argument stands on the wrong side of `--`: before it are the launcher's, after it Fluent
    Bit's.

    ## Why it matters
    What stands before `--` changes the generated configuration; what stands after it is Fluent
    Bit's command line. A Fluent Bit argument before `--` stops the launcher. A launcher option
    after it reaches Fluent Bit, where the same letter means something else: `-s` is a stack size
    there, `-i` a new input, `-f` the flush time, so Fluent Bit refuses to start or ignores what
    was meant.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-i", "Mem_Buf_Limit", "50M", "-e", "/fluent-bit/cloudwatch.so", "--",
      "-o", "syslog", "-m", "*", "-p", "Port=1514"
    ]}]}
    ```
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "--", "-i", "Mem_Buf_Limit", "50M",
      "-o", "syslog", "-m", "*", "-p", "Port=1514"
    ]}]}
    ```
    ```json good
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-e", "/fluent-bit/cloudwatch.so", "-o", "syslog", "-m", "*", "-p", "Port=1514"
    ]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "LCH102"
    name = "launcher-double-dash-position"
    severity = "error"
    fixable = "safe"
    kinds = frozenset({"fluent-bit-before-dashes", "launcher-after-dashes", "second-dashes"})
