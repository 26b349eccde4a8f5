from __future__ import annotations

from fargate_lint_rules.launcher._misuse import MisuseRule


class LauncherShortflagConfusion(MisuseRule):
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
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-i", "Mem_Buf_Limit", "50M", "--",
      "-f", "record_modifier", "-m", "*", "-p", "Record=pid 1",
      "-o", "syslog", "-m", "*", "-p", "Port=1514"
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
    fixable = "safe"
    kinds = frozenset({"flag-confusion"})
