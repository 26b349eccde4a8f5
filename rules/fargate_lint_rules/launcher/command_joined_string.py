from __future__ import annotations

from fargate_lint_rules.launcher._misuse import MisuseRule


class CommandJoinedString(MisuseRule):
    """One element of `command` holds several words, which ECS does not take apart.

    ## Why it matters
    `command` is a list of words that reach the program as they are: no shell splits them at
    blanks. The launcher sees one long word that is no option of its own, and stops. A flag and its
    value, and each flag, are elements of their own.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s Scheduler.Cap 60", "-i", "Mem_Buf_Limit", "50M", "--",
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
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "LCH106"
    name = "command-joined-string"
    severity = "error"
    fixable = "safe"
    kinds = frozenset({"joined"})
