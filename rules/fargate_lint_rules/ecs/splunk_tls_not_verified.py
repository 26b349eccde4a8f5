from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._options import PATH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

OPTION = "splunk-insecureskipverify"
#: What Go reads as true.
TRUE = frozenset({"1", "t", "T", "TRUE", "true", "True"})


class SplunkTlsNotVerified(Rule):
    """The `splunk` driver sends logs and token to whoever answers: certificates aren't verified.

    ## Why it matters
    With `splunk-insecureskipverify` the driver takes any certificate. Whoever gets between the task
    and the collector reads the logs, and the token with which others can be sent.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {
      "logDriver": "splunk", "options": {"splunk-url": "https://splunk.example.com:8088",
        "splunk-insecureskipverify": "true"},
      "secretOptions": [{"name": "splunk-token",
        "valueFrom": "arn:aws:ssm:us-east-1:111122223333:parameter/splunk-token"}]}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {
      "logDriver": "splunk", "options": {"splunk-url": "https://splunk.example.com:8088"},
      "secretOptions": [{"name": "splunk-token",
        "valueFrom": "arn:aws:ssm:us-east-1:111122223333:parameter/splunk-token"}]}}]}
    ```

    ## When not to
    The collector has a certificate of its own making, and the way to it is private.

    ## References
    - https://docs.docker.com/engine/logging/drivers/splunk/
    """

    code = "ECS322"
    name = "splunk-tls-not-verified"
    severity = "warning"
    members = (OPTION,)

    def check_container(self, container: Container) -> None:
        value = container.options.get(OPTION)
        if container.driver != "splunk" or not isinstance(value, str) or value not in TRUE:
            return
        self.report(
            container,
            f"`{container.title}` sends its logs without verifying who takes them",
            at=(*PATH, OPTION),
            help=f"remove `{OPTION}`, or write `splunk-capath` with the collector's certificate",
        )
