from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class RouterUsesAwsfirelens(Rule):
    """The log router's own output goes through FireLens, that is to the router itself.

    ## Why it matters
    Everything that Fluent Bit writes about its work comes back to it as a log record. A failed
    delivery writes an error, which is one more record to deliver; an output to the console never
    ends. And of all logs the router's own are lost just when they are needed, because it isn't
    there to take them. Its output belongs to `awslogs`, or nowhere.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router", "logConfiguration": {"logDriver": "awsfirelens"}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "log_router", "logConfiguration": {
      "logDriver": "awslogs", "options": {"awslogs-create-group": "true", "awslogs-group": "/shop/sidecars",
        "awslogs-region": "us-east-1", "awslogs-stream-prefix": "log-router"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "FLN102"
    name = "router-uses-awsfirelens"
    severity = "error"
    outranks = ("flb-match-without-tag",)

    def check_container(self, container: Container) -> None:
        if container.driver == "awsfirelens" and isinstance(
            container.get("firelensConfiguration"), dict
        ):
            self.report(
                container,
                f"`{container.title}` is the log router and logs to itself",
                at=("logConfiguration", "logDriver"),
                subject=[(*container.path, "logConfiguration")],
                related=[(container, ("firelensConfiguration",), "this makes it the router")],
                help='write "logDriver": "awslogs" with the awslogs options, or remove `logConfiguration`',
            )
