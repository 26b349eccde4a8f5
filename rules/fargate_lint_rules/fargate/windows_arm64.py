from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.fargate._refusals import windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class WindowsArm64(Rule):
    """The task is for Windows on ARM64, which Fargate doesn't have.

    ## Why it matters
    ARM64 is documented for Linux only. Nobody has shown what ECS answers at registration; at the
    latest the task finds no machine to run on.

    ## Example
    ```json bad base=plain
    {"cpu": "1024", "memory": "2048", "runtimePlatform": {
      "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE", "cpuArchitecture": "ARM64"}}
    ```
    ```json fixed base=plain
    {"cpu": "1024", "memory": "2048", "runtimePlatform": {
      "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE", "cpuArchitecture": "X86_64"}}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/windows-considerations.html
    """

    code = "FGT303"
    name = "windows-arm64"
    severity = "warning"
    members = ("cpuArchitecture",)

    def check_task(self, task: Task) -> None:
        at = ("runtimePlatform", "cpuArchitecture")
        if "runtimePlatform" in task.value and task.get(*at) == "ARM64" and windows(task):
            self.report(
                task,
                "Windows doesn't run on ARM64 in ECS",
                at=at,
                related=[
                    (task, ("runtimePlatform", "operatingSystemFamily"), "the operating system")
                ],
                help='write "cpuArchitecture": "X86_64"',
            )
