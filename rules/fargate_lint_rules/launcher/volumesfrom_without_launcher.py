from __future__ import annotations

from fargate_lint.launch.launcher import LAUNCHER, NAME, near_miss
from fargate_lint.launch.sidecars import sends_to_agent
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown
from fargate_lint_rules._subjects import ROUTES
from fargate_lint_rules.firelens._order import volume_sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


def _may_start_it(word: str | Unknown) -> bool:
    return isinstance(word, Unknown) or NAME in word or near_miss(word)


class VolumesfromWithoutLauncher(Rule):
    """The router has the agent's volume but doesn't start the launcher on it, so nothing is sent to
    the agent.

    ## Why it matters
    The volume brings the launcher into the container; using it is up to `entryPoint`. Without that
    the image starts Fluent Bit as always, with the configuration that FireLens wrote, and that one
    has no output to the agent. The task runs and its logs reach every destination but Alert Logic.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "entryPoint": null, "command": null}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router",
      "entryPoint": ["/var/alertlogic/lib/fluent-bit/fluent-launch"]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_VolumeFrom.html
    """

    code = "LCH202"
    name = "volumesfrom-without-launcher"
    severity = "warning"
    outranks = ("no-output-configured",)

    def check_launch(self, launch: Launch) -> None:
        agent, router = launch.sidecars.agent, launch.task.router
        if agent is None or router is None or not launch.sidecars.router_image.kind:
            return
        uses = [at for at, name in volume_sources(router) if name == agent.name]
        words = [*router.words("entryPoint"), *router.words("command")]
        if not uses or launch.arguments is not None or any(_may_start_it(word) for word in words):
            return
        # The copy for the agent may be an output of the applications.
        if any(sends_to_agent(container) for container in launch.task.containers):
            return
        self.report(
            router,
            f"`{router.title}` has the volume of `{agent.title}` but doesn't start the launcher on it",
            at=("volumesFrom", uses[0]),
            subject=[(*router.path, "volumesFrom", uses[0]), ROUTES],
            related=[(agent, (), "the agent, which has the launcher")],
            help=f'write "entryPoint": ["{LAUNCHER}"] and the `command` of the vendor\'s example',
            severity="error" if _is_lost(launch) else "",
        )


def _is_lost(launch: Launch) -> bool:
    """Whether the logs of an application go nowhere, since only the launcher brings an output."""
    pipeline = launch.pipeline
    return pipeline is not None and any(each.kind == "logs-unrouted" for each in pipeline.problems)
