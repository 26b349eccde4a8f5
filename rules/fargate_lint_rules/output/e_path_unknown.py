from __future__ import annotations

from fargate_lint.data.images import GO_PLUGINS
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import Launch
    from fargate_lint.source.document import Path


#: Which plug-ins are loaded.
LOADED: Path = ("loaded plug-ins",)
NAMES = frozenset(f"{plugin}.so" for plugin in GO_PLUGINS)
PATHS = frozenset(f"/fluent-bit/{name}" for name in NAMES)
C_PLUGINS = frozenset(GO_PLUGINS.values())


def mounted(router: Container, path: str) -> bool:
    """Whether a volume that the router mounts may hold this file."""
    return any(
        isinstance(folder := item.get("containerPath"), str) and path.startswith(folder)
        for _, item in router.objects("mountPoints")
    )


class EPathUnknown(Rule):
    """`-e` names a file that AWS for Fluent Bit does not have.

    ## Why it matters
    Fluent Bit stops with `error opening plugin` when it can't load what `-e` names. The image has
    three Go plug-ins: `/fluent-bit/cloudwatch.so`, `/fluent-bit/firehose.so` and
    `/fluent-bit/kinesis.so`. Those written in C, such as `cloudwatch_logs`, are part of Fluent Bit
    and need no `-e`.

    ## Example
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-i", "Mem_Buf_Limit", "50M", "--", "-e", "/fluent-bit/cloudwatch_logs.so",
      "-o", "syslog", "-m", "*", "-p", "Port=1514", "-p", "Syslog_Message_Key=log"]}]}
    ```
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-i", "Mem_Buf_Limit", "50M", "--", "-e", "/fluent-bit/plugins/cloudwatch.so",
      "-o", "syslog", "-m", "*", "-p", "Port=1514", "-p", "Syslog_Message_Key=log"]}]}
    ```
    ```json good base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"Name": "cloudwatch"}}}]}
    ```

    ## References
    - https://github.com/aws/aws-for-fluent-bit/blob/mainline/README.md
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "OUT103"
    name = "e-path-unknown"
    severity = "error"
    fixable = "safe"
    outranks = ("go-plugin-without-e",)

    def check_launch(self, launch: Launch) -> None:
        router = launch.router
        if router is None or launch.sidecars.router_image.kind != "aws":
            return
        private = launch.sidecars.router_image.private
        for index, word in launch.plugins_loaded():
            if not isinstance(word, str) or word in PATHS or mounted(router, word):
                continue
            name = word.rpartition("/")[2]
            if word.startswith("-"):
                self.report(
                    router,
                    f"`-e` is given no path: Fluent Bit takes `{word}` for it",
                    at=launch.word(index),
                    subject=[(*router.path, *launch.word(index)), LOADED],
                    help='write the path after it, such as "/fluent-bit/cloudwatch.so"',
                )
                continue
            # An image of your own may have more in it.
            if private or (not word.startswith("/fluent-bit/") and name not in NAMES):
                continue
            plugin = name.removesuffix(".so")
            near = next((path for path in sorted(PATHS) if path.endswith(f"/{name}")), "")
            self.report(
                router,
                f"`{word}` is not in the image: it has {', '.join(sorted(NAMES))}",
                at=launch.word(index),
                help=f"write `{near}`"
                if near
                else f"remove it: `{plugin}` is part of Fluent Bit"
                if plugin in C_PLUGINS
                else "write the path of one of them in /fluent-bit",
                fix=Fix(f"write `{near}`").set(router, launch.word(index), near)
                if near and router.get(*launch.word(index)) == word
                else None,
            )
