from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown, text_of
from fargate_lint_rules.agent._key import KEY, SECRET, is_placeholder, plain_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.source.document import Path


EXAMPLE = "your_registration_key_here"


class AlAgentKeyPlaceholder(Rule):
    """The agent's registration key is still the placeholder of the example.

    ## Why it matters
    The vendor's example has `your_registration_key_here` where your own key belongs. The agent
    starts with it, is refused by Alert Logic and ends, and since it is essential it takes the task
    with it. The key is in the console under Support Information, in Details. Only Cloud Defender
    and data center deployments need one: for Managed Detection and Response remove `KEY`
    altogether.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "al-agent",
      "environment": [{"name": "KEY", "value": "your_registration_key_here"}]}]}
    ```
    ```json fixed platform=cloud-defender
    {"containerDefinitions": [{"name": "al-agent", "secrets": [
      {"name": "KEY", "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:alertlogic-AbCdEf"}]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
    """

    code = "AGT201"
    name = "al-agent-key-placeholder"
    severity = "error"
    outranks = ("al-agent-key-shape",)
    members = (
        "environment",
        "secrets",
    )
    alert_logic = True

    def check_task(self, task: Task) -> None:
        agent = sidecars(task).agent
        if agent is None:
            return
        found = plain_key(agent)
        if found is not None and is_placeholder(found[0]):
            self._report(agent, found[1])
        secret = agent.secrets.get(KEY)
        if secret is not None:
            path = (*secret, "valueFrom")
            value = agent.get(*path)
            # Short words make a good name for a parameter: only an instruction is a placeholder.
            if EXAMPLE in text_of(value) or (isinstance(value, Unknown) and is_placeholder(value)):
                self._report(agent, path)

    def _report(self, agent: Container, path: Path) -> None:
        needless = self.context.platform == "mdr"
        self.report(
            agent,
            "`KEY` is the placeholder of an example, not a registration key",
            at=path,
            help="remove `KEY`: Managed Detection and Response needs none"
            if needless
            else f"keep your key in a secret: {SECRET}; for Managed Detection and Response remove `KEY`",
        )
