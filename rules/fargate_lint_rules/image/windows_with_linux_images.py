from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class WindowsWithLinuxImages(Rule):
    """A task for Windows has FireLens or the Alert Logic agent in it, which are for Linux only.

    ## Why it matters
    All containers of a task run on the operating system that `runtimePlatform` names. FireLens
    exists on Linux only, and the agent's image has no variant for Windows, so its pull ends with
    `image Manifest does not contain descriptor matching platform`. A Windows application needs
    another way for its logs, such as the `awslogs` driver.

    ## Example
    ```json bad
    {"cpu": "1024", "memory": "2048",
     "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}}
    ```
    ```json fixed
    {"cpu": "1024", "memory": "2048", "runtimePlatform": {"operatingSystemFamily": "LINUX"}}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/windows-considerations.html
    """

    code = "IMG107"
    name = "windows-with-linux-images"
    severity = "error"
    outranks = ("windows-unsupported-member",)
    members = ("operatingSystemFamily",)

    def check_task(self, task: Task) -> None:
        at = ("runtimePlatform", "operatingSystemFamily")
        family = task.get(*at)
        if not isinstance(family, str) or not family.upper().startswith("WINDOWS"):
            return
        roles = sidecars(task)
        # `aws ecs register-task-definition --generate-cli-skeleton` has every member, all empty.
        parts = [part for part in (roles.router, roles.agent) if part is not None and part.name]
        if not parts:
            return
        names = " and ".join(f"`{part.name}`" for part in parts)
        self.report(
            task,
            f"the task is for {family}, but {names} {'are' if len(parts) > 1 else 'is'} for Linux",
            at=at,
            related=[(part, (), "runs on Linux only") for part in parts],
            help="write LINUX if the applications are; else remove the sidecars and use `awslogs`",
        )
