from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._options import PATH, names
from fargate_lint_rules.ecs._shape import is_skeleton

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

REQUIRED = ("splunk-token", "splunk-url")


class SplunkDriverRequired(Rule):
    """The `splunk` driver is without `splunk-token` or `splunk-url`.

    ## Why it matters
    The driver needs the address of an HTTP event collector and a token for it, both with a hyphen.
    (`Host` and `splunk_token` are options of Fluent Bit's output, which is another thing.) Without
    them the container doesn't start. The token belongs into `secretOptions`, where it counts too.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {
      "logDriver": "splunk", "options": {"splunk-url": "https://splunk.example.com:8088"}}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {
      "logDriver": "splunk", "options": {"splunk-url": "https://splunk.example.com:8088"},
      "secretOptions": [{"name": "splunk-token",
        "valueFrom": "arn:aws:ssm:us-east-1:111122223333:parameter/splunk-token"}]}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
    - https://docs.docker.com/engine/logging/drivers/splunk/
    """

    code = "ECS305"
    name = "splunk-driver-required"
    severity = "error"
    members = ("logDriver",)

    def check_container(self, container: Container) -> None:
        if container.driver != "splunk" or is_skeleton(container.task):
            return
        given = names(container)
        missing = [name for name in REQUIRED if name not in given] if given is not None else []
        if missing:
            listed = " and ".join(f"`{name}`" for name in missing)
            self.report(
                container,
                f"`{container.title}` logs with `splunk`, but without {listed}",
                at=PATH if container.options else PATH[:1],
                key=True,
                help="add "
                + ", ".join(
                    f'"{name}"'
                    + (" to `secretOptions`" if name == REQUIRED[0] else " to `options`")
                    for name in missing
                ),
            )
