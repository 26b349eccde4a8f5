from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.fargate._refusals import windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class FargateTmpfsNote(Rule):
    """A container on Fargate has a `tmpfs`, which not everybody knows and which takes memory.

    ## Why it matters
    Fargate takes `tmpfs` since January 2026, for Linux only; older pages and tools still say that
    it is refused. What is written to it is in memory and counts towards the container's and the
    task's, so that a full one can end the task with `OutOfMemoryError`.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "linuxParameters": {
      "tmpfs": [{"containerPath": "/dev/shm", "size": 128}]}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "linuxParameters": {"tmpfs": null}}]}
    ```

    ## When not to
    The container's memory has room for it.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tmpfs.html
    - https://github.com/aws/containers-roadmap/issues/736
    """

    code = "FGT205"
    name = "fargate-tmpfs-note"
    severity = "info"
    outranks = ("windows-unsupported-member",)
    members = ("tmpfs",)

    def check_container(self, container: Container) -> None:
        if "linuxParameters" not in container.value or container.task.fargate is not True:
            return
        mounts = container.get("linuxParameters", "tmpfs")
        if not isinstance(mounts, list) or not mounts:
            return
        at = ("linuxParameters", "tmpfs")
        if windows(container.task):
            self.report(
                container,
                "`tmpfs` is for Linux only, and the task is for Windows",
                at=at,
                key=True,
                help="remove it",
                severity="warning",
            )
            return
        sizes = [item.get("size") for item in mounts if isinstance(item, dict)]
        total = sum(size for size in sizes if isinstance(size, int))
        self.report(
            container,
            f"`tmpfs` of {total} MiB counts towards the memory of `{container.title}`",
            at=at,
            key=True,
            help="leave so much more memory to the container, and use platform version 1.4.0",
        )
