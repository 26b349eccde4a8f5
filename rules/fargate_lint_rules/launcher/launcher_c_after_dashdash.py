from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class LauncherCAfterDashdash(Rule):
    """`-c` after `--` replaces the configuration that the launcher has just written.

    ## Why it matters
    The launcher starts Fluent Bit with `-c` and its own file, followed by your words. Of two `-c`
    Fluent Bit takes the last, so what the launcher changed, `Mem_Buf_Limit` too, is not used. To
    read another file, name it with `-c` before `--`.

    ## Example
    ```json bad without="--" with="-- -c /fluent-bit/etc/fluent-bit.conf"
    ```
    ```json fixed without="--" with="-c /fluent-bit/etc/fluent-bit.conf --"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit
    """

    code = "LCH503"
    name = "launcher-c-after-dashdash"
    severity = "error"
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        if launch.router is None or launch.arguments is None:
            return
        for index, word in launch.words:
            if word in {"-c", "--config"} and not launch.arguments.blames(index):
                self.report(
                    launch.router,
                    "`-c` after `--` replaces the file that the launcher has written",
                    at=launch.word(index),
                    help="remove it; to read another file, put `-c` before `--`",
                )
