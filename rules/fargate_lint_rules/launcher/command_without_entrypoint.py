from __future__ import annotations

from fargate_lint.launch.launcher import LAUNCHER
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


FLAGS = frozenset({"-s", "--service", "-i", "--input", "-f", "--filter", "--output", "--"})


class CommandWithoutEntrypoint(Rule):
    """The launcher's arguments stand in `command`, but no `entryPoint` starts the launcher.

    ## Why it matters
    AWS for Fluent Bit has no entry point of its own, so ECS runs the first word of `command` as a
    program: `-s` does not exist, and the container ends with `exec: "-s": executable file not
    found`. With Fluent Bit's own image the words become arguments of Fluent Bit, which knows other
    meanings for them.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "entryPoint": null}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router",
      "entryPoint": ["/var/alertlogic/lib/fluent-bit/fluent-launch"]}]}
    ```

    ## References
    - https://github.com/aws/aws-for-fluent-bit/blob/mainline/README.md
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "LCH108"
    name = "command-without-entrypoint"
    severity = "error"
    outranks = ("volumesfrom-without-launcher",)

    def check_container(self, container: Container) -> None:
        words = container.value.get("command")
        if (
            isinstance(words, list)
            and words
            and isinstance(words[0], str)
            and words[0] in FLAGS
            and "firelensConfiguration" in container.value
            and container.get("entryPoint") in (None, [])
        ):
            self.report(
                container,
                f"`{words[0]}` would be started as a program: no `entryPoint` starts the launcher",
                at=("command", 0),
                subject=[(*container.path, "command", 0), (*container.path, "volumesFrom")],
                help=f'write "entryPoint": ["{LAUNCHER}"]',
            )
