from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class LauncherYamlConfig(Rule):
    """The launcher is given a configuration in YAML, which it can't read.

    ## Why it matters
    The launcher reads and writes Fluent Bit's classic format only. FireLens generates that format
    too, and `@INCLUDE` in it can't take a YAML file either.

    ## Example
    ```json bad without="--" with="-c /config/fluent-bit.yaml --"
    ```
    ```json fixed without="--" with="-c /config/fluent-bit.conf --"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "LCH601"
    name = "launcher-yaml-config"
    severity = "error"
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        if launch.router is None or launch.arguments is None:
            return
        setting = launch.arguments.in_config
        if setting.at is not None and text_of(setting.value).lower().endswith((".yaml", ".yml")):
            self.report(
                launch.router,
                f"the launcher can't read `{text_of(setting.value)}`: it takes the classic format only",
                at=launch.word(setting.at),
                help="write the configuration in the classic format ([SECTION], key value)",
            )
