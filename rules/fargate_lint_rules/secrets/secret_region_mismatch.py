from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._regions import agreed, clues
from fargate_lint_rules.ecs._shape import clip
from fargate_lint_rules.secrets._references import references

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class SecretRegionMismatch(Rule):
    """A parameter is named without its region, in a task whose other parameters are in another one.

    ## Why it matters
    A bare name is looked up in the region in which the task runs. When the task's other parameters
    are named by ARNs of another region, this one is likely to be there too, and ECS doesn't find it:
    `ResourceInitializationError: unable to pull secrets ... invalid ssm parameters`. The full ARN works from
    everywhere.

    ## Example
    ```json bad base=none
    {"family": "shop", "taskDefinitionArn": "arn:aws:ecs:us-east-1:111122223333:task-definition/shop:7",
     "executionRoleArn": "arn:aws:iam::111122223333:role/shop-execution",
     "containerDefinitions": [{"name": "web", "image": "web:1.4.2", "secrets": [
      {"name": "API_KEY", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/api-key"},
      {"name": "DB_PASSWORD", "valueFrom": "db-password"}]}]}
    ```
    ```json fixed base=none
    {"family": "shop", "taskDefinitionArn": "arn:aws:ecs:us-east-1:111122223333:task-definition/shop:7",
     "executionRoleArn": "arn:aws:iam::111122223333:role/shop-execution",
     "containerDefinitions": [{"name": "web", "image": "web:1.4.2", "secrets": [
      {"name": "API_KEY", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/api-key"},
      {"name": "DB_PASSWORD", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/db-password"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
    """

    code = "SEC104"
    name = "secret-region-mismatch"
    severity = "warning"
    members = (
        "secrets",
        "secretOptions",
        "repositoryCredentials",
    )

    def check_task(self, task: Task) -> None:
        if not any("secrets" in container.value for container in task.containers):
            return
        found = clues(task)
        # The region of images says little where logs have one of their own.
        home = agreed(found, "task")
        if home is None and not any(clue.kind == "awslogs" for clue in found):
            home = agreed(found, "ecr")
        if home is None:
            return
        every = [each for container in task.containers for each in references(container)]
        regions = {each.region for each in every if each.kind == "parameter"}
        if len(regions) != 1 or home.region in regions:
            return
        other = next(each for each in every if each.kind == "parameter")
        for each in every:
            if each.kind == "name":
                self.report(
                    each.container,
                    f"`{clip(each.text)}` is looked up in `{home.region}`, but other parameters are in "
                    f"`{other.region}`",
                    at=each.path,
                    related=[
                        (other.container, other.path, "a parameter of the other region"),
                        (home.node, home.path, "the region of the task"),
                    ],
                    help="write the parameter's full ARN",
                )
