from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class AlAgentUsesAwsfirelens(Rule):
    """The agent's own output goes through the log router, which sends it back to the agent.

    ## Why it matters
    The router hands every log line of the task to the agent on port 1514. When the agent's own
    output is among them, each line that it writes comes back to it, and a line about a lost
    connection makes the next one. What would help to find out why the agent fails is also gone
    exactly then: the router waits for the agent, starts after it, and has nobody to send to. The
    vendor's way to see the agent's output is `awslogs`.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "al-agent", "logConfiguration": {"logDriver": "awsfirelens"}}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "al-agent", "logConfiguration": {
      "logDriver": "awslogs", "options": {"awslogs-create-group": "true", "awslogs-group": "/shop/sidecars",
        "awslogs-region": "us-east-1", "awslogs-stream-prefix": "al-agent"}}}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
    """

    code = "AGT104"
    name = "al-agent-uses-awsfirelens"
    severity = "warning"
    alert_logic = True

    def check_task(self, task: Task) -> None:
        agent, router = sidecars(task).agent, task.router
        if agent is None or router is None or agent.driver != "awsfirelens":
            return
        self.report(
            agent,
            f"`{agent.title}` logs through `{router.title}`, which sends these logs back to `{agent.title}`",
            at=("logConfiguration", "logDriver"),
            related=[(router, (), "the log router")],
            help="write its logs with `awslogs`, or remove its `logConfiguration`",
        )
