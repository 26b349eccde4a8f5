from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._agent import SOCKETS, means_fargate, recipe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class Ec2RecipeOnFargate(Rule):
    """The agent is set up as on EC2, privileged or with folders of the host, which Fargate refuses.

    ## Why it matters
    On EC2 one agent watches a whole host: it is privileged, shares the host's network and mounts
    the Docker socket and `/proc`. Fargate gives no access to a host, and ECS refuses such a
    definition (`Fargate requires that the 'privileged' setting be 'false'`, `Fargate compatible
    task definitions do not support sourcePath`). There the agent is a plain sidecar of each task:
    it sees the task's network because containers of a task share it, and needs no right at all.

    ## Example
    ```json bad
    {"volumes": [{"name": "proc", "host": {"sourcePath": "/proc"}}],
     "containerDefinitions": [{"name": "al-agent", "privileged": true,
       "mountPoints": [{"sourceVolume": "proc", "containerPath": "/host/proc", "readOnly": true}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "al-agent",
      "image": "public.ecr.aws/alertlogic/al-agent-container:latest"}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://github.com/alertlogic/al-agent-container/tree/master/ecs
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
    """

    code = "AGT105"
    name = "ec2-recipe-on-fargate"
    severity = "error"
    alike = True
    alert_logic = True

    def check_task(self, task: Task) -> None:
        agent = sidecars(task).agent
        if agent is None or not means_fargate(task):
            return
        found = recipe(task, agent)
        if not any(node is agent for node, _, _ in found) or all(
            any(socket in what for socket in SOCKETS) for _, _, what in found
        ):
            return  # a socket alone has a rule of its own
        node, path, what = found[0]
        self.report(
            node,
            f"`{agent.title}` is set up as on EC2: Fargate refuses {what}"
            if what.startswith("`")
            else f"`{agent.title}` is set up as on EC2: it {what}",
            at=path,
            related=[(other, at, text) for other, at, text in found[1:]],
            help="remove all of it, the volumes too: on Fargate the agent is a plain sidecar",
        )
