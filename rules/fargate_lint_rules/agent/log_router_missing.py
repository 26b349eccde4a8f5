from __future__ import annotations

from fargate_lint.data.images import AWS_FLUENT_BIT
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules._subjects import ROUTER
from fargate_lint_rules.agent._agent import recipe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class LogRouterMissing(Rule):
    """The task has the Alert Logic agent but no log router, so no logs reach the agent.

    ## Why it matters
    The agent captures network traffic by itself, but for logs it waits on port 1514. What brings
    them there is a container with a `firelensConfiguration`: FireLens connects the other
    containers' output to it. Without one the agent shows up as healthy in the console and collects
    not a single log line. Definitions written before 2023, when log collection came to Fargate,
    look like this.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": null}]}
    ```
    ```json bad base=none
    {"family": "shop", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "containerDefinitions": [
      {"name": "web", "image": "web:1.4.2"},
      {"name": "al-agent", "image": "public.ecr.aws/alertlogic/al-agent-container:latest"}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"type": "fluentbit"}}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "AGT102"
    name = "log-router-missing"
    severity = "error"
    outranks = ("awsfirelens-without-router", "dependson-unknown-container")
    alert_logic = True

    def check_task(self, task: Task) -> None:
        who = sidecars(task)
        agent, launcher = who.agent, who.launcher
        if agent is None or not task.closed or task.fargate is False:
            return
        if any(each.get("firelensConfiguration") is not None for each in task.containers):
            if (
                who.router is agent
                and launcher is not None
                and launcher.get("firelensConfiguration") is None
            ):
                self.report(
                    agent,
                    f"`{agent.title}` has the `firelensConfiguration`, but the router is `{launcher.title}`",
                    at=("firelensConfiguration",),
                    key=True,
                    related=[(launcher, ("entryPoint",), "starts Fluent Bit")],
                    help=f"move it to `{launcher.title}`",
                )
            return
        if launcher is None and task.fargate is None and recipe(task, agent):
            # The vendor's recipe for EC2, where the agent watches a whole host.
            return
        users = [each for each in task.containers if each.driver == "awsfirelens"]
        answer = (
            "; ECS would answer: When awsfirelens log driver is specified in log configuration, a firelens "
            "configuration object must be configured in one of the containers."
            if users
            else ""
        )
        related = [
            (each, ("logConfiguration", "logDriver"), "sends its logs to a router")
            for each in users
        ]
        if launcher is not None:
            self.report(
                launcher,
                f"`{launcher.title}` has no `firelensConfiguration`, so it gets no logs to pass on",
                related=related,
                subject=[ROUTER],
                help=f'add "firelensConfiguration": {{"type": "fluentbit"}}{answer}',
            )
            return
        self.report(
            agent,
            f"`{agent.title}` has no log router beside it, so it gets no logs",
            related=related,
            subject=[ROUTER],
            help="add a `log_router` container as in the vendor's example: the image "
            f"{AWS_FLUENT_BIT}:stable with `firelensConfiguration`, `volumesFrom`, `dependsOn`, "
            f"`entryPoint` and `command`{answer}",
        )
