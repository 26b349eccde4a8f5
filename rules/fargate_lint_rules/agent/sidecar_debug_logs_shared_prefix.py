from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._sidecars import pair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

PREFIX = "awslogs-stream-prefix"
GROUP = "awslogs-group"


class SidecarDebugLogsSharedPrefix(Rule):
    """Both sidecars write their output to the same log group under the same stream prefix.

    ## Why it matters
    Their streams are still apart, since the container's name is a part of them, but the list of
    streams, and everything that selects by prefix (`aws logs filter-log-events
    --log-stream-name-prefix`, subscriptions, support's questions), gets both. The vendor's example
    uses `al-agent-output` and `fluent-bit-output`.

    ## Example
    ```json bad
    {"containerDefinitions": [
      {"name": "al-agent", "logConfiguration": {"logDriver": "awslogs", "options": {
        "awslogs-create-group": "true", "awslogs-group": "/shop/sidecars",
        "awslogs-region": "us-east-1", "awslogs-stream-prefix": "debug"}}},
      {"name": "log_router", "logConfiguration": {"logDriver": "awslogs", "options": {
        "awslogs-create-group": "true", "awslogs-group": "/shop/sidecars",
        "awslogs-region": "us-east-1", "awslogs-stream-prefix": "debug"}}}]}
    ```
    ```json fixed
    {"containerDefinitions": [
      {"name": "al-agent", "logConfiguration": {"logDriver": "awslogs", "options": {
        "awslogs-create-group": "true", "awslogs-group": "/shop/sidecars",
        "awslogs-region": "us-east-1", "awslogs-stream-prefix": "al-agent-output"}}},
      {"name": "log_router", "logConfiguration": {"logDriver": "awslogs", "options": {
        "awslogs-create-group": "true", "awslogs-group": "/shop/sidecars",
        "awslogs-region": "us-east-1", "awslogs-stream-prefix": "fluent-bit-output"}}}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
    """

    code = "AGT304"
    name = "sidecar-debug-logs-shared-prefix"
    severity = "info"
    members = (
        "awslogs-group",
        "awslogs-stream-prefix",
    )
    alert_logic = True

    def check_task(self, task: Task) -> None:
        parts = [part for part in pair(task) if part.driver == "awslogs"]
        if len(parts) != 2:
            return
        agent, router = parts
        prefix = router.options.get(PREFIX)
        if not isinstance(prefix, str) or prefix != agent.options.get(PREFIX):
            return
        group = router.options.get(GROUP)
        if not isinstance(group, str) or group != agent.options.get(GROUP):
            return
        at = ("logConfiguration", "options", PREFIX)
        self.report(
            router,
            f"`{agent.name}` and `{router.name}` share the stream prefix `{prefix}`",
            at=at,
            related=[(agent, at, "the same prefix in the same group")],
            help="write `fluent-bit-output` here and `al-agent-output` there",
        )
