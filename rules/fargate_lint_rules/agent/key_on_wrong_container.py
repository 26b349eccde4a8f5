from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._key import KEY, OF_KEY, has_key, is_placeholder, plain_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class KeyOnWrongContainer(Rule):
    """The registration key is given to another container than the agent.

    ## Why it matters
    Variables belong to the container in whose definition they stand, and only the agent reads
    `KEY`. On the log router or on an application it does nothing but show the key to programs that
    have no use for it, while the agent, without one, can't register on Cloud Defender.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "secrets": [{"name": "KEY",
      "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:alertlogic-AbCdEf"}]}]}
    ```
    ```json fixed platform=cloud-defender
    {"containerDefinitions": [{"name": "al-agent", "secrets": [
      {"name": "KEY", "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:alertlogic-AbCdEf"}]}]}
    ```

    ## When not to
    An application may have a variable `KEY` of its own, in which case the finding is a warning. It
    doesn't come up when the agent has its key, nor when the configuration says `platform = "mdr"`.

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
    """

    code = "AGT207"
    name = "key-on-wrong-container"
    severity = "error"
    outranks = ("al-agent-key-missing", "env-plaintext-secret")
    members = (
        "environment",
        "secrets",
    )
    alert_logic = True

    def check_task(self, task: Task) -> None:
        who = sidecars(task)
        agent = who.agent
        if agent is None or self.context.platform == "mdr" or has_key(agent):
            return
        for container in task.containers:
            plain = plain_key(container)
            path = plain[1] if plain is not None else container.secrets.get(KEY)
            if path is None:
                continue
            sure = (
                container is who.router
                or self.context.platform == "cloud-defender"
                or (plain is not None and is_placeholder(plain[0]))
            )
            self.report(
                container,
                f"`KEY` is given to `{container.title}`, but the one to read it is `{agent.title}`",
                at=path,
                related=[(agent, (), "has no `KEY`")],
                subject=[(*container.path, *path), OF_KEY],
                help=f"move it to `{agent.title}`"
                + (
                    ""
                    if sure
                    else ', or say platform = "mdr" in the configuration if it is another key'
                ),
                severity="error" if sure else "warning",
            )
