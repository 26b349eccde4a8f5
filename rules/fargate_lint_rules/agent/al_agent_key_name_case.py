from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._key import OF_KEY, has_key, misnamed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.source.document import Path


class AlAgentKeyNameCase(Rule):
    """The registration key is given under a name that the agent doesn't read.

    ## Why it matters
    The agent reads the variable `KEY`, in capitals and without anything before or after it. Names
    of variables differ by case on Linux. Under any other name the agent behaves as if it had no
    key: on Cloud Defender it can't register.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "al-agent", "secrets": [{"name": "REGISTRATION_KEY",
      "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:alertlogic-AbCdEf"}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "al-agent", "secrets": [
      {"name": "KEY", "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:alertlogic-AbCdEf"}]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
    """

    code = "AGT205"
    name = "al-agent-key-name-case"
    severity = "error"
    fixable = "safe"
    outranks = ("al-agent-key-missing", "env-plaintext-secret", "key-on-wrong-container")
    members = (
        "environment",
        "secrets",
    )
    alert_logic = True

    def check_task(self, task: Task) -> None:
        agent = sidecars(task).agent
        # On the other platform no key is needed, whatever it is called.
        if agent is None or self.context.platform == "mdr" or has_key(agent):
            return
        for name, path in misnamed(agent):
            self.report(
                agent,
                f"`{agent.title}` reads its registration key from `KEY`, not from `{name}`",
                at=(*path[:2], "name") if isinstance(path[1], int) else path,
                key=not isinstance(path[1], int),
                subject=[(*agent.path, *path[:2]), OF_KEY],
                help='write "name": "KEY"; for Managed Detection and Response remove it',
                fix=_named(agent, path),
            )


def _named(agent: Container, path: Path) -> Fix:
    """The fix that gives the variable its name."""
    fix = Fix("call it `KEY`")
    if isinstance(path[1], int):
        return fix.set(agent, (*path[:2], "name"), "KEY")
    return fix.rename(agent, path, "KEY")
