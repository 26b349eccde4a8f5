from __future__ import annotations

from fargate_lint.launch import FIRELENS_OPTIONS
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.firelens._options import not_plain, secret_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class FirelensNameOptionMissing(Rule):
    """Log options are given, but not the `Name` that tells FireLens which output plug-in they are
    for.

    ## Why it matters
    FireLens makes an `[OUTPUT]` section from the options of each container that logs to it.
    Without `Name` (for Fluentd: `@type`) it refuses to write a configuration at all, and no
    container of the task starts. The task stops with `unable to generate firelens config: ...
    missing output key Name which is required for firelens configuration of type fluentbit`.
    Options may be left out altogether: then the launcher or a file of your own says where logs go.

    ## Example
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"Name": null}}}]}
    ```
    ```json fixed base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"Name": "cloudwatch"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://github.com/aws/amazon-ecs-agent/blob/master/agent/taskresource/firelens/firelensconfig_unix.go
    """

    code = "FLN201"
    name = "firelens-name-option-missing"
    severity = "error"

    def check_launch(self, launch: Launch) -> None:
        for container in launch.task.containers:
            if container.driver != "awsfirelens":
                continue
            secrets = secret_options(container)
            options = {*container.options, *secrets} - FIRELENS_OPTIONS
            wanted = "@type" if launch.fluentd or "@type" in options else "Name"
            if not options or wanted in options or not_plain(container, options):
                continue
            kind = "fluentd" if wanted == "@type" else "fluentbit"
            self.report(
                container,
                f"options for FireLens without `{wanted}`: no output plug-in is named",
                at=("logConfiguration", "options"),
                key=True,
                subject=[(*container.path, "logConfiguration", wanted.lower())],
                help=f"add `{wanted}`, for example "
                + (
                    '"@type": "cloudwatch_logs"'
                    if kind == "fluentd"
                    else '"Name": "cloudwatch_logs"'
                )
                + f"; FireLens would stop the task: missing output key {wanted} which is required for "
                f"firelens configuration of type {kind}",
            )
