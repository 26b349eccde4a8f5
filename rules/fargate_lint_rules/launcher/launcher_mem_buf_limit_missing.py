from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of
from fargate_lint_rules._subjects import property_of
from fargate_lint_rules.launcher._agent import ENDLESS, before_all
from fargate_lint_rules.launcher.mem_buf_limit_misspelled import is_misspelled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class LauncherMemBufLimitMissing(Rule):
    """Nothing limits the memory in which Fluent Bit keeps logs that it can't deliver.

    ## Why it matters
    With `Retry_Limit=False` undelivered logs stay in memory until the agent takes them. Without
    `Mem_Buf_Limit` that grows until the container is killed (exit status 137), and everything in
    it is lost. Current ECS agents write a limit of half the router's memory, or 25 MB, into one of
    the inputs; whether Fargate does isn't documented.

    ## Example
    ```json bad without="-i Mem_Buf_Limit 50M"
    ```
    ```json fixed with="-i Mem_Buf_Limit 50M"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/administration/buffering-and-storage
    """

    code = "LCH402"
    name = "launcher-mem-buf-limit-missing"
    severity = "warning"
    fixable = "unsafe"
    aliases = ("retry-limit-false-without-mem-limit",)
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        arguments = launch.arguments
        if arguments is None or launch.router is None or not arguments.certain or launch.fluentd:
            return
        keys = [text_of(pair.key).lower() for pair in arguments.inputs]
        # What can't be read isn't claimed to be missing.
        if arguments.stops or any(_is_limit(key) for key in keys):
            return
        # Without a single word it isn't the limit that is missing.
        if not arguments.words:
            return
        endless = any(
            (entry := output.section.first("Retry_Limit")) is not None
            and entry.text.lower() in ENDLESS
            for output in launch.outputs
        )
        self.report(
            launch.router,
            "no `Mem_Buf_Limit`, and with `Retry_Limit=False` undelivered logs stay in memory"
            if endless
            else "no `Mem_Buf_Limit` limits the memory for undelivered logs",
            at=("command",),
            key=True,
            subject=[property_of("Mem_Buf_Limit")],
            help='before `--` add "-i", "Mem_Buf_Limit", "50M"',
            fix=before_all(launch, "-i", "Mem_Buf_Limit", "50M"),
        )


def _is_limit(key: str) -> bool:
    """Whether a key limits what is kept in memory, or may do so."""
    return key == "storage.type" or ("buf" in key and not is_misspelled(key))
