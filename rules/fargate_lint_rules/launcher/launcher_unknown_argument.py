from __future__ import annotations

from fargate_lint_rules.launcher._misuse import MisuseRule


class LauncherUnknownArgument(MisuseRule):
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
    fixable = "unsafe"
    kinds = frozenset({"unknown-argument", "stray"})
