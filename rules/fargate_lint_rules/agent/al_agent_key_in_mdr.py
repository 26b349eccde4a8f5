from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._key import KEY, is_placeholder, plain_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class AlAgentKeyInMdr(Rule):
    """The agent has a registration key, which Managed Detection and Response doesn't use on AWS.

    ## Why it matters
    For Managed Detection and Response the agent is told apart by the AWS account it runs in, and
    the vendor's documentation says to leave `KEY` undefined. A key from an older platform may
    assign the agent to another deployment, and it is one secret more to look after. The rule
    speaks only when the configuration says `platform = "mdr"`.

    ## Example
    ```json bad platform=mdr
    {"containerDefinitions": [{"name": "al-agent", "secrets": [
      {"name": "KEY", "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:alertlogic-AbCdEf"}]}]}
    ```
    ```json fixed platform=mdr
    {"containerDefinitions": [{"name": "al-agent", "secrets": null}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://github.com/alertlogic/al-agent-container/tree/master/docker
    """

    code = "AGT203"
    name = "al-agent-key-in-mdr"
    severity = "info"
    members = (
        "environment",
        "secrets",
    )
    alert_logic = True
    inputs = ("platform",)

    def check_task(self, task: Task) -> None:
        agent = sidecars(task).agent
        if self.context.platform != "mdr" or agent is None:
            return
        plain, secret = plain_key(agent), agent.secrets.get(KEY)
        if plain is not None and is_placeholder(plain[0]):
            return
        path = plain[1] if plain is not None else secret
        if path is not None:
            self.report(
                agent,
                f"`{agent.title}` has a `KEY`, which Managed Detection and Response doesn't use",
                at=path,
                help="remove `KEY`",
            )
