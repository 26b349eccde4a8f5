from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._key import OF_KEY, SECRET, has_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class AlAgentKeyMissing(Rule):
    """The agent has no registration key, which the Cloud Defender platform needs.

    ## Why it matters
    On Cloud Defender an agent proves with the variable `KEY` whose it is. Without one it can't
    register, nothing appears under Protected Hosts, and the agent may end, which stops the task.
    The rule speaks only when the configuration says `platform = "cloud-defender"`, since Managed
    Detection and Response needs no key on AWS.

    ## Example
    ```json bad platform=cloud-defender
    {"containerDefinitions": [{"name": "al-agent", "environment": []}]}
    ```
    ```json fixed platform=cloud-defender
    {"containerDefinitions": [{"name": "al-agent", "secrets": [
      {"name": "KEY", "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:alertlogic-AbCdEf"}]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
    """

    code = "AGT202"
    name = "al-agent-key-missing"
    severity = "error"
    alert_logic = True
    inputs = ("platform",)

    def check_task(self, task: Task) -> None:
        agent = sidecars(task).agent
        if self.context.platform != "cloud-defender" or agent is None or has_key(agent):
            return
        self.report(
            agent,
            f"`{agent.title}` has no `KEY`, the registration key that Cloud Defender needs",
            subject=[OF_KEY],
            help=f"add {SECRET}",
        )
