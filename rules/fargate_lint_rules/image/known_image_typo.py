from __future__ import annotations

from fargate_lint.ecs.image import DOCKER_HUB, Image
from fargate_lint.launch.images import correct
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class KnownImageTypo(Rule):
    """The name of a public sidecar image is misspelled, so that it can't be pulled.

    ## Why it matters
    ECS doesn't look at images when a task definition is registered. The task starts, stays in
    PENDING, and stops with `CannotPullContainerError: ... repository does not exist`, or with a
    refusal, since a registry doesn't tell a wrong name from a private one. A service tries again
    for ever. Easily lost are the second half of `al-agent-container`, the hyphens in
    `aws-for-fluent-bit`, and `public.ecr.aws/` itself: without it the name belongs to Docker Hub.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "al-agent",
      "image": "public.ecr.aws/alertlogic/al-agent:latest"}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "al-agent",
      "image": "public.ecr.aws/alertlogic/al-agent-container:latest"}]}
    ```
    A copy in a registry of your own has the name that you gave it:
    ```json good
    {"containerDefinitions": [{"name": "log_router",
      "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/aws-for-fluent-bit:2.34.3"}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://github.com/aws/aws-for-fluent-bit
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
    """

    code = "IMG101"
    name = "known-image-typo"
    severity = "error"
    fixable = "safe"
    outranks = ("dockerhub-rate-limit",)

    def check_container(self, container: Container) -> None:
        reference = container.text("image")
        if not reference:
            return
        image = Image.of(reference)
        right = correct(image, container.task.tables)
        if not right:
            return
        rest = text_of(reference)
        tag = f":{image.tag}" if image.tag else ""
        digest = f"@{image.digest}" if image.digest else ""
        written = rest.removesuffix(tag + digest)
        place = " on Docker Hub" if image.registry == DOCKER_HUB else ""
        self.report(
            container,
            f"there is no image `{written}`{place}",
            at=("image",),
            help=f'write "{right}{tag}{digest}"',
            fix=Fix(f"write `{right}{tag}{digest}`").set(
                container, ("image",), f"{right}{tag}{digest}"
            )
            if isinstance(reference, str)
            else None,
        )
