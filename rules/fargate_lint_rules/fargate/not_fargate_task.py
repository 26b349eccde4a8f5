from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._agent import recipe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class NotFargateTask(Rule):
    """The task has the sidecars for Fargate, but doesn't say that it is for Fargate.

    ## Why it matters
    `requiresCompatibilities` with `FARGATE` makes ECS check the definition against Fargate's rules
    when it is registered. Without it everything is taken in, mistakes come to light only when a
    task is started, and on a cluster with EC2 hosts it may even be placed there, where the agent
    is meant to run once a host and not once a task.

    ## Example
    ```json bad
    {"requiresCompatibilities": ["EC2"]}
    ```
    ```json bad
    {"requiresCompatibilities": ["Fargate"]}
    ```
    ```json fixed
    {"requiresCompatibilities": ["FARGATE"]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "FGT101"
    name = "not-fargate-task"
    severity = "warning"
    fixable = "safe"
    outranks = ("value-not-allowed",)
    alert_logic = True

    def check_task(self, task: Task) -> None:
        who = sidecars(task)
        if task.scope != "task" or not who.alert_logic or task.fargate is True:
            return
        value = task.get("requiresCompatibilities")
        if value not in (None, []) and task.fargate is None:
            return
        if who.launcher is None and who.agent is not None and recipe(task, who.agent):
            return  # the vendor's recipe for EC2
        wanted = [item for item in value or () if isinstance(item, str)]
        near = next((item for item in wanted if item.upper() == "FARGATE"), None)
        if near is not None:
            message = f"`{near}` has to be written `FARGATE`"
        elif wanted:
            message = (
                f"the task is for `{wanted[0]}`, but its Alert Logic sidecars are those for Fargate"
            )
        else:
            message = "the task definition doesn't say that it is for Fargate"
        self.report(
            task,
            message,
            at=("requiresCompatibilities",) if value is not None else (),
            key=value is not None,
            # Another case is a word that ECS doesn't know.
            severity="error" if near is not None else "",
            help='write "requiresCompatibilities": ["FARGATE"]',
            fix=Fix('write "FARGATE"').set(
                task, ("requiresCompatibilities", value.index(near)), "FARGATE"
            )
            if near is not None
            else Fix('write "requiresCompatibilities": ["FARGATE"]', safe=False).set(
                task, ("requiresCompatibilities",), ["FARGATE"]
            )
            if not wanted
            else None,
        )
