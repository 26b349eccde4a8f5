from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import Launch
    from fargate_lint.launch.sections import Entry

GROUP = ("logConfiguration", "options", "awslogs-group")


class MigrationIncomplete(Rule):
    """Some containers log to a log group through FireLens, others still with `awslogs`.

    ## Why it matters
    Only what goes through FireLens can reach the agent or another destination. A container that was
    forgotten keeps writing to the same log group, so its logs look complete there, and are missing
    everywhere else.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "jobs", "image": "jobs:3.1.0", "logConfiguration": {
      "logDriver": "awslogs", "options": {"awslogs-group": "/shop/web",
      "awslogs-region": "us-east-1", "awslogs-stream-prefix": "jobs"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "jobs", "image": "jobs:3.1.0", "logConfiguration": {
      "logDriver": "awsfirelens", "options": {"Name": "cloudwatch_logs", "log_group_name": "/shop/web",
      "region": "us-east-1", "log_stream_prefix": "jobs/", "log_key": "log"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "FLN404"
    name = "migration-incomplete"
    severity = "info"
    members = ("awslogs-group",)

    def check_launch(self, launch: Launch) -> None:
        groups: dict[str, tuple[Container, Entry]] = {}
        for output in launch.outputs:
            entry = output.section.first("log_group_name")
            if entry is not None and isinstance(entry.value, str) and output.from_options:
                groups.setdefault(entry.value, (output.container, entry))
        for container in launch.sidecars.applications if groups else ():
            if container.driver != "awslogs":
                continue
            group = container.get(*GROUP)
            if isinstance(group, str) and group in groups:
                other, entry = groups[group]
                self.report(
                    container,
                    f"`{container.title}` writes to `{group}` with `awslogs`, `{other.title}` through "
                    "FireLens",
                    at=GROUP,
                    related=[(launch.spot(entry), (), "the same log group")],
                    help="set its log driver to `awsfirelens` too",
                )
