from __future__ import annotations

from fargate_lint.data.ecs_shape import READ_ONLY
from fargate_lint.launch import Spot
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

SHOWN = 3


class CliSnakeOrWrongRoot(Rule):
    """The file is what `describe-task-definition` prints, and can't be registered as it is.

    ## Why it matters
    `aws ecs register-task-definition --cli-input-json` takes the definition itself, without the
    `taskDefinition` around it and without the members that ECS adds. It stops at the first of them:
    `Unknown parameter in input: "taskDefinitionArn", must be one of: family, ...`. For a check none
    of that matters: everything inside is checked as usual, so this is only a remark. Some tools remove
    the members on their way, GitHub's action for ECS and ecspresso among them.

    ## Example
    ```json bad base=plain
    {"taskDefinitionArn": "arn:aws:ecs:us-east-1:111122223333:task-definition/shop:7",
     "revision": 7, "status": "ACTIVE"}
    ```
    ```json fixed base=plain
    {"taskDefinitionArn": null, "revision": null, "status": null}
    ```

    ## When not to
    The file is a copy of what is registered, and nobody means to register it.

    ## References
    - https://docs.aws.amazon.com/cli/latest/reference/ecs/register-task-definition.html
    - https://docs.aws.amazon.com/cli/latest/reference/ecs/describe-task-definition.html
    """

    code = "ECS150"
    name = "cli-snake-or-wrong-root"
    severity = "info"
    aliases = ("describe-only-member",)

    def check_task(self, task: Task) -> None:
        if task.scope != "task":
            return
        extra = [member for member in task.value if member in READ_ONLY]
        wrapper = task.definition.wrapper
        if wrapper:
            place: Task | Spot = Spot(task.lens.document, wrapper)
            what = f"`{wrapper[-1]}` around it" if isinstance(wrapper[-1], str) else ""
        elif extra:
            place, what = Spot(task.lens, (extra[0],)), ""
        else:
            return
        names = ", ".join(f"`{member}`" for member in extra[:SHOWN])
        more = f" and {len(extra) - SHOWN} more" if len(extra) > SHOWN else ""
        what = " and ".join(filter(None, (what, f"{names}{more}" if names else "")))
        self.report(
            place,
            f"registering refuses what `describe-task-definition` adds: {what}",
            key=True,
            help="to register it: jq '"
            + (".taskDefinition | " if wrapper[-1:] == ("taskDefinition",) else "")
            + f"del({', '.join('.' + member for member in extra)})'; the AWS CLI would answer: "
            f'Unknown parameter in input: "{extra[0]}", must be one of: family, taskRoleArn, ...'
            if extra
            else "to register it: jq .taskDefinition",
            data=sorted(extra),
        )
