from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._agent import AGENT_IMAGE, without_agent
from fargate_lint_rules.firelens._order import volume_sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task


class AlAgentMissing(Rule):
    """The task is set up to send its logs to the Alert Logic agent, but no container runs the agent.

    ## Why it matters
    The agent's container brings two things: the collector on port 1514, and the launcher on its
    volume. Without it Fluent Bit has nobody to connect to, or the router's entry point doesn't
    exist and the task never starts; a `volumesFrom` that names the missing container is refused
    already at registration. Any image whose name ends in `al-agent-container` counts, also a copy
    in your own registry.

    With `require-agent = true` in the configuration, every task has to have the agent.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router",
      "volumesFrom": [{"sourceContainer": "al-agent"}],
      "entryPoint": ["/var/alertlogic/lib/fluent-bit/fluent-launch"],
      "command": ["--", "-o", "syslog", "-m", "*", "-p", "Host=127.0.0.1", "-p", "Port=1514"]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "al-agent",
      "image": "public.ecr.aws/alertlogic/al-agent-container:latest"}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "AGT101"
    name = "al-agent-missing"
    severity = "error"
    outranks = (
        "dependson-unknown-container", "launcher-without-volumesfrom",
        "volumesfrom-unknown-container",
    )  # fmt: skip
    alert_logic = True

    def check_task(self, task: Task) -> None:
        user = without_agent(task)
        if user is not None:
            self._report(task, user)
            return
        who = sidecars(task)
        if (
            self.context.require_agent
            and who.agent is None
            and who.certain
            and not who.alert_logic
            and task.fargate is not False
        ):
            self.report(
                task,
                "no container runs the Alert Logic agent, which `require-agent` asks for",
                subject=[("containerDefinitions", "al-agent")],
                help=f'add {{"name": "al-agent", "image": "{AGENT_IMAGE}"}} and the log router',
            )

    def _report(self, task: Task, user: Container) -> None:
        gone = [(at, name) for at, name in volume_sources(user) if task.container(name) is None]
        name = gone[0][1] if gone else "al-agent"
        answer = (
            f"; ECS would answer: Invalid 'volumesFrom' setting. Unknown container: '{name}'."
            if gone
            else ""
        )
        self.report(
            user,
            f"`{user.title}` is set up to send logs to the Alert Logic agent, but nobody runs the agent",
            related=[(user, ("volumesFrom", at), "takes its volumes") for at, _ in gone],
            help=f'add {{"name": "{name}", "image": "{AGENT_IMAGE}"}}{answer}',
        )
