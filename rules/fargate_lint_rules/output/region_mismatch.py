from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._regions import REGION, agreed, clues

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch

WORDS = {
    "task": "the task definition is registered in",
    "secret": "the secrets are in",
    "awslogs": "`awslogs` of this task logs to",
}


class RegionMismatch(Rule):
    """An output of FireLens sends to another region than the one that the task runs in.

    ## Why it matters
    `region` is copied along when a definition is brought to another region. The stream or group
    isn't there, and every chunk is lost after its retries; or there is one of the same name, where
    nobody looks. The task's own region is told from its ARN, from the ARNs of its secrets, or from
    containers that use `awslogs`, which makes it a note only.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [
      {"name": "web", "logConfiguration": {"options": {"region": "us-east-1"}},
       "secrets": [{"name": "DSN", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/dsn"}]}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [
      {"name": "web", "logConfiguration": {"options": {"region": "eu-west-1"}},
       "secrets": [{"name": "DSN", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/dsn"}]}]}
    ```

    ## When not to
    Where the logs of all regions are brought together in one, list it:
    `[rules.region-mismatch]` with `allowed = ["us-east-1"]`.

    ## References
    - https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "OUT304"
    name = "region-mismatch"
    severity = "warning"
    options = {"allowed": []}  # noqa: RUF012  (declared once, never changed)

    def check_launch(self, launch: Launch) -> None:
        outputs = [
            (output, entry)
            for output in launch.outputs
            for key in ("region", "aws_region")
            for entry in (output.section.last(key),)
            if entry is not None and isinstance(entry.value, str) and REGION.fullmatch(entry.value)
        ]
        if not outputs:
            return
        found = clues(launch.task)
        home = agreed(found, "task") or agreed(found, "secret") or agreed(found, "awslogs")
        if home is None:
            return
        for _, entry in outputs:
            if entry.value != home.region and entry.value not in self.option["allowed"]:
                self.report(
                    launch.spot(entry),
                    f"logs go to `{entry.value}`, but {WORDS[home.kind]} `{home.region}`",
                    related=[(home.node, home.path, "the other region")],
                    help=f'write "{entry.key}": "{home.region}"',
                    severity="info" if home.kind == "awslogs" else "",
                )
