from __future__ import annotations

from fargate_lint.data.images import GO_PLUGINS
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import Launch
    from fargate_lint.source.document import Path


class EPluginUnused(Rule):
    """A plug-in is loaded with `-e`, but no output uses it.

    ## Why it matters
    Each of AWS's Go plug-ins takes some ten megabytes of memory once it is loaded, used or not.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-i", "Mem_Buf_Limit", "50M", "--", "-e", "/fluent-bit/kinesis.so",
      "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Port=1514", "-p", "Syslog_Message_Key=log"]}]}
    ```
    ```json good base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"Name": "cloudwatch"}}}]}
    ```

    ## References
    - https://github.com/aws/aws-for-fluent-bit/blob/mainline/README.md
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "OUT102"
    name = "e-plugin-unused"
    severity = "info"
    fixable = "safe"

    def check_launch(self, launch: Launch) -> None:
        router = launch.router
        # A file of the user's own may hold outputs that are not to be seen here.
        if router is None or not launch.task.closed or launch.arguments is None:
            return
        if "config-file-value" in router.members("firelensConfiguration", "options"):
            return
        if launch.arguments.in_config.at is not None or not launch.arguments.certain:
            return
        if any(output.section.first("Name") and not output.plugin for output in launch.outputs):
            return
        used = {output.plugin for output in launch.outputs}
        for index, word in launch.plugins_loaded():
            plugin = text_of(word).rpartition("/")[2].removesuffix(".so")
            if plugin in GO_PLUGINS and plugin not in used:
                self.report(
                    router,
                    f"`{plugin}` is loaded, but no output uses it",
                    at=launch.word(index),
                    help=f'remove "-e", "{text_of(word)}"',
                    fix=_without(router, launch.word(index), text_of(word)),
                )


def _without(router: Container, at: Path, path: str) -> Fix | None:
    """The fix that takes out a word and the `-e` before it."""
    if len(at) != 2 or not isinstance(at[1], int) or router.get(*at) != path:
        return None
    flag = (at[0], at[1] - 1)
    if router.get(*flag) not in {"-e", "--plugin"}:
        return None
    return Fix(f'remove "-e", "{path}"').remove(router, at).remove(router, flag)
