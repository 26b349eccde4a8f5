from __future__ import annotations

from fargate_lint.launch.arguments import IN_CONFIG
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class LauncherOutConfigReadonly(Rule):
    """The launcher is told to write its configuration where it can't write.

    ## Why it matters
    FireLens mounts its configuration over `/fluent-bit/etc/fluent-bit.conf`, usually read-only, so
    the launcher can't replace it. By default the launcher writes into the volume that it shares
    with the agent.

    ## Example
    ```json bad without="--" with="-m /fluent-bit/etc/fluent-bit.conf --"
    ```
    ```json fixed
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "LCH603"
    name = "launcher-out-config-readonly"
    severity = "error"
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        if launch.router is None or launch.arguments is None:
            return
        target, read = launch.arguments.out_config, launch.arguments.in_config
        if target.at is None or not isinstance(target.value, str):
            return
        if target.value in {read.value, IN_CONFIG}:
            self.report(
                launch.router,
                f"the launcher can't write `{target.value}`: FireLens' configuration is mounted there"
                if target.value == IN_CONFIG
                else f"the launcher would write over `{target.value}`, which it reads",
                at=launch.word(target.at),
                help="remove `-m`: the launcher then writes into the volume it shares with the agent",
            )
