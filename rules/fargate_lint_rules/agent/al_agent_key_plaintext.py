from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._key import BLANKS_AND_QUOTES, SECRET, is_placeholder, plain_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class AlAgentKeyPlaintext(Rule):
    """The registration key stands in the task definition for everyone to read.

    ## Why it matters
    Plain variables can be read by everyone who may describe a task definition or look at it in the
    console, and every revision keeps them for good, as does the file in your repository. With the
    key anybody can register agents into your Alert Logic account. ECS fetches the key from Secrets
    Manager or Parameter Store when it stands under `secrets`; the execution role has to be allowed
    to read it.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "al-agent",
      "environment": [{"name": "KEY", "value": "5f2b61c98e0d4a37"}]}]}
    ```
    ```json fixed platform=cloud-defender
    {"containerDefinitions": [{"name": "al-agent", "secrets": [
      {"name": "KEY", "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:alertlogic-AbCdEf"}]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
    """

    code = "AGT204"
    name = "al-agent-key-plaintext"
    severity = "warning"
    outranks = ("env-plaintext-secret",)
    members = (
        "environment",
        "secrets",
    )
    alert_logic = True

    def check_task(self, task: Task) -> None:
        agent = sidecars(task).agent
        # Without a use for it the key is to be removed, not moved.
        if agent is None or self.context.platform == "mdr":
            return
        found = plain_key(agent)
        if found is None or not isinstance(found[0], str):
            return
        if found[0].strip(BLANKS_AND_QUOTES) and not is_placeholder(found[0]):
            self.report(
                agent,
                "the registration key is in plain text, readable in every revision of the task definition",
                at=found[1],
                help=f"move it to Secrets Manager and write {SECRET}; change the key, since it was shown",
            )
