from __future__ import annotations

from fargate_lint.launch.order import has_health_check, order_of
from fargate_lint.launch.sidecars import SYSLOG_PORT, sidecars
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class AlAgentHealthcheckAbsent(Rule):
    """The log router waits for the start of the agent, which isn't yet the start of its collector.

    ## Why it matters
    `START` is met when the agent's container runs. A moment passes until its collector listens on
    port 1514, and what Fluent Bit sends before that is refused and tried again. With
    `Retry_Limit=False`, as the vendor recommends, it goes on trying and nothing is lost, so this is
    only to be known when the first lines come late. A `healthCheck` in the agent's definition and the
    condition `HEALTHY` would close the gap, at the price of one more thing that can fail.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router",
      "dependsOn": [{"containerName": "al-agent", "condition": "START"}]}]}
    ```
    ```json good base=firelens
    {"containerDefinitions": [{"name": "web"}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "ECS504"
    name = "al-agent-healthcheck-absent"
    severity = "info"
    alert_logic = True

    def check_task(self, task: Task) -> None:
        who = sidecars(task)
        agent, router = who.agent, who.router
        if agent is None or router is None or agent is router or has_health_check(agent):
            return
        for wait in order_of(task).before(router):
            if wait.awaited is agent and wait.condition == "START" and wait.member == "dependsOn":
                self.report(
                    router,
                    f"the start of `{agent.title}` doesn't mean that it listens on port {SYSLOG_PORT} already",
                    at=wait.path,
                    related=[(agent, (), "has no `healthCheck`")],
                    help="nothing has to be done as long as the syslog output has Retry_Limit=False",
                )
                return
