from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.firelens._order import dependencies

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class DependsonAgentCondition(Rule):
    """The log router waits for the agent in a way that never comes true.

    ## Why it matters
    `COMPLETE` and `SUCCESS` wait until a container has ended, and the agent runs as long as the
    task does. ECS refuses that for an essential container; with `essential: false` the router
    waits until the task times out. `HEALTHY` needs a `healthCheck` in the agent's definition, and
    the agent has none by itself: health checks of images don't count in ECS. `START` is the
    condition that works, and Fluent Bit repeats what the collector doesn't take yet.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router",
      "dependsOn": [{"containerName": "al-agent", "condition": "HEALTHY"}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router",
      "dependsOn": [{"containerName": "al-agent", "condition": "START"}]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
    """

    code = "AGT108"
    name = "dependson-agent-condition"
    severity = "error"
    fixable = "safe"
    outranks = (
        "dependson-complete-on-essential", "dependson-firelens-condition",
        "dependson-healthy-without-healthcheck",
    )  # fmt: skip
    alert_logic = True

    def check_task(self, task: Task) -> None:
        who = sidecars(task)
        agent, router = who.agent, who.router
        if agent is None or router is None or not agent.name:
            return
        for index, name, condition in dependencies(router):
            if name != agent.name:
                continue
            if condition in {"COMPLETE", "SUCCESS"}:
                message = (
                    f"`{router.title}` waits until `{name}` has ended, but `{name}` never ends"
                )
                answer = "SUCCESS or COMPLETE condition cannot be an essential container"
                refused = agent.essential is True
            elif condition == "HEALTHY" and agent.get("healthCheck") is None:
                message = f"`{router.title}` waits until `{name}` is healthy, but `{name}` has no health check"
                answer = "HEALTHY condition must have health check configured"
                refused = True
            else:
                continue
            self.report(
                router,
                message,
                at=("dependsOn", index, "condition"),
                related=[(agent, (), "the agent")],
                help='write "condition": "START"'
                + (f"; ECS would answer: A dependency container with {answer}" if refused else ""),
                fix=Fix('write "condition": "START"').set(
                    router, ("dependsOn", index, "condition"), "START"
                ),
            )
