from __future__ import annotations

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.firelens._options import secret_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class FirelensNameCase(Rule):
    """The option that names the output plug-in is not spelled `Name`, and FireLens reads it with
    regard to case.

    ## Why it matters
    Fluent Bit doesn't mind the case of its keys, but FireLens looks for exactly `Name` before
    Fluent Bit sees anything. `name` is one more ordinary option to it, so the one it needs is
    missing, and the task stops with `missing output key Name which is required for firelens
    configuration of type fluentbit`.

    ## Example
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "web",
      "logConfiguration": {"options": {"Name": null, "name": "cloudwatch"}}}]}
    ```
    ```json fixed base=cloudwatch
    {"containerDefinitions": [{"name": "web",
      "logConfiguration": {"options": {"Name": "cloudwatch"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://github.com/aws/amazon-ecs-agent/blob/master/agent/taskresource/firelens/firelensconfig_unix.go
    """

    code = "FLN202"
    name = "firelens-name-case"
    severity = "error"
    fixable = "safe"
    outranks = ("firelens-name-option-missing",)

    def check_launch(self, launch: Launch) -> None:
        if launch.fluentd:
            return
        for container in launch.task.containers:
            if container.driver != "awsfirelens" or "Name" in container.options:
                continue
            if "@type" in container.options or "Name" in secret_options(container):
                continue
            for key in container.options:
                if key.lower() == "name":
                    self.report(
                        container,
                        f"`{key}` is not `Name`, which FireLens looks for with regard to case",
                        at=("logConfiguration", "options", key),
                        key=True,
                        subject=[(*container.path, "logConfiguration", "name")],
                        help=f"write `Name` instead of `{key}`; FireLens would stop the task: missing "
                        "output key Name which is required for firelens configuration of type fluentbit",
                        fix=Fix("write `Name`").rename(
                            container, ("logConfiguration", "options", key), "Name"
                        ),
                    )
