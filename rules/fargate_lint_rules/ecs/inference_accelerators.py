from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import is_skeleton

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class InferenceAccelerators(Rule):
    """`inferenceAccelerators` is a member that ECS no longer takes.

    ## Why it matters
    Elastic Inference was shut down in 2024. The member is still in the API's model, so the AWS CLI
    lets it pass, but ECS refuses every definition that has it.

    ## Example
    ```json bad base=plain
    {"inferenceAccelerators": [{"deviceName": "device1", "deviceType": "eia2.medium"}]}
    ```
    ```json fixed base=plain
    {"inferenceAccelerators": null}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_InferenceAccelerator.html
    """

    code = "ECS301"
    name = "inference-accelerators"
    severity = "error"
    members = ("inferenceAccelerators",)

    def check_task(self, task: Task) -> None:
        if task.value.get("inferenceAccelerators") and not is_skeleton(task):
            self.report(
                task,
                "ECS no longer takes `inferenceAccelerators`",
                at=("inferenceAccelerators",),
                key=True,
                help="remove it; ECS would answer: Unsupported field 'inferenceAccelerators'.",
            )
