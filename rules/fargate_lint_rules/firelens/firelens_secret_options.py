from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

#: Options of Fluent Bit's outputs that are secrets, in lower case.
SECRETS = frozenset({
    "api_key", "apikey", "cloud_auth", "http_passwd", "http_token", "license_key", "password",
    "sas_token", "shared_key", "splunk_token",
})  # fmt: skip
#: The same for each log driver that has any.
OF_DRIVER = {"awsfirelens": SECRETS, "splunk": frozenset({"splunk-token"})}


class FirelensSecretOptions(Rule):
    """A key or a password of a destination stands in the plain options of the log driver.

    ## Why it matters
    Everybody who may read the task definition can read it, and it stays in every old revision.
    FireLens takes secrets for options: `secretOptions` has the name of the option and the ARN of
    its value, ECS puts the value into the environment of the log router, and the configuration only
    refers to it.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "Name": "datadog", "apikey": "0123456789abcdef0123456789abcdef",
      "log_group_name": null, "region": null, "log_stream_prefix": null, "log_key": null, "auto_create_group": null}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {
      "secretOptions": [{"name": "apikey", "valueFrom": "arn:aws:ssm:us-east-1:111122223333:parameter/datadog"}],
      "options": {"Name": "datadog",
        "log_group_name": null, "region": null, "log_stream_prefix": null, "log_key": null, "auto_create_group": null}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-logconfig.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
    """

    code = "FLN307"
    name = "firelens-secret-options"
    severity = "warning"
    members = ("logDriver",)

    def check_container(self, container: Container) -> None:
        secrets = OF_DRIVER.get(text_of(container.driver), frozenset())
        for key, value in container.options.items() if secrets else ():
            if isinstance(value, str) and value and key.lower() in secrets:
                self.report(
                    container,
                    f"the option `{key}` of `{container.title}` is a secret in plain text",
                    at=("logConfiguration", "options", key),
                    help=f'move it to `secretOptions`: {{"name": "{key}", "valueFrom": "ARN"}}',
                )
