from __future__ import annotations

from fargate_lint_rules.launcher._misuse import MisuseRule


class LauncherMissingDoubleDash(MisuseRule):
    """The launcher's command has no `--`, so the launcher takes Fluent Bit's arguments for its own
    and stops.

    ## Why it matters
    `fluent-launch` reads seven options of its own and hands everything after `--` to Fluent Bit.
    Without `--` it meets `-F` or `-p`, which it doesn't know, and exits before Fluent Bit has
    started. The router is essential unless told otherwise, so the whole task stops with it,
    usually without a line of log.

    ## Example
    ```json bad without="--"
    ```
    ```json fixed with="--"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "LCH101"
    name = "launcher-missing-double-dash"
    severity = "error"
    fixable = "safe"
    kinds = frozenset({"dashes-missing"})
