from __future__ import annotations

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown
from fargate_lint_rules._subjects import member_of
from fargate_lint_rules.ecs._shape import is_partial
from fargate_lint_rules.fargate._refusals import answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

ANSWER = "Fargate only supports network mode \u2018awsvpc\u2019."


class FargateNetworkMode(Rule):
    """The task is for Fargate, but its `networkMode` isn't `awsvpc`.

    ## Why it matters
    On Fargate each task has a network interface of its own, which is what `awsvpc` means. Without
    `networkMode` ECS takes `bridge`, as Docker does, so the member has to be there. A service then
    needs a `networkConfiguration` with subnets too.

    ## Example
    ```json bad base=plain
    {"networkMode": null}
    ```
    ```json bad base=plain
    {"networkMode": "bridge"}
    ```
    ```json fixed base=plain
    {"networkMode": "awsvpc"}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    """

    code = "FGT102"
    name = "fargate-network-mode"
    severity = "error"
    fixable = "safe"
    outranks = ("proxy-config", "value-not-allowed")
    members = ("requiresCompatibilities",)

    def check_task(self, task: Task) -> None:
        mode = task.get("networkMode")
        if mode == "awsvpc" or isinstance(mode, Unknown) or task.fargate is not True:
            return
        absent = mode is None or mode == ""
        if absent and is_partial(task):
            return
        self.report(
            task,
            "the task is for Fargate, but has no `networkMode`"
            if absent
            else f"Fargate has no network mode `{mode}`",
            at=("requiresCompatibilities",) if absent else ("networkMode",),
            key=absent,
            subject=[("networkMode",), member_of("networkMode")],
            help=answer(ANSWER, 'write "networkMode": "awsvpc"'),
            fix=Fix('write "networkMode": "awsvpc"').set(task, ("networkMode",), "awsvpc"),
        )
