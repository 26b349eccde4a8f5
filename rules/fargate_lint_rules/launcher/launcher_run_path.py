from __future__ import annotations

from fargate_lint.launch.arguments import RUN_PATH
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class LauncherRunPath(Rule):
    """The launcher is told to start a program that the image does not have there.

    ## Why it matters
    In AWS for Fluent Bit and in Fluent Bit's own image the program is
    `/fluent-bit/bin/fluent-bit`, which the launcher starts by default. With another path it fails
    after it has written the configuration.

    ## Example
    ```json bad without="--" with="-r /opt/fluent-bit --"
    ```
    ```json fixed
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "LCH604"
    name = "launcher-run-path"
    severity = "warning"
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        if launch.router is None or launch.arguments is None:
            return
        setting = launch.arguments.run_path
        known = launch.sidecars.router_image.kind in {"aws", "upstream"}
        if (
            setting.at is not None
            and known
            and isinstance(setting.value, str)
            and setting.value != RUN_PATH
        ):
            self.report(
                launch.router,
                f"`{setting.value}` is not where this image has Fluent Bit",
                at=launch.word(setting.at),
                related=[(launch.router, ("image",), "the image")],
                help=f"remove `-r`: the default is {RUN_PATH}",
            )
