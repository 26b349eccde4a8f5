from __future__ import annotations

from fargate_lint.ecs.shape import parameter, shape_of
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import is_partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class RequiredMemberMissing(Rule):
    """An object is without a member that ECS requires in it.

    ## Why it matters
    The AWS CLI and the SDKs refuse the definition before they send it: `Missing required parameter
    in containerDefinitions[0].logConfiguration: "logDriver"`. It happens when a part was commented
    out or removed, and its shell was left.

    A definition without `family` is let pass, because `--family` can give it.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "secrets": [{"name": "DB_PASSWORD"}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "secrets": [{"name": "DB_PASSWORD",
      "valueFrom": "arn:aws:ssm:us-east-1:111122223333:parameter/db-password"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
    """

    code = "ECS207"
    name = "required-member-missing"
    severity = "error"
    only_if_problems = True

    def check_task(self, task: Task) -> None:
        shape = shape_of(task)
        for deviation in shape.of_kind("missing"):
            if deviation.path == ("family",):
                continue  # a piece of a definition, as documentation shows it
            around, key = deviation.path[:-1], deviation.path[-1]
            if is_partial(task, *around):
                continue
            owner = f"`{parameter(around).rpartition('.')[2]}`" if around else "the task"
            self.report(
                task,
                f"{owner} has no `{key}`, which ECS requires",
                at=around,
                key=bool(around),
                subject=[deviation.path],
                help=f'add "{key}"; the AWS CLI would answer: Missing required parameter in '
                f'{parameter(around)}: "{key}"',
            )
