from __future__ import annotations

from fargate_lint.data.images import GO_PLUGINS
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import Launch
    from fargate_lint.source.document import Path


#: What an option of `awslogs` is called by both CloudWatch plug-ins.
# https://github.com/alertlogic/al-agent-container/tree/master/fargate
CONVERTED = {
    "awslogs-create-group": "auto_create_group",
    "awslogs-endpoint": "endpoint",
    "awslogs-format": "log_format",
    "awslogs-group": "log_group_name",
    "awslogs-region": "region",
    "awslogs-stream": "log_stream_name",
    "awslogs-stream-prefix": "log_stream_prefix",
}


def belongs_to_driver(container: Container, key: str) -> bool:
    """Whether an option means the log driver rather than the output plug-in."""
    if key.startswith("awslogs-"):
        return True
    # `Mode` is an option of some plug-ins too: the value tells which is meant.
    value = container.options[key]
    modes = {"blocking", "non-blocking"}
    return key == "max-buffer-size" or (key == "mode" and isinstance(value, str) and value in modes)


def remedy(container: Container, key: str) -> str:
    """What to write instead of an option."""
    new = CONVERTED.get(key)
    if new is None:
        return f"remove `{key}`"
    value = container.options[key]
    if isinstance(value, Unknown) or not isinstance(value, str):
        return f"write `{new}` instead of `{key}`"
    if new == "log_stream_prefix" and not value.endswith("/"):
        value += "/"
    return f'write "{new}": "{value}" instead of `{key}`'


class AwslogsOptionInFirelens(Rule):
    """Options of the `awslogs` driver are left in the options of `awsfirelens`.

    ## Why it matters
    FireLens copies what it doesn't know into the `[OUTPUT]` section of Fluent Bit. The plug-ins
    written in C refuse to start with an option they don't know (`unknown configuration property`,
    exit status 255, and the task stops); AWS's Go plug-ins ignore it, so what was meant doesn't
    happen. `mode` and `max-buffer-size` belong to the log driver and do the same here.

    ## Example
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "Name": "cloudwatch_logs", "awslogs-region": "us-east-1"}}}]}
    ```
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": null}},
      {"name": "jobs", "image": "jobs:3", "dependsOn": [{"containerName": "log_router", "condition": "START"}],
       "logConfiguration": {"logDriver": "awsfirelens", "options": {
         "awslogs-group": "/shop/jobs", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "jobs"}}}]}
    ```
    ```json fixed base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "Name": "cloudwatch_logs", "region": "us-east-1"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://github.com/aws/amazon-ecs-agent/blob/master/agent/taskresource/firelens/firelensconfig_unix.go
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "FLN203"
    name = "awslogs-option-in-firelens"
    severity = "error"
    places_are_one = True
    outranks = ("FLB", "firelens-name-option-missing", "flb-stream-name-and-prefix")

    def check_launch(self, launch: Launch) -> None:
        if launch.fluentd:
            return
        pipeline = launch.pipeline
        refused = {
            problem.origin.path
            for problem in (pipeline.problems if pipeline is not None else ())
            if problem.fatal and problem.origin is not None
        }
        for container in launch.task.containers:
            if container.driver == "awsfirelens":
                left = [key for key in container.options if belongs_to_driver(container, key)]
                if left:
                    self._report(container, left, refused)

    def _report(self, container: Container, left: list[str], refused: set[Path | None]) -> None:
        name = text_of(container.options.get("Name"))
        awslogs = any(key.startswith("awslogs-") for key in left)
        around = (*container.path, "logConfiguration")
        places = [(*around, "options", key) for key in left]
        fatal = (awslogs and name.lower() not in GO_PLUGINS) or not refused.isdisjoint(places)
        effect = (
            "no `Name`, so FireLens stops the task"
            if not name
            else f"`{name}` refuses to start"
            if fatal
            else f"`{name}` ignores {'it' if len(left) == 1 else 'them'}"
            if name.lower() in GO_PLUGINS
            else f"`{name}` may refuse to start"
        )
        self.report(
            container,
            f"`{left[0]}` is an option of another log driver: {effect}"
            if len(left) == 1
            else f"{len(left)} options of another log driver: {effect}",
            at=("logConfiguration", "options", left[0]),
            key=True,
            related=[
                (container, ("logConfiguration", "options", key), "and this one")
                for key in left[1:]
            ],
            # The options that were meant are missing under their own names.
            subject=[
                *places,
                *((*around, CONVERTED[key]) for key in left if key in CONVERTED),
                *([(*around, "name")] if awslogs else []),
            ],
            help="; ".join(remedy(container, key) for key in left)
            + ("" if name else '; add "Name": "cloudwatch" (AWS image) or "cloudwatch_logs"'),
            severity="error" if fatal else "warning",
        )
