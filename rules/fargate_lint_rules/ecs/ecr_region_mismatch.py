from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._regions import agreed, clues

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class EcrRegionMismatch(Rule):
    """An image comes from a registry in another region than the one that the task runs in.

    ## Why it matters
    Pulling from another region works, but takes longer, costs traffic between regions, doesn't go
    through the VPC endpoints of the task's own region, and ties the start of tasks to two regions
    being well. ECR can replicate repositories.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web",
      "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1.4.2"}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web",
      "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1.4.2"}]}
    ```

    ## When not to
    One registry for all regions is meant.

    ## References
    - https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
    """

    code = "ECS308"
    name = "ecr-region-mismatch"
    severity = "info"
    members = ("awslogs-region", "secrets", "taskDefinitionArn")

    def check_task(self, task: Task) -> None:
        found = clues(task)
        if len(found) < 2:
            return
        home = agreed(found, "task") or agreed(found, "secret", "awslogs")
        for clue in found if home is not None else ():
            if clue.kind == "ecr" and home is not None and clue.region != home.region:
                self.report(
                    clue.node,
                    f"the image comes from `{clue.region}`, the task seems to run in `{home.region}`",
                    at=clue.path,
                    related=[(home.node, home.path, "the other region")],
                    help=f"replicate the repository to {home.region}, unless this is meant",
                )
