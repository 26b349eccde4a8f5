from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.firelens._order import certain, followers, volume_sources, waits_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class RouterNoDependsonAgent(Rule):
    """The log router uses the agent but doesn't wait for it to start.

    ## Why it matters
    `volumesFrom` makes ECS create the agent's container first, not start it. So the router may
    start while nobody listens on port 1514, and when the task stops, the agent may go before the
    router has delivered its last lines: ECS stops containers in the reverse order of `dependsOn`.
    With `Retry_Limit=False` Fluent Bit gets over the start, but not over the end.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "dependsOn": null}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router",
      "dependsOn": [{"containerName": "al-agent", "condition": "START"}]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
    """

    code = "AGT107"
    name = "router-no-dependson-agent"
    severity = "warning"
    fixable = "unsafe"
    alert_logic = True

    def check_task(self, task: Task) -> None:
        who = sidecars(task)
        agent, router = who.agent, who.router
        if agent is None or router is None or not agent.name or agent is router:
            return
        uses = [at for at, name in volume_sources(router) if name == agent.name]
        if not uses and who.launcher is not router:
            return
        if waits_for(router, agent.name) or not certain(router):
            return
        if router.title in followers(task, agent.name):
            return
        there = router.get("dependsOn") is not None
        entry = f'{{"containerName": "{agent.name}", "condition": "START"}}'
        self.report(
            router,
            f"`{router.title}` doesn't wait for `{agent.title}`, to which it sends logs",
            at=("dependsOn",) if there else (),
            key=there,
            related=[(router, ("volumesFrom", at), "takes only its volume") for at in uses],
            subject=[(*router.path, "dependsOn")],
            help=f"add {entry} to `dependsOn`" if there else f'add "dependsOn": [{entry}]',
            fix=Fix(f"let it wait for `{agent.name}`", safe=False).append(
                router, ("dependsOn",), {"containerName": agent.name, "condition": "START"}
            ),
        )
