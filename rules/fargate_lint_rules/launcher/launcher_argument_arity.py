from __future__ import annotations

from fargate_lint_rules.launcher._misuse import MisuseRule


class LauncherArgumentArity(MisuseRule):
    """An option of the launcher has fewer words than it needs.

    ## Why it matters
    `-i`, `-f`, `-o` and `-s` take a key and a value as two words, `-r`, `-c` and `-m` take one
    path. With a word missing the launcher takes the next option for a value, or stops with a usage
    message.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "-i", "Mem_Buf_Limit", "50M", "--",
      "-o", "syslog", "-m", "*", "-p", "Port=1514"
    ]}]}
    ```
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-i", "Mem_Buf_Limit=50M", "--",
      "-o", "syslog", "-m", "*", "-p", "Port=1514"
    ]}]}
    ```
    ```json good
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-o", "syslog", "-m", "*", "-p", "Port=1514"
    ]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "LCH104"
    name = "launcher-argument-arity"
    severity = "error"
    fixable = "safe"
    kinds = frozenset({"arity"})
