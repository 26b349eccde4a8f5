from __future__ import annotations

from fargate_lint.launch.images import image_of
from fargate_lint.launch.launcher import LAUNCHER, near_miss
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


def _has_arguments(word: str) -> bool:
    return " " in word.strip()


class LauncherPathTypo(Rule):
    """The entry point is nearly the launcher's path, but not quite.

    ## Why it matters
    The launcher is one file at one path of the agent's volume. With any other spelling the program
    doesn't exist: the router stops with `no such file or directory` before it has written a line,
    and the task stops with it.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router",
      "entryPoint": ["/var/alertlogic/lib/fluentbit/fluent-launch"]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router",
      "entryPoint": ["/var/alertlogic/lib/fluent-bit/fluent-launch"]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "LCH204"
    name = "launcher-path-typo"
    severity = "error"
    fixable = "safe"
    outranks = ("volumesfrom-without-launcher",)

    def check_container(self, container: Container) -> None:
        words = container.list("entryPoint")
        if not words or not near_miss(words[0]) or _has_arguments(words[0]):
            return
        # An image of your own may have a launcher where it likes.
        known = image_of(container).kind
        if known or container.list("volumesFrom") or words[0].startswith("/var/alertlogic"):
            self.report(
                container,
                f"`{words[0].strip()}` is not the path of the launcher"
                if words[0].strip() != LAUNCHER
                else "there are blanks around the path of the launcher",
                at=("entryPoint", 0),
                subject=[(*container.path, "entryPoint", 0), (*container.path, "volumesFrom")],
                help=f'write "{LAUNCHER}"',
                fix=Fix("write the path of the launcher").set(
                    container, ("entryPoint", 0), LAUNCHER
                ),
            )
