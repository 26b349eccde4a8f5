from __future__ import annotations

from fargate_lint.ecs.shape import shape_of
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import described, quoted, written, wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.ecs.task import Task


class TaskSizeType(Rule):
    """The task's own `cpu` or `memory` is a number, but ECS takes a string there.

    ## Why it matters
    At the level of the task both are strings, because `1 vCPU` and `2 GB` are allowed; inside a
    container they are numbers. The AWS CLI and the SDKs refuse the wrong one of the two before
    they send anything. CloudFormation takes both, so a definition that was copied from a template
    has numbers.

    ## Example
    ```json bad base=plain
    {"cpu": 256, "memory": 512}
    ```
    ```json fixed base=plain
    {"cpu": "256", "memory": "512"}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    """

    code = "ECS203"
    name = "task-size-type"
    severity = "error"
    only_if_problems = True
    outranks = ("wrong-type",)
    places_are_one = True
    fixable = "safe"

    def check_task(self, task: Task) -> None:
        shape = shape_of(task)
        found = [each for each in shape.of_kind("type") if each.path in {("cpu",), ("memory",)}]
        if not found:
            return
        first = found[0]
        names = " and ".join(f"`{each.name}`" for each in found)
        what = "must be strings" if len(found) > 1 else f"is {described(first.value)}, not a string"
        self.report(
            task,
            f"{names} of the task {what}",
            at=first.path,
            related=[(task, each.path, "and this one") for each in found[1:]],
            help="write "
            + ", ".join(
                f'"{each.name}": {written(_whole(each.value))}'
                if not isinstance(each.value, (dict, list))
                else f'"{each.name}": "..."'
                for each in found
            )
            + f"; {wrong_type(first)}",
            fix=quoted(task, found),
        )


def _whole(value: Any) -> Any:
    """256 for 256.0, which is no size."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
