from __future__ import annotations

import re

from fargate_lint.ecs.image import Image
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.fargate._refusals import windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

X86 = re.compile(r"(?:^|[-_.])(?:amd64|x86[-_]64)(?:$|[-_.])")


class Arm64ImageArchUnknown(Rule):
    """The task is for ARM64, but an image in it may not be there for ARM64.

    ## Why it matters
    All images of a task have to be for its processor. An image without a variant for it ends in
    `CannotPullContainerError: image Manifest does not contain descriptor matching platform
    'linux/arm64'`, one that was pushed for x86 only in `exec format error`. AWS for Fluent Bit is
    published for both; the vendor of the Alert Logic agent doesn't say that its image is.

    ## Example
    ```json bad
    {"runtimePlatform": {"cpuArchitecture": "ARM64"}}
    ```
    ```json fixed
    {"runtimePlatform": {"cpuArchitecture": "X86_64"}}
    ```

    ## When not to
    The task has run on ARM64 with this image.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html
    - https://github.com/alertlogic/al-agent-container
    """

    code = "FGT304"
    name = "arm64-image-arch-unknown"
    severity = "warning"
    members = ("cpuArchitecture",)

    def check_task(self, task: Task) -> None:
        at = ("runtimePlatform", "cpuArchitecture")
        if "runtimePlatform" not in task.value or task.get(*at) != "ARM64" or windows(task):
            return
        agent = sidecars(task).agent
        for container in task.containers:
            reference = container.get("image")
            x86 = isinstance(reference, str) and X86.search(Image.of(reference).tag)
            if container is agent or x86:
                self.report(
                    container,
                    f"the image of `{container.title}` is for x86-64, and the task for ARM64"
                    if x86
                    else f"`{container.title}` may not be there for ARM64: its vendor doesn't say so",
                    at=("image",),
                    related=[(task, at, "the processor of the task")],
                    help='write "cpuArchitecture": "X86_64", or try the image on ARM64 first',
                )
