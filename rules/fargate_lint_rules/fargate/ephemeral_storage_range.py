from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import is_skeleton
from fargate_lint_rules.fargate._refusals import answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

LEAST, MOST = 21, 200
DEFAULT = 20


class EphemeralStorageRange(Rule):
    """`ephemeralStorage` is not between 21 and 200 GiB, or the task is not for Fargate.

    ## Why it matters
    A task on Fargate has 20 GiB of disk without asking. `ephemeralStorage` asks for more, up to 200
    GiB; writing the default is refused like any other number below 21. On EC2 the disk is that of
    the host, and ECS refuses the member as a whole.

    ## Example
    ```json bad base=plain
    {"ephemeralStorage": {"sizeInGiB": 20}}
    ```
    ```json fixed base=plain
    {"ephemeralStorage": {"sizeInGiB": 40}}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html
    """

    code = "FGT301"
    name = "ephemeral-storage-range"
    severity = "error"
    members = ("ephemeralStorage",)

    def check_task(self, task: Task) -> None:
        if "ephemeralStorage" not in task.value or is_skeleton(task):
            return
        at = ("ephemeralStorage", "sizeInGiB")
        size = task.number(*at)
        if task.get("requiresCompatibilities") == ["EC2"] and task.get("ephemeralStorage"):
            self.report(
                task,
                "`ephemeralStorage` is for Fargate, and the task is for EC2",
                at=at[:1],
                key=True,
                related=[(task, ("requiresCompatibilities",), "what it is for")],
                help=answer(
                    "Tasks using the EC2 launch type do not support EphemeralStorage", "remove it"
                ),
            )
        elif isinstance(size, int) and not LEAST <= size <= MOST:
            word = f"least {LEAST}" if size < LEAST else f"most {MOST}"
            remedy = f'write "sizeInGiB": {LEAST if size < LEAST else MOST}'
            self.report(
                task,
                f"{size} GiB of ephemeral storage are not between {LEAST} and {MOST}",
                at=at,
                help=answer(
                    f"EphemeralStorage size should be at {word}",
                    "remove it: 20 GiB are what a task has anyway" if size == DEFAULT else remedy,
                ),
            )
