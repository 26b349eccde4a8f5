from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._key import plain_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


def _wrong(value: str) -> str:
    if not value:
        return "is empty"
    if "\n" in value or "\r" in value:
        return "has a line break in it"
    if any(letter.isspace() for letter in value):
        return "has a blank in it" if value.strip() else "is blank"
    if any(letter in "\"'`\u201c\u201d\u2018\u2019" for letter in value):
        return "has quotes in it"
    return ""


class AlAgentKeyShape(Rule):
    """The registration key is empty, or has blanks, line breaks or quotes in it.

    ## Why it matters
    The agent takes the value as it is. A line break from a copied file, a blank at the end or
    quotes that were meant for a shell become part of the key, and Alert Logic refuses it: the
    agent can't register, ends, and takes the task with it. An incorrect key is the first of the
    vendor's reasons for crashes.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "al-agent",
      "environment": [{"name": "KEY", "value": "5f2b61c98e0d4a37 "}]}]}
    ```
    ```json fixed platform=cloud-defender
    {"containerDefinitions": [{"name": "al-agent", "secrets": [
      {"name": "KEY", "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:alertlogic-AbCdEf"}]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
    """

    code = "AGT206"
    name = "al-agent-key-shape"
    severity = "error"
    fixable = "safe"
    outranks = ("env-plaintext-secret",)
    members = (
        "environment",
        "secrets",
    )
    alert_logic = True

    def check_task(self, task: Task) -> None:
        agent = sidecars(task).agent
        found = plain_key(agent) if agent is not None else None
        if agent is None or found is None:
            return
        value, path = found
        if not isinstance(value, str):
            return
        wrong = _wrong(value)
        if wrong:
            self.report(
                agent,
                f"the registration key in `KEY` {wrong}",
                at=path,
                help="write the key exactly as the console shows it, or remove an empty `KEY`",
                fix=Fix("take the blanks away").set(agent, path, value.strip())
                if value.strip() and not _wrong(value.strip())
                else None,
            )
