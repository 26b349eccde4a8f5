from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._regions import agreed, clues

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task
    from fargate_lint_rules.ecs._regions import Clue

WORDS = {
    "task": "the task definition is registered in",
    "secret": "the secrets are in",
    "awslogs": "the other container logs to",
}


class AwslogsRegionMismatch(Rule):
    """A container's logs go to another region than the one that the task runs in.

    ## Why it matters
    `awslogs-region` is copied along when a definition is brought to another region. The log group
    isn't there, or there is one of the same name in the old region, where nobody looks. The task's
    own region is taken from its ARN, from the ARNs of its secrets, or from its other containers.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web",
      "secrets": [{"name": "DB", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/db"}],
      "logConfiguration": {"options": {"awslogs-region": "us-east-1"}}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web",
      "secrets": [{"name": "DB", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/db"}],
      "logConfiguration": {"options": {"awslogs-region": "eu-west-1"}}}]}
    ```

    ## When not to
    Logs of all regions are brought together in one.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html
    """

    code = "ECS307"
    name = "awslogs-region-mismatch"
    severity = "warning"
    members = ("awslogs-region",)

    def check_task(self, task: Task) -> None:
        found = clues(task)
        logs = [clue for clue in found if clue.kind == "awslogs"]
        if not logs or (len(logs) == 1 and len(found) == 1):
            return
        home = agreed(found, "task") or agreed(found, "secret") or _usual(logs)
        for clue in logs:
            if clue.region != home.region:
                self.report(
                    clue.node,
                    f"logs go to `{clue.region}`, but {WORDS[home.kind]} `{home.region}`",
                    at=clue.path,
                    related=[(home.node, home.path, "the other region")],
                    help=f'write "awslogs-region": "{home.region}"',
                )


def _usual(logs: list[Clue]) -> Clue:
    """A clue of the region that most log to; of equal ones the first by name, not by place."""
    regions = [clue.region for clue in logs]
    return min(logs, key=lambda clue: (-regions.count(clue.region), clue.region))
