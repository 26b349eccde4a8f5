from __future__ import annotations

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.firelens._order import volume_sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


VOLUME = "/var/alertlogic/lib/fluent-bit/"


class VolumesfromReadonly(Rule):
    """The agent's volume is read-only, but the launcher writes its configuration there.

    ## Why it matters
    The launcher can't change FireLens' file, which is on a read-only mount, so it writes the new
    configuration beside itself: to `/var/alertlogic/lib/fluent-bit/fluent-bit.conf`, on the volume
    that comes from the agent. With `readOnly` that fails, the launcher ends, and the task with it.
    It looks like a hardening that costs nothing, and works only when `--out-config` names a place
    that can be written.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router",
      "volumesFrom": [{"sourceContainer": "al-agent", "readOnly": true}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router", "volumesFrom": [{"sourceContainer": "al-agent"}]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_VolumeFrom.html
    """

    code = "LCH203"
    name = "volumesfrom-readonly"
    severity = "error"
    fixable = "safe"
    members = ("readOnly",)

    def check_launch(self, launch: Launch) -> None:
        router, arguments = launch.router, launch.arguments
        if router is None or arguments is None:
            return
        agent, out = launch.sidecars.agent, arguments.out_config
        if (
            not isinstance(out.value, str)
            or not out.value.startswith(VOLUME)
            or (out.at is None and not arguments.certain)
        ):
            return
        for index, name in volume_sources(router):
            if agent is not None and name != agent.name:
                continue
            if router.flag("volumesFrom", index, "readOnly") is True:
                self.report(
                    router,
                    f"this volume is `readOnly`, but the launcher writes `{out.value}` on it",
                    at=("volumesFrom", index, "readOnly"),
                    related=[]
                    if out.at is None
                    else [(router, launch.word(out.at), "where the launcher writes")],
                    help="remove `readOnly`, or let the launcher write elsewhere: "
                    '"-m", "/tmp/fluent-bit.conf"',
                    fix=Fix("remove `readOnly`").remove(router, ("volumesFrom", index, "readOnly")),
                )
