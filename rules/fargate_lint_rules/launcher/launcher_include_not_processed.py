from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class LauncherIncludeNotProcessed(Rule):
    """The launcher's options do not reach the sections of the file that `config-file-value` includes.

    ## Why it matters
    FireLens names your file in an `@INCLUDE` line, and the launcher leaves such lines as they are.
    `-o` and `-f` change the sections that FireLens itself wrote, not those in your file, so some
    outputs have the key and some don't.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"type": "fluentbit",
      "options": {"config-file-type": "file", "config-file-value": "/config/extra.conf"}},
      "command": ["-o", "Retry_Limit", "False", "-i", "Mem_Buf_Limit", "50M", "--",
        "-o", "syslog", "-m", "*", "-p", "Port=1514", "-p", "Syslog_Message_Key=log"]}]}
    ```
    ```json good
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"type": "fluentbit",
      "options": {"config-file-type": "file", "config-file-value": "/config/extra.conf"}}}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "LCH602"
    name = "launcher-include-not-processed"
    severity = "warning"
    members = ("config-file-value",)

    def check_launch(self, launch: Launch) -> None:
        router = launch.router
        if router is None or launch.arguments is None:
            return
        at = ("firelensConfiguration", "options", "config-file-value")
        if router.members(*at[:-1]).get(at[-1]) is None:
            return
        pairs = [*launch.arguments.outputs, *launch.arguments.filters]
        if pairs:
            self.report(
                router,
                f"`{text_of(pairs[0].key)}` is not set in the sections of the included file",
                at=launch.word(pairs[0].key_index),
                related=[(router, at, "the launcher does not read this file")],
                help="set the key in that file too",
            )
