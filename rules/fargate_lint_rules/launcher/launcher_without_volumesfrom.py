from __future__ import annotations

from fargate_lint.launch.images import image_of
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown, text_of
from fargate_lint_rules.firelens._order import certain, volume_sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task


def _mounts_it(container: Container) -> bool:
    """Whether another volume stands where the launcher is."""
    mounts = container.get("mountPoints")
    return isinstance(mounts, Unknown) or any(
        isinstance(mount.get("containerPath"), Unknown)
        or text_of(mount.get("containerPath")).startswith("/var/alertlogic")
        for _, mount in container.objects("mountPoints")
    )


class LauncherWithoutVolumesfrom(Rule):
    """The router's entry point is the agent's launcher, but the volume that holds it isn't there.

    ## Why it matters
    `/var/alertlogic/lib/fluent-bit/fluent-launch` is a file of the agent's image. It appears in
    the router only because `volumesFrom` shows the agent's volume there, at the same path. Without
    it the entry point doesn't exist: the router stops with `CannotStartContainerError` or `no such
    file or directory`, and the task with it.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "volumesFrom": null}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router", "volumesFrom": [{"sourceContainer": "al-agent"}]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_VolumeFrom.html
    """

    code = "LCH201"
    name = "launcher-without-volumesfrom"
    severity = "error"
    fixable = "safe"

    def check_task(self, task: Task) -> None:
        who = sidecars(task)
        container = who.launcher
        if (
            container is None
            or not certain(container, "volumesFrom")
            or container is who.agent
            or _mounts_it(container)
        ):
            return
        sources = [name for _, name in volume_sources(container)]
        known = [name for name in sources if task.container(name) is not None]
        if len(known) < len(sources) and not (task.closed and all(x.name for x in task.containers)):
            return  # what it names may be the agent
        if who.agent is None:
            if known:
                return  # what it names may be a copy of the agent
        elif not who.agent.name or who.agent.name in sources:
            return
        name = who.agent.name if who.agent is not None else "al-agent"
        there = container.get("volumesFrom") is not None
        entry = f'{{"sourceContainer": "{name}"}}'
        self.report(
            container,
            f"the launcher is a file of `{name}`, whose volume `{container.title}` doesn't have",
            at=("volumesFrom",) if there else ("entryPoint",),
            key=there,
            related=[(who.agent, (), "the agent, which has the launcher")] if who.agent else (),
            help=f"add {entry} to `volumesFrom`" if there else f'add "volumesFrom": [{entry}]',
            # An image of your own may bring a launcher along.
            severity="" if image_of(container).kind else "warning",
            fix=Fix(f"take the volumes of `{name}`").append(
                container, ("volumesFrom",), {"sourceContainer": name}
            )
            if who.agent is not None
            else None,
        )
